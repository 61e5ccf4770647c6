import type { Scope } from "./template.js";

/**
 * float32 operations per point, from what the shaders are expanded with: +, −, ×, ÷, √ and powers count
 * one each, minima, comparisons, selections and integers none. Functions count as often as they are
 * called; compilers may find that some of it was done before.
 */

type List = readonly unknown[];

interface PointsShape {
  readonly charges: readonly {
    readonly amplitudes: readonly { readonly terms: List }[];
    readonly halfExponent: unknown;
    readonly scales: List;
  }[];
}

interface FormShape {
  readonly monomials: readonly { readonly product: string }[];
  readonly entries: readonly { readonly terms: List }[];
}

interface TermShape {
  readonly bins: number;
  readonly charges: List;
  readonly backgrounds: List;
  readonly rows: List;
  readonly pairs: List;
  readonly gradient: List;
  readonly hessian: List;
  readonly products: List;
  readonly unrolled: readonly {
    readonly signals: List;
    readonly backgrounds: List;
    readonly products: List;
  }[];
}

interface GaussianShape extends FormShape {
  readonly isGaussian: true;
  readonly size: number;
}

interface PoissonShape extends FormShape {
  readonly isGaussian: false;
  readonly isPredicted: boolean;
  readonly hasForm: boolean;
  readonly size: number;
  readonly lower: List;
  readonly full: List;
  readonly features: readonly { readonly terms: List }[];
  readonly recursion: List;
  readonly basis: readonly { readonly terms: List }[];
  readonly vanishing: List;
  readonly amplitudes: readonly { readonly nuisances: List }[];
  readonly priors: List;
  readonly empty: readonly { readonly factor: string }[];
  readonly emptySlopes: List;
  readonly terms: readonly TermShape[];
}

interface TabulatedShape {
  readonly tables: readonly { readonly id: number }[];
  readonly scale: { readonly count: number; readonly size: number } | undefined;
}

interface TableShape {
  readonly axes: readonly { readonly charges: List; readonly deviating: List }[];
  readonly products: readonly { readonly product: string }[];
}

interface FusedShape {
  readonly tables: readonly TableShape[];
  readonly components: readonly (
    | (GaussianShape & { readonly isTabulated: false })
    | (PoissonShape & { readonly isTabulated: false })
    | (TabulatedShape & { readonly isTabulated: true })
  )[];
  readonly combinations: readonly { readonly components: List }[];
}

interface CountsShape {
  readonly rows: number;
  readonly templates: List;
}

/** f − ln(1 + f) and ln x of shaders/deviance.wgsl: both 16 for the series, 1 to split, 7 besides. */
const DEVIANCE = 24;
const LOGARITHM = 24;

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0);
}

/** Operations of shaders/chi2.wgsl. */
export function fusedOperations(scope: Scope, points: Scope): number {
  const { components, combinations, tables } = scope as unknown as FusedShape;
  return (
    charges(points) +
    sum(components, (one) => {
      if (one.isTabulated) return tabulated(one, tables);
      return one.isGaussian ? gaussian(one) : poisson(one);
    }) +
    sum(combinations, (one) => one.components.length)
  );
}

/** Operations of shaders/product.wgsl per point. @param scope what it is expanded with */
export function productOperations(scope: Scope): number {
  const { coefficients, combinations } = scope as unknown as {
    readonly coefficients: List;
    readonly combinations: readonly { readonly tables: List }[];
  };
  return 2 * coefficients.length + sum(combinations, (one) => one.tables.length);
}

/** Operations of shaders/counts.wgsl. */
export function countsOperations(scope: Scope, points: Scope): number {
  const { rows, templates } = scope as unknown as CountsShape;
  return charges(points) + 2 * rows * templates.length;
}

/** S, δ, u and its weights of both axes, then sixteen coefficients of every monomial. */
function look({ axes, products }: TableShape): number {
  const places = sum(axes, (axis) => 3 * axis.charges.length + 2 * axis.deviating.length + 56);
  const monomials = sum(products, ({ product }) => factors(product) - 1 + 32);
  return places + monomials + 4 * 9;
}

