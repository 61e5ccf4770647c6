import { descend, newtonStep } from "./bfgs.js";
import { type Box, clamp, gradient, hessian, type Objective } from "./finite-differences.js";
import { choleskyFactor, choleskySolve } from "./linear-algebra.js";
import { nelderMead } from "./nelder-mead.js";

export interface MinimiseOptions {
  /** Bounds, [n]; −∞ and +∞ where absent. The objective is never evaluated outside. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** Change of each variable that matters, [n]: a prior's width, a grid step. Default 1. */
  readonly scale?: ArrayLike<number>;
  /** ∂f/∂x, [n]; differences are taken where absent. */
  readonly gradient?: (point: Float64Array) => ArrayLike<number>;
  /** Distance to the minimum, in f, at which to stop. Default 1e-9. */
  readonly tolerance?: number;
  /** Longest single step in units of scale, to stay in a basin. Default 100. */
  readonly longestStep?: number;
  /** Quasi-Newton iterations in all. Default 500. */
  readonly maxIterations?: number;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Whether neither a Newton step nor a simplex can gain more than the tolerance. */
  readonly converged: boolean;
  /** ∂²f/∂x∂x by differences, [n × n]. */
  readonly hessian: Float64Array;
  /** Which variables lie on a bound, [n]. */
  readonly atBound: readonly boolean[];
}

/** Directions flatter than this fraction of the steepest curvature count as flat, not as a saddle. */
const FLAT = 1e-4;

/** Cycles of descent, check of the curvature, and simplex before giving up. */
const CYCLES = 6;

function spread(source: ArrayLike<number> | undefined, n: number, otherwise: number) {
  return Float64Array.from({ length: n }, (_, i) => source?.[i] ?? otherwise);
}

/** The matrix with the ridge that makes flat directions, but not those of a saddle, positive. */
function raise(matrix: Float64Array, n: number): Float64Array {
  const sizes = Array.from({ length: n }, (_, i) => Math.abs(matrix[i * n + i]));
  const ridge = FLAT * Math.max(...sizes) || 1;
  return matrix.map((h, k) => (k % (n + 1) === 0 ? h + ridge : h));
}

/** The curvature to descend with: positive definite, from a Hessian that need not be. */
function positive(matrix: Float64Array, n: number): Float64Array {
  const raised = raise(matrix, n);
  if (raised.every(Number.isFinite) && choleskyFactor(raised.slice(), n)) return raised;
  const size = (h: number) => (Number.isFinite(h) ? Math.max(Math.abs(h), 1) : 1);
  return matrix.map((h, k) => (k % (n + 1) === 0 ? size(h) : 0));
}

/** The problem in variables of unit scale, and the way back from them. */
function inUnitsOfScale(objective: Objective, n: number, options: MinimiseOptions) {
  const scale = spread(options.scale, n, 1);
  const lower = spread(options.lower, n, Number.NEGATIVE_INFINITY);
  const upper = spread(options.upper, n, Number.POSITIVE_INFINITY);
  const scaled = (point: Float64Array) => point.map((x, i) => x / scale[i]);
  const box: Box = { lower: scaled(lower), upper: scaled(upper) };
  // Exactly on the bound where the scaled variable is: a product could miss it by rounding.
  const natural = (point: Float64Array) =>
    point.map((x, i) => {
      if (x <= box.lower[i]) return lower[i];
      return x >= box.upper[i] ? upper[i] : x * scale[i];
    });
  const f = (point: Float64Array) => {
    const value = objective(natural(point));
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const supplied = options.gradient;
  const slope = supplied
    ? (point: Float64Array) => Float64Array.from(supplied(natural(point)), (g, i) => g * scale[i])
    : (point: Float64Array, value: number) => gradient(f, point, value, box);
  return { f, gradient: slope, box, scale, scaled, natural };
}

/**
 * A local minimum within a box of a function of 1 to 12 variables, smooth but for isolated kinks:
 * projected BFGS with backtracking, checked by the numerical Hessian at the point found; where that
 * shows a saddle, or the descent is stuck, a simplex takes over and the descent starts again. Values
 * that are NaN count as +∞; the start is moved into the box.
 */
export function minimise(
  objective: Objective,
  start: ArrayLike<number>,
  options: MinimiseOptions = {},
): Minimum {
  const n = start.length;
  const { f, box, scale, scaled, natural, ...rest } = inUnitsOfScale(objective, n, options);
  const { tolerance = 1e-9, longestStep = 100, maxIterations = 500 } = options;
  let point = clamp(scaled(Float64Array.from(start)), box);
  let value = Number.POSITIVE_INFINITY;
  let curvature = hessian(f, point, box);
  let converged = false;
  let iterations = 0;
  for (let cycle = 0; cycle < CYCLES && !converged && iterations < maxIterations; cycle++) {
    const left = maxIterations - iterations;
    const problem = { f, box, tolerance, longestStep, maxIterations: left, ...rest };
    const found = descend(problem, point, positive(curvature, n));
    iterations += found.iterations;
    ({ point, value } = found);
    curvature = hessian(f, point, box);
    const step = newtonStep(raise(curvature, n), found.gradient, point, box);
    converged = step.convex && step.promise <= tolerance;
    // Once more with the true curvature, before the costlier simplex.
    if (converged || (step.convex && cycle % 2 === 0)) continue;
    const simplex = nelderMead(
      f,
      point,
      spread(undefined, n, 0.1),
      (p) => clamp(p, box),
      tolerance,
    );
    converged = !(value - simplex.value > tolerance);
    if (simplex.value < value) ({ point, value } = simplex);
  }
  const minimum = natural(point);
  return {
    point: minimum,
    value,
    iterations,
    converged,
    hessian: curvature.map((h, k) => h / (scale[Math.floor(k / n)] * scale[k % n])),
    atBound: Array.from(point, (x, i) => x <= box.lower[i] || x >= box.upper[i]),
  };
}

/**
 * Covariance of the variables at a minimum of χ² (2 H⁻¹), [n × n]; rows and columns of those on a
 * bound are 0. NaN where the minimum has no positive curvature.
 */
export function covariance({ hessian: matrix, atBound, point }: Minimum): Float64Array {
  const n = point.length;
  const free = Array.from(point.keys()).filter((i) => !atBound[i]);
  const m = free.length;
  const factor = Float64Array.from({ length: m * m }, (_, k) => {
    return matrix[free[Math.floor(k / m)] * n + free[k % m]];
  });
  const convex = choleskyFactor(factor, m);
  const result = new Float64Array(n * n);
  for (const [column, j] of free.entries()) {
    const unit = Float64Array.from(free, (_, row) => (row === column ? 2 : 0));
    if (convex) choleskySolve(factor, m, unit);
    for (const [row, i] of free.entries()) result[i * n + j] = convex ? unit[row] : Number.NaN;
  }
  return result;
}
