import { parameterIndex } from "../model/parameters.js";
import { choleskyFactor, choleskySolve } from "../numerics/linear-algebra.js";
import type { BestFit, FreeParameter } from "./best-fit.js";
import type { ChiSquare } from "./chi-square.js";

/** Uncertainties at a minimum, in the parabolic approximation, of parameters and nuisances jointly. */
export interface Uncertainty {
  /** The free parameters, then the nuisances that were profiled. */
  readonly names: readonly string[];
  /** Values at the minimum and their standard deviations, [names]. */
  readonly values: Float64Array;
  readonly sigmas: Float64Array;
  /** [names × names]; 0 for those held or at a bound, 1 on the diagonal. */
  readonly correlation: Float64Array;
}

/** Step of the derivatives of profiled nuisances, in standard deviations of the parameter. */
const STEP = 0.05;

/** 2 H⁻¹ over the rows that may move; zero rows for the others. */
function inverse(curvature: Float64Array, movable: readonly boolean[]): Float64Array {
  const n = movable.length;
  const free = [...movable.keys()].filter((i) => movable[i]);
  const factor = Float64Array.from({ length: free.length ** 2 }, (_, k) => {
    return curvature[free[Math.floor(k / free.length)] * n + free[k % free.length]];
  });
  const convex = choleskyFactor(factor, free.length);
  const result = new Float64Array(n * n);
  free.forEach((j, column) => {
    const unit = Float64Array.from(free, (_, row) => (row === column ? 2 : 0));
    if (convex) choleskySolve(factor, free.length, unit);
    free.forEach((i, row) => {
      result[i * n + j] = convex ? unit[row] : Number.NaN;
    });
  });
  return result;
}

/**
 * Joint covariance of free parameters p and nuisances θ. With C_pp that of the profiled χ² and
 * θ̂(p) the profiled nuisances, C_θp = (dθ̂/dp) C_pp and C_θθ = 2 H_θθ⁻¹ + (dθ̂/dp) C_pp (dθ̂/dp)ᵀ.
 */
export function uncertainty(
  chi2: ChiSquare,
  best: BestFit,
  free: readonly FreeParameter[],
): Uncertainty {
  const { nuisances } = chi2.analysis.description;
  const { profiled, pulls, curvature } = chi2.profile(best.parameters);
  const [p, t] = [free.length, profiled.length];
  const movable = profiled.map((j) => {
    return pulls[j] > nuisances[j].lower && pulls[j] < nuisances[j].upper;
  });
  const own = inverse(curvature, movable);
  const slopes = free.map((parameter, i) => {
    const step = STEP * Math.sqrt(best.covariance[i * p + i]);
    if (!(step > 0)) return new Float64Array(t);
    const index = parameterIndex(parameter.name);
    const [below, above] = [-step, step].map((shift) => {
      const at = best.parameters.slice();
      at[index] = Math.min(Math.max(at[index] + shift, parameter.lower), parameter.upper);
      return { at: at[index], pulls: chi2.profile(at).pulls };
    });
    return Float64Array.from(profiled, (j, k) => {
      return movable[k] ? (above.pulls[j] - below.pulls[j]) / (above.at - below.at) : 0;
    });
  });
  const n = p + t;
  const covariance = new Float64Array(n * n);
  const set = (i: number, j: number, value: number): void => {
    covariance[i * n + j] = value;
    covariance[j * n + i] = value;
  };
  const shifted = (i: number, k: number): number =>
    slopes.reduce((sum, slope, j) => sum + best.covariance[i * p + j] * slope[k], 0);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) set(i, j, best.covariance[i * p + j]);
    for (let k = 0; k < t; k++) set(i, p + k, shifted(i, k));
  }
  for (let k = 0; k < t; k++) {
    for (let l = 0; l <= k; l++) {
      const carried = slopes.reduce((sum, slope, i) => sum + slope[k] * shifted(i, l), 0);
      set(p + k, p + l, own[k * t + l] + carried);
    }
  }
  const sigmas = Float64Array.from({ length: n }, (_, i) => Math.sqrt(covariance[i * n + i]));
  return {
    names: [...free.map(({ name }) => name), ...profiled.map((j) => nuisances[j].name)],
    values: Float64Array.from([
      ...free.map(({ name }) => best.parameters[parameterIndex(name)]),
      ...profiled.map((j) => pulls[j]),
    ]),
    sigmas,
    correlation: covariance.map((value, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      if (i === j) return 1;
      return value === 0 ? 0 : value / (sigmas[i] * sigmas[j]);
    }),
  };
}