function tabulated({ tables: own, scale }: TabulatedShape, tables: readonly TableShape[]): number {
  const once = sum(own, ({ id }) => look(tables[id]) + 1);
  if (!scale) return once;
  const looks = (scale.count + scale.size) * (once + 1);
  return looks + 2 * scale.size * scale.size + 3 * 5 * scale.size + 10;
}

function charges(points: Scope): number {
  return sum((points as unknown as PointsShape).charges, (charge) => {
    const amplitudes = sum(charge.amplitudes, ({ terms }) => 2 * terms.length + 2);
    return amplitudes + (charge.halfExponent ? 1 : 0) + 1 + charge.scales.length;
  });
}

function form({ monomials, entries }: FormShape): number {
  return sum(monomials, ({ product }) => factors(product) - 1) + sum(entries, twice);
}

const factors = (product: string) => product.split(" * ").length;
const twice = ({ terms }: { terms: List }) => 2 * terms.length;

/** L D Lᵀ of n unknowns, the solution and its norm. */
function solve(n: number): number {
  const pairs = (n * (n - 1)) / 2;
  const triples = (n * (n - 1) * (n - 2)) / 6;
  const factor = 2 * pairs + 2 * n + 2 * triples + pairs;
  const forwards = 2 * pairs + 3 * n;
  return factor + forwards + n + 2 * pairs;
}

function gaussian(one: GaussianShape): number {
  return form(one) + (one.size > 0 ? solve(one.size) + 1 : 0);
}

function poisson(one: PoissonShape): number {
  const amplitudes = sum(one.amplitudes, ({ nuisances }) => nuisances.length);
  const smooth = amplitudes + 4 * one.priors.length + sum(one.empty, empty);
  const quadratic = one.hasForm ? 3 * one.size + 4 * one.lower.length + 1 : 0;
  const common = predict(one) + (one.hasForm ? form(one) : 0);
  // The amplitudes themselves, and again to see whether they are allowed.
  const once = common + 2 * amplitudes + smooth + quadratic;
  if (one.isPredicted) return once + sum(one.terms, onePass);
  const starts = one.hasForm ? 2 * one.full.length : 0;
  const slopes = starts + 6 * one.priors.length + 2 * one.emptySlopes.length;
  const step = solve(one.size) + 4 + 2 * one.size + amplitudes;
  return once + slopes + sum(one.terms, withDerivatives) + step;
}

/** 2 × coefficient × factors, added. */
const empty = ({ factor }: { factor: string }) => 2 + factors(factor);

function predict({ features, recursion, basis, vanishing }: PoissonShape): number {
  const variables = sum(features, (feature) => twice(feature) + 5 + 2 * recursion.length);
  return 1 + variables + sum(basis, (one) => features.length - 1 + twice(one)) + vanishing.length;
}

function onePass(term: TermShape): number {
  const strengths = term.charges.length + 2;
  if (term.unrolled.length === 0) {
    const bin = 2 * term.charges.length + 2 * term.backgrounds.length + DEVIANCE + 2;
    return strengths + term.bins * bin;
  }
  const bins = sum(term.unrolled, ({ signals, backgrounds, products }) => {
    const deviance = products.length > 0 ? 1 + products.length : DEVIANCE;
    return 2 * signals.length + 2 * backgrounds.length + 2 + deviance;
  });
  return strengths + bins + term.products.length * (LOGARITHM + 2);
}

function withDerivatives(term: TermShape): number {
  const { charges: own, backgrounds, rows, pairs, gradient, hessian } = term;
  const mean = 2 * own.length + 2 + 2 * backgrounds.length;
  const derivatives = 6 + 3 * rows.length + 2 * pairs.length;
  const bin = mean + DEVIANCE + 2 + derivatives;
  return term.bins * bin + 2 + gradient.length + hessian.length;
}
