/** Numerical derivatives that never leave the box, for variables in units of their natural scale. */

export type Objective = (point: Float64Array) => number;

export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Truncation grows with the step squared, rounding (1e-13 of f) falls with the step. */
const GRADIENT_STEP = 1e-4;
/** Rounding falls with the step squared here. */
const HESSIAN_STEP = 1e-2;

export function clamp(point: Float64Array, { lower, upper }: Box): Float64Array {
  return point.map((x, i) => Math.min(Math.max(x, lower[i]), upper[i]));
}

/**
 * ∂f/∂x, [n]: central differences, one-sided ones of second order beside a bound, 0 for a variable
 * without room. `value` is f at `point`.
 */
export function gradient(f: Objective, point: Float64Array, value: number, box: Box): Float64Array {
  const moved = (i: number, step: number) => {
    const shifted = point.slice();
    shifted[i] += step;
    return f(clamp(shifted, box));
  };
  return point.map((x, i) => {
    const room = box.upper[i] - box.lower[i];
    if (room === 0) return 0;
    const h = Math.min(GRADIENT_STEP, room / 4);
    if (x + h <= box.upper[i] && x - h >= box.lower[i])
      return (moved(i, h) - moved(i, -h)) / (2 * h);
    const s = x + h > box.upper[i] ? -h : h;
    return (4 * moved(i, s) - moved(i, 2 * s) - 3 * value) / (2 * s);
  });
}

/**
 * ∂²f/∂x∂x, [n × n], exact for a quadratic f. Beside a bound the stencil's centre moves inwards; rows
 * and columns of variables without room are 0.
 */
export function hessian(f: Objective, point: Float64Array, box: Box): Float64Array {
  const n = point.length;
  const steps = point.map((_, i) => Math.min(HESSIAN_STEP, (box.upper[i] - box.lower[i]) / 4));
  const centre = point.map((x, i) =>
    Math.min(Math.max(x, box.lower[i] + steps[i]), box.upper[i] - steps[i]),
  );
  const at = (i: number, a: number, j: number, b: number) => {
    const shifted = centre.slice();
    shifted[i] += a * steps[i];
    shifted[j] += b * steps[j];
    return f(clamp(shifted, box));
  };
  const matrix = new Float64Array(n * n);
  const value = f(centre);
  for (let i = 0; i < n; i++) {
    if (steps[i] === 0) continue;
    matrix[i * n + i] = (at(i, 1, i, 0) + at(i, -1, i, 0) - 2 * value) / steps[i] ** 2;
    for (let j = 0; j < i; j++) {
      if (steps[j] === 0) continue;
      const mixed = at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1);
      matrix[i * n + j] = mixed / (4 * steps[i] * steps[j]);
      matrix[j * n + i] = matrix[i * n + j];
    }
  }
  return matrix;
}
