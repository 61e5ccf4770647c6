import { PARAMETERS } from "../model/parameters.js";
import { choleskyFactor } from "../numerics/linear-algebra.js";
import type { ChargeSurrogate } from "./charge-surrogate.js";
import type { FreeSpace } from "./free-space.js";
import { distance, identity, localMinimum } from "./local-minimum.js";

export const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47];

/** Element of the Halton sequence: numbers spread evenly over 0 … 1, the same ones every time. */
export function halton(index: number, base: number): number {
  let [fraction, result, rest] = [1, 0, index];
  while (rest > 0) {
    fraction /= base;
    result += fraction * (rest % base);
    rest = Math.floor(rest / base);
  }
  return result;
}

/**
 * Points spread over the part of a space's box where couplings are of the size that data allow, which
 * is small where ranges are wide; or in turn over that and over all of it.
 * @param first index of the first point in their sequence, from 1
 */
export function spreadPoints(
  space: FreeSpace,
  first: number,
  count: number,
  where: "near" | "everywhere",
): Float64Array[] {
  const { lower, upper } = space.box;
  const near = space.point(space.at.map((value, p) => PARAMETERS[p].standardModel ?? value));
  return Array.from({ length: count }, (_, k) => {
    const index = first + k;
    const isNear = where === "near" || index % 2 === 0;
    return lower.map((low, i) => {
      const from = isNear ? Math.max(low, near[i] - NEAR) : low;
      const to = isNear ? Math.min(upper[i], near[i] + NEAR) : upper[i];
      return from + halton(index, PRIMES[i]) * (to - from);
    });
  });
}

/** Half the width of the part near the Standard Model, in natural sizes of the variables. */
const NEAR = 10;
/** Starts of descents on the surrogate, and minima of it that are worth one on χ². */
const STARTS = 12;
const MOST_MINIMA = 8;
/** Minima nearer to each other than this, in natural sizes of the variables, are one. */
const SAME = 0.05;
/** Of minima with the same value, to this, as any number lie along a degeneracy, so many are kept. */
const MOST_ALIKE = 3;
const ALIKE = 1e-6;

export interface SurrogateMinimum {
  readonly point: Float64Array;
  readonly value: number;
  /** Curvature of χ² to expect there, [size × size]. */
  readonly curvature: Float64Array;
}

/**
 * Distinct minima of the surrogate in a space, lowest first.
 * @param first index of the first start in the sequence of {@link spreadPoints}
 */
export function surrogateMinima(
  surrogate: ChargeSurrogate,
  space: FreeSpace,
  first: number,
  count = STARTS,
): SurrogateMinimum[] {
  const fall = (parameters: Float64Array, gradient: Float64Array) =>
    surrogate.fall(parameters, gradient);
  const minima = spreadPoints(space, first, count, "everywhere")
    .map((start) => localMinimum(fall, space, start, curvatureAt(surrogate, space, start)))
    .sort((a, b) => a.value - b.value);
  const distinct: SurrogateMinimum[] = [];
  for (const { point, value } of minima) {
    if (distinct.length === MOST_MINIMA) break;
    const alike = distinct.filter((other) => Math.abs(other.value - value) < ALIKE);
    if (alike.length >= MOST_ALIKE) continue;
    if (distinct.some((other) => distance(other.point, point) < SAME)) continue;
    distinct.push({ point, value, curvature: curvatureAt(surrogate, space, point) });
  }
  return distinct;
}

/** Share of the largest curvature that every direction is given, lest steps run away. */
const RIDGE = 1e-3;

/** The curvature of the surrogate by the variables of a space, made positive definite. */
function curvatureAt(
  surrogate: ChargeSurrogate,
  space: FreeSpace,
  point: Float64Array,
): Float64Array {
  const n = space.size;
  const full = surrogate.curvature(space.parameters(point));
  const unit = space.slopes(new Float64Array(PARAMETERS.length).fill(1));
  const matrix = Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    return unit[i] * unit[j] * full[space.indices[i] * PARAMETERS.length + space.indices[j]];
  });
  const largest = Math.max(...Array.from({ length: n }, (_, i) => matrix[i * (n + 1)]));
  for (let i = 0; i < n; i++) matrix[i * (n + 1)] += RIDGE * largest || 1;
  return choleskyFactor(matrix.slice(), n) ? matrix : identity(n);
}
