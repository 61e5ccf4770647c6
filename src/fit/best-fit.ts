import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import { covariance, type Minimum, minimise } from "../numerics/minimise.js";
import type { ChiSquare } from "./chi-square.js";

/** A parameter to minimise over, within [lower, upper]. */
export interface FreeParameter {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
}

export interface BestFit {
  /** The whole parameter vector at the minimum, [PARAMETERS]. */
  readonly parameters: Float64Array;
  readonly chi2: number;
  readonly converged: boolean;
  /** Covariance of the free parameters at the minimum, [free × free]; zero rows at a bound. */
  readonly covariance: Float64Array;
}

/** Couplings beyond this give counts far above the data; it bounds the search where nothing else does. */
const COUPLING_RANGE = 1.5;

/** The range in which a parameter is searched unless the user gives one. */
export function defaultRange(name: string): FreeParameter {
  const { lower, upper } = PARAMETERS[parameterIndex(name)];
  const coupling = name.startsWith("eps_");
  return {
    name,
    lower: Number.isFinite(lower) ? lower : -COUPLING_RANGE,
    upper: Number.isFinite(upper) ? upper : coupling ? COUPLING_RANGE : 10,
  };
}

/** Starting points spread over the box by a Halton sequence: the same ones every time. */
function halton(index: number, base: number): number {
  let [fraction, result, rest] = [1, 0, index];
  while (rest > 0) {
    fraction /= base;
    result += fraction * (rest % base);
    rest = Math.floor(rest / base);
  }
  return result;
}
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47];
/** Local minima come in sign-flipped pairs per flavour (L24 eq. 14), so several starts are needed. */
const STARTS_PER_PARAMETER = 8;

/**
 * The smallest χ² over the free parameters, the others staying where `at` has them. Minima are several
 * (L24 eqs. 14–16), so the search starts from `at` and from points spread over the ranges.
 * @param at full parameter vector, [PARAMETERS]
 */
export function bestFit(
  chi2: ChiSquare,
  at: Float64Array,
  free: readonly FreeParameter[],
  starts = STARTS_PER_PARAMETER * free.length,
): BestFit {
  const indices = free.map(({ name }) => parameterIndex(name));
  const lower = free.map((p) => p.lower);
  const upper = free.map((p) => p.upper);
  const full = (point: ArrayLike<number>): Float64Array => {
    const parameters = at.slice();
    indices.forEach((index, i) => {
      parameters[index] = point[i];
    });
    return parameters;
  };
  if (free.length === 0) {
    const value = chi2.value(at);
    const converged = Number.isFinite(value);
    return { parameters: at.slice(), chi2: value, converged, covariance: new Float64Array(0) };
  }
  const options = {
    lower,
    upper,
    scale: free.map((p) => (p.upper - p.lower) / 20),
    gradient: (point: Float64Array) => {
      const gradient = chi2.gradient(full(point));
      return indices.map((index) => gradient[index]);
    },
  };
  const search = (start: readonly number[]): Minimum =>
    minimise((point) => chi2.value(full(point)), start, options);
  const clamp = (value: number, i: number) => Math.min(Math.max(value, lower[i]), upper[i]);
  let best = search(indices.map((index, i) => clamp(at[index], i)));
  for (let s = 1; s <= starts; s++) {
    const start = free.map((p, i) => p.lower + halton(s, PRIMES[i]) * (p.upper - p.lower));
    const found = search(start);
    if (found.value < best.value - 1e-9) best = found;
  }
  return {
    parameters: full(best.point),
    chi2: best.value,
    converged: best.converged && Number.isFinite(best.value),
    covariance: covariance(best),
  };
}
