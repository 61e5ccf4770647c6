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
  readonly components: readonly TabulatedShape[];
  readonly combinations: readonly { readonly components: List }[];
}

interface CountsShape {
  readonly rows: number;
  readonly templates: List;
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0);
}

/** Operations of shaders/chi2.wgsl. */
export function fusedOperations(scope: Scope, points: Scope): number {
  const { components, combinations, tables } = scope as unknown as FusedShape;
  return (
    charges(points) +
    sum(components, (one) => tabulated(one, tables)) +
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

const factors = (product: string) => product.split(" * ").length;
