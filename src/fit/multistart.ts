import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import { covariance, type Minimum, minimise } from "../numerics/minimise.js";
import type { BestFit } from "./best-fit.js";
import type { ChiSquare } from "./chi-square.js";
import type { FreeParameter } from "./free-parameter.js";
import { mirrorImages } from "./mirror.js";
import { halton, PRIMES } from "./start-points.js";

/** Points nearer to each other than this fraction of every range have their nuisances in one basin. */
const NEAR = 5e-3;

/** Starts nearer to each other than this fraction of every range are the same. */
const SAME_START = 1e-4;

/**
 * A quick search for the smallest χ² over the free parameters, the others staying where `at` has them:
 * from `at`, from some points spread over the ranges, and from the mirror images of the best minimum so
 * far. For many fits of the same kind (pseudo-experiments, shifts); {@link bestFit} is the thorough one.
 * @param at full parameter vector, [PARAMETERS]
 * @param starts how many points are spread; with none, the search stays in the basin of `at`
 */
export function multistartFit(
  chi2: ChiSquare,
  at: Float64Array,
  free: readonly FreeParameter[],
  starts: number,
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
  const isExponentFree = free.some(({ name }) => name === "exponent_x");
  const slopes = new Float64Array(PARAMETERS.length);
  let latest: Float64Array | undefined;
  /** Where the nuisances were last searched for the lowest of their minima. */
  let searched: Float64Array | undefined;
  const value = (point: Float64Array): number => {
    latest = point.slice();
    const isNear = searched?.every(
      (x, i) => Math.abs(x - point[i]) <= NEAR * (upper[i] - lower[i]),
    );
    if (isNear) return chi2.fallNear(full(point), slopes, isExponentFree);
    searched = latest;
    return chi2.fall(full(point), slopes, isExponentFree);
  };
  const options = {
    lower,
    upper,
    scale: free.map((p) => (p.upper - p.lower) / 20),
    gradient: (point: Float64Array) => {
      if (!latest?.every((x, i) => x === point[i])) value(point);
      return indices.map((index) => slopes[index]);
    },
  };
  const search = (start: readonly number[]): Minimum => minimise(value, start, options);
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
