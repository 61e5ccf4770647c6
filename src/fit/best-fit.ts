import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import { covariance, type Minimum, minimise } from "../numerics/minimise.js";
import type { ChiSquare } from "./chi-square.js";
import type { FreeParameter } from "./free-parameter.js";
import { mirrorImages } from "./mirror.js";

export type { FreeParameter } from "./free-parameter.js";

export interface BestFit {
  /** The whole parameter vector at the minimum, [PARAMETERS]. */
  readonly parameters: Float64Array;
  readonly chi2: number;
  readonly converged: boolean;
  /** Covariance of the free parameters at the minimum, [free × free]; zero rows at a bound. */
  readonly covariance: Float64Array;
}

/** The range in which a parameter is searched unless the user gives one. */
export function defaultRange(name: string): FreeParameter {
  const [lower, upper] = PARAMETERS[parameterIndex(name)].searched;
  return { name, lower, upper };
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

/** Starts nearer to each other than this fraction of every range are the same. */
const SAME_START = 1e-4;

/**
 * The smallest χ² over the free parameters, the others staying where `at` has them. Minima are several
 * (L24 eqs. 14–16), so the search starts from `at`, from points spread over the ranges, and from the
 * mirror images of the best minimum so far.
 * @param at full parameter vector, [PARAMETERS]
 * @param starts how many points are spread; with none, the search stays in the basin of `at`
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
  const tried = [indices.map((index, i) => clamp(at[index], i))];
  let best = search(tried[0]);
  /** Returns whether the start is a new one; the best minimum follows. */
  const attempt = (start: readonly number[]): boolean => {
    const same = (other: ArrayLike<number>) =>
      start.every((x, i) => Math.abs(x - other[i]) <= SAME_START * (upper[i] - lower[i]));
    if (tried.some(same)) return false;
    tried.push(start.slice());
    const found = search(start);
    if (found.value < best.value - 1e-9) best = found;
    return true;
  };
  for (let s = 1, left = starts; left > 0; s++) {
    if (attempt(free.map((p, i) => p.lower + halton(s, PRIMES[i]) * (p.upper - p.lower)))) left--;
  }
  for (let mirrored: Minimum | undefined; starts > 0 && mirrored !== best; ) {
    mirrored = best;
    const images = mirrorImages(chi2.analysis.description, full(best.point), free);
    for (const image of images) attempt(image);
  }
  return {
    parameters: full(best.point),
    chi2: best.value,
    converged: best.converged && Number.isFinite(best.value),
    covariance: covariance(best),
  };
}
