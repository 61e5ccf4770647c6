import { checkParameterVector, PARAMETERS, parameterIndex } from "../model/parameters.js";
import { covariance, minimise } from "../numerics/minimise.js";
import { ChargeSurrogate } from "./charge-surrogate.js";
import type { ChiSquare } from "./chi-square.js";
import type { FreeParameter } from "./free-parameter.js";
import { FreeSpace } from "./free-space.js";
import { type Fall, type LocalMinimum, localMinimum, TOLERANCE } from "./local-minimum.js";
import { spreadPoints, surrogateMinima } from "./start-points.js";

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

/** Starts on the surrogate, and on χ² itself, for each free parameter. */
const SURROGATE_STARTS = 24;
const RANDOM_STARTS = 3;
/** Minima of the surrogate that lie higher than this above its lowest are not followed. */
const HEADROOM = 25;

/** χ² and its derivatives by the parameters, the exponent's only where it is free. */
export function fallOf(chi2: ChiSquare, free: readonly FreeParameter[]): Fall {
  const isExponentFree = free.some(({ name }) => name === "exponent_x");
  return (parameters, gradient) => chi2.fall(parameters, gradient, isExponentFree);
}

/**
 * The smallest χ² over the free parameters, the others staying where `at` has them. Minima are several
 * (L24 eqs. 14–16): the search starts from `at`, from every minimum of the {@link ChargeSurrogate}
 * around the best one so far, and from points spread over the ranges.
 * @param at full parameter vector, [PARAMETERS]
 * @throws InputError for one that is none
 */
export function bestFit(
  chi2: ChiSquare,
  at: Float64Array,
  free: readonly FreeParameter[],
): BestFit {
  checkParameterVector(at);
  const space = new FreeSpace(at, free);
  if (free.length === 0) {
    const value = chi2.value(at);
    const converged = Number.isFinite(value);
    return { parameters: at.slice(), chi2: value, converged, covariance: new Float64Array(0) };
  }
  return certified(chi2, space, lowestMinimum(chi2, space).point);
}

function lowestMinimum(chi2: ChiSquare, space: FreeSpace): LocalMinimum {
  const fall = fallOf(chi2, space.free);
  let best = localMinimum(fall, space, space.point(space.at));
  const attempt = (point: Float64Array, curvature?: Float64Array): void => {
    const found = localMinimum(fall, space, point, curvature);
    if (found.value < best.value || Number.isNaN(best.value)) best = found;
  };
  const random = spreadPoints(space, 1, RANDOM_STARTS * space.size, "near");
  for (const point of random) attempt(point);
  let first = random.length + 1;
  for (let centre: LocalMinimum | undefined; centre !== best; ) {
    centre = best;
    const surrogate = new ChargeSurrogate(chi2, space.parameters(centre.point));
    const count = SURROGATE_STARTS * space.size;
    const candidates = surrogateMinima(surrogate, space, first, count);
    first += count;
    for (const { point, value, curvature } of candidates) {
      if (value <= candidates[0].value + HEADROOM) attempt(point, curvature);
    }
    if (best.value > centre.value - TOLERANCE) break;
  }
  return best;
}

/** A minimum with its covariance, and whether it is one: a second, slower minimiser gains nothing. */
export function certified(chi2: ChiSquare, space: FreeSpace, point: Float64Array): BestFit {
  const fall = fallOf(chi2, space.free);
  const slopes = new Float64Array(PARAMETERS.length);
  const { lower, upper } = space.box;
  const first = fall(space.parameters(point), slopes);
  const minimum = minimise((p) => chi2.value(space.parameters(p)), point, {
    lower,
    upper,
    gradient: (p) => {
      fall(space.parameters(p), slopes);
      return space.slopes(slopes);
    },
    tolerance: 1e-9,
  });
  const parameters = space.parameters(minimum.point);
  const unit = space.slopes(new Float64Array(PARAMETERS.length).fill(1));
  const n = space.size;
  const value = chi2.value(parameters);
  return {
    parameters,
    chi2: value,
    converged: Number.isFinite(value) && (minimum.converged || first - value < TOLERANCE),
    covariance: covariance(minimum).map(
      (entry, k) => entry * unit[Math.floor(k / n)] * unit[k % n],
    ),
  };
}
