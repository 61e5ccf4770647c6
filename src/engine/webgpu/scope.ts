import type { Prediction } from "../../likelihood/prediction/fit.js";
import type { ChargePolynomial } from "../../likelihood/prediction/quadratic.js";
import type { KernelComponent, KernelProblem } from "./components.js";
import { chargeName } from "./names.js";
import { poissonScope } from "./poisson-scope.js";
import type { Scope } from "./template.js";
import { literal, lowerTriangle, range, systemOf } from "./wgsl.js";

/** How a Poisson component is profiled. */
export interface ComponentMode {
  readonly prediction: Prediction;
  /** One pass at the prediction, or Newton's method from there. */
  readonly isPredicted: boolean;
}

/** What the shader templates of fused mode are expanded with, and the bins they read. */
export interface FusedScope {
  readonly scope: Scope;
  readonly bins: Float32Array;
  readonly binsAreUniform: boolean;
  /** By combination: what the χ² of kernels lacks, which float32 need not hold. */
  readonly offsets: Float64Array;
}

/** Bins written out in code: more take compilers too long. */
const MOST_UNROLLED = 400;

/**
 * @param modes by component; undefined for Gaussian ones
 * @param unroll whether to write out the bins, which software adapters like and GPUs need not
 */
export function fusedScope(
  kernel: KernelProblem,
  modes: readonly (ComponentMode | undefined)[],
  uniformBytes: number,
  unroll: boolean,
): FusedScope {
  const bins: number[] = [];
  const all = kernel.components.flatMap(({ poisson }) => poisson);
  const few = all.reduce((sum, term) => sum + term.bins, 0) <= MOST_UNROLLED;
  const components = kernel.components.map((component, id) => {
    const common = componentScope(kernel, component, id);
    const mode = modes[id];
    if (!mode) return { ...common, isTabulated: false, isGaussian: true };
    return {
      ...common,
      isTabulated: false,
      isGaussian: false,
      isPredicted: mode.isPredicted,
      ...predictionScope(kernel, mode.prediction),
      ...poissonScope(kernel, component, bins, unroll && few && mode.isPredicted),
    };
  });
  const sizes = [...new Set(kernel.components.map(({ nuisances }) => nuisances.length))];
  const binsAreUniform = 4 * bins.length <= uniformBytes;
  const scope = {
    components,
    tables: [],
    sizes: sizes.filter((size) => size > 0).map(systemOf),
    combinations: kernel.combinations.map((members, index) => ({ index, components: members })),
    combinationCount: kernel.combinations.length,
    bins: Math.max(1, bins.length / 4),
    binsAreUniform,
  };
  const data = new Float32Array(Math.max(4, bins.length));
  data.set(bins);
  const offsets = new Float64Array(kernel.combinations.length);
  return { scope, bins: data, binsAreUniform, offsets };
}

/** What every component has. Priors join the form where there are no bins to sum them with. */
function componentScope(
  { unit }: KernelProblem,
  { component, nuisances, origin, poisson, form }: KernelComponent,
  id: number,
): Scope {
  const size = nuisances.length;
  const monomials = new Map<string, string>();
  const entry = (name: string, { constant, terms }: ChargePolynomial, prior = 0) => ({
    name,
    constant: literal(constant + prior),
    terms: terms.map(({ charges, coefficient }) => {
      const monomial = `m_${charges.join("_")}`;
      monomials.set(monomial, charges.map((c) => `q.${chargeName(c)}`).join(" * "));
      const scale = charges.reduce((product, c) => product * unit[c], 1);
      return { monomial, coefficient: literal(coefficient * scale) };
    }),
  });
  // (η + θ₀)²/σ² = c − 2 b η + A η²
  const precision = nuisances.map(({ sigma }) =>
    poisson.length > 0 || sigma === null ? 0 : sigma ** -2,
  );
  const constant = precision.reduce((sum, p, j) => sum + p * origin[j] ** 2, 0);
  const entries = form
    ? [
        entry("c", form.c, constant),
        ...form.b.map((b, j) => entry(`b.x_${j}`, b, -precision[j] * origin[j])),
        ...lowerTriangle(size).map(({ i, j }, at) =>
          entry(`a.a_${i}_${j}`, form.A[at], i === j ? precision[j] : 0),
        ),
      ]
    : [];
  return {
    id,
    size,
    title: component.terms.map(({ term }) => term.name).join(", "),
    range: range(size),
    lower: lowerTriangle(size),
    entries,
    monomials: [...monomials].map(([name, product]) => ({ name, product })),
    bounds: nuisances.flatMap(({ lower, upper }, j) => [
      ...bound(j, lower - origin[j], ">", "max", 1),
      ...bound(j, upper - origin[j], "<", "min", -1),
    ]),
  };
}

/** At a bound the profile is float64's business: kernels only tell that it was reached. */
function bound(j: number, at: number, relation: string, clamp: string, inwards: number) {
  if (!Number.isFinite(at)) return [];
  const value = literal(at + 1e-6 * inwards);
  return [{ j, relation, clamp, value, inside: literal(at + 1e-3 * inwards) }];
}

function predictionScope({ unit }: KernelProblem, prediction: Prediction): Scope {
  const { features, basis, vanishes, coefficients } = prediction;
  const functions = basis.exponents.length;
  return {
    features: features.weights.map((weights, index) => ({
      index,
      terms: [...weights.keys()]
        .filter((c) => weights[c] > 0)
        .map((c) => ({ charge: chargeName(c), coefficient: literal(weights[c] * unit[c]) })),
    })),
    recursion: range(basis.degree + 1)
      .slice(2)
      .map((i) => ({ i, last: i - 1, before: i - 2 })),
    basis: basis.exponents.map((exponents, k) => ({
      product: exponents.map((power, feature) => `t_${feature}_${power}`).join(" * "),
      terms: vanishes.map((_, j) => ({
        j,
        coefficient: literal(coefficients[j * functions + k]),
      })),
    })),
    vanishing: range(vanishes.length).filter((j) => vanishes[j]),
    lasting: range(vanishes.length).filter((j) => !vanishes[j]),
  };
}
