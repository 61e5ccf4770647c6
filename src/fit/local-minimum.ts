import { PARAMETERS } from "../model/parameters.js";
import { descend, newtonStep } from "../numerics/bfgs.js";
import { clamp } from "../numerics/finite-differences.js";
import { nelderMead } from "../numerics/nelder-mead.js";
import type { FreeSpace } from "./free-space.js";

/** χ², or what stands for it, at a parameter vector; `gradient` receives ∂/∂p, [PARAMETERS]. */
export type Fall = (parameters: Float64Array, gradient: Float64Array) => number;

/** A local minimum over free parameters. */
export interface LocalMinimum {
  /** In the variables of its space. */
  readonly point: Float64Array;
  readonly value: number;
  /** ∂χ²/∂p there, [PARAMETERS]. */
  readonly gradient: Float64Array;
  /** Curvature by the variables, as the descent learnt it, [size × size]. */
  readonly curvature: Float64Array;
  /** Whether no descent, nor a simplex, can gain more than {@link TOLERANCE}. */
  readonly isSettled: boolean;
}

/** Promise of the model, in χ², at which a descent stops. */
const STOP = 1e-8;
/** How far above its minimum χ² may stay. */
export const TOLERANCE = 1e-6;
/** Longest step, in natural sizes of the variables, and most steps of one descent. */
const LONGEST_STEP = 10;
const MOST_STEPS = 100;

/**
 * Goes down from a start to a local minimum within the box of its space.
 * @param curvature to begin with, positive definite, [size × size]; default: that of a distance
 */
export function localMinimum(
  fall: Fall,
  space: FreeSpace,
  start: Float64Array,
  curvature: Float64Array = identity(space.size),
): LocalMinimum {
  const { box, size } = space;
  const slopes = new Float64Array(PARAMETERS.length);
  let latest: Float64Array | undefined;
  const f = (point: Float64Array): number => {
    latest = point;
    const value = fall(space.parameters(point), slopes);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const gradient = (point: Float64Array): Float64Array => {
    if (point !== latest) f(point);
    return space.slopes(slopes);
  };
  const problem = {
    f,
    gradient,
    box,
    tolerance: STOP,
    longestStep: LONGEST_STEP,
    maxIterations: MOST_STEPS,
  };
  const promiseOf = (g: Float64Array, point: Float64Array, learnt: Float64Array) =>
    newtonStep(learnt, g, point, box).promise;
  if (size === 0) return found({ point: new Float64Array(0), isSettled: true, curvature });

  let learnt: Float64Array = curvature.slice();
  let reached = descend(problem, clamp(start, box), learnt);
  if (promiseOf(reached.gradient, reached.point, learnt) > STOP) {
    // Stuck: what was learnt of the curvature may be wrong here.
    learnt = identity(size);
    reached = descend(problem, reached.point, learnt);
  }
  const isStuck = promiseOf(reached.gradient, reached.point, learnt) > TOLERANCE;
  if (!isStuck || !Number.isFinite(reached.value)) {
    return found({ point: reached.point, isSettled: !isStuck, curvature: learnt });
  }
  const step = new Float64Array(size).fill(0.1);
  const simplex = nelderMead(f, reached.point, step, (p) => clamp(p, box), TOLERANCE / 10);
  const isSettled = reached.value - simplex.value < TOLERANCE;
  return found({ point: simplex.point, isSettled, curvature: learnt });

  function found(at: Pick<LocalMinimum, "point" | "isSettled" | "curvature">): LocalMinimum {
    const value = f(at.point);
    return { ...at, value, gradient: slopes.slice() };
  }
}

export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));
}

/** Largest difference of two points in any variable. */
export function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}
