import { type Box, clamp, type Objective } from "./finite-differences.js";
import { choleskyFactor, choleskySolve, dot } from "./linear-algebra.js";

/** Sufficient decrease (Armijo) of the line search, as a fraction of the slope's promise. */
const SUFFICIENT = 1e-4;

export interface Descent {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly iterations: number;
}

export interface DescentProblem {
  readonly f: Objective;
  readonly gradient: (point: Float64Array, value: number) => Float64Array;
  readonly box: Box;
  /** Stop once the quadratic model promises less than this. */
  readonly tolerance: number;
  readonly longestStep: number;
  readonly maxIterations: number;
}

export interface NewtonStep {
  readonly direction: Float64Array;
  /** What the quadratic model promises to gain, ½ gᵀ H⁻¹ g over the variables free to move. */
  readonly promise: number;
  /** False if the curvature is not positive over those variables: the direction is then −g. */
  readonly convex: boolean;
}

/** −H⁻¹ g over the variables that are not held at a bound, 0 for the others. */
export function newtonStep(
  curvature: Float64Array,
  g: Float64Array,
  point: Float64Array,
  { lower, upper }: Box,
): NewtonStep {
  const n = point.length;
  const blocked = (i: number, move: number) =>
    (point[i] <= lower[i] && move <= 0) || (point[i] >= upper[i] && move >= 0);
  let free = Array.from(point.keys()).filter((i) => !blocked(i, -g[i]));
  for (;;) {
    const m = free.length;
    const matrix = Float64Array.from({ length: m * m }, (_, k) => {
      return curvature[free[Math.floor(k / m)] * n + free[k % m]];
    });
    const solution = Float64Array.from(free, (i) => -g[i]);
    const convex = matrix.every(Number.isFinite) && choleskyFactor(matrix, m);
    if (convex) choleskySolve(matrix, m, solution);
    const outwards = free.filter((i, k) => blocked(i, solution[k]));
    if (outwards.length === 0 || outwards.length === m) {
      const direction = new Float64Array(n);
      for (const [k, i] of free.entries()) direction[i] = outwards.length ? -g[i] : solution[k];
      return { direction, promise: -dot(g, direction) / 2, convex };
    }
    free = free.filter((i) => !outwards.includes(i));
  }
}

/** A lower point along the projected path clamp(point + t · direction), or null if there is none. */
function lineSearch(
  { f, box, longestStep }: DescentProblem,
  from: Descent,
  direction: Float64Array,
): { readonly point: Float64Array; readonly value: number } | null {
  const length = Math.max(...direction.map(Math.abs));
  const along = (t: number) => {
    const point = clamp(
      direction.map((d, i) => from.point[i] + t * d),
      box,
    );
    const slope = dot(
      from.gradient,
      point.map((x, i) => x - from.point[i]),
    );
    return { point, value: f(point), slope };
  };
  let t = Math.min(1, longestStep / length);
  while (t * length > 1e-12) {
    let trial = along(t);
    if (trial.slope < 0 && trial.value <= from.value + SUFFICIENT * trial.slope) {
      // Almost as steep as at the start: the model is too curved, go on.
      while (trial.value < from.value + 0.8 * trial.slope && 2 * t * length <= longestStep) {
        t *= 2;
        const further = along(t);
        if (!(further.value < trial.value)) break;
        trial = further;
      }
      return trial;
    }
    const parabola = (-trial.slope * t) / (2 * (trial.value - from.value - trial.slope));
    t = Math.min(Math.max(parabola || 0, 0.1 * t), 0.5 * t);
  }
  return null;
}

/** Damped update (Powell 1978), which keeps the curvature positive whatever the step met. */
function update(curvature: Float64Array, step: Float64Array, change: Float64Array): void {
  const n = step.length;
  const bent = step.map((_, i) => dot(curvature.subarray(i * n, (i + 1) * n), step));
  const model = dot(step, bent);
  const seen = dot(step, change);
  if (!(model > 0) || !Number.isFinite(seen)) return;
  const weight = seen >= 0.2 * model ? 1 : (0.8 * model) / (model - seen);
  const y = change.map((c, i) => weight * c + (1 - weight) * bent[i]);
  const scale = dot(step, y);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      curvature[i * n + j] += (y[i] * y[j]) / scale - (bent[i] * bent[j]) / model;
    }
  }
}

/** Quasi-Newton descent within a box from `start`; `curvature` [n × n] is updated in place. */
export function descend(
  problem: DescentProblem,
  start: Float64Array,
  curvature: Float64Array,
): Descent {
  const { f, gradient, box, tolerance, maxIterations } = problem;
  const value = f(start);
  let at: Descent = { point: start, value, gradient: gradient(start, value), iterations: 0 };
  while (at.iterations < maxIterations) {
    const { direction, promise } = newtonStep(curvature, at.gradient, at.point, box);
    if (!(promise > tolerance)) break;
    const reached = lineSearch(problem, at, direction);
    if (!reached) break;
    const g = gradient(reached.point, reached.value);
    update(
      curvature,
      reached.point.map((x, i) => x - at.point[i]),
      g.map((slope, i) => slope - at.gradient[i]),
    );
    at = { ...reached, gradient: g, iterations: at.iterations + 1 };
  }
  return at;
}
