/**
 * Cubic splines through equally spaced tables: twice continuously differentiable, and third order
 * polynomials are met exactly. Coefficients are of B-splines, so that only four tables act at a time.
 */

/** Fewest tables that determine the spline (its ends are not-a-knot). */
export const FEWEST_TABLES = 5;

/**
 * B-spline coefficients of the spline through tables.
 * @param tables [tables × size], row-major, at least {@link FEWEST_TABLES}
 * @returns [(tables + 2) × size]; coefficient k belongs to the B-spline centred on table k − 1
 */
export function splineCoefficients(tables: Float64Array, size: number): Float64Array {
  const n = tables.length / size;
  const result = new Float64Array((n + 2) * size);
  // With s the second difference of the coefficients, f = c + s/6. Not-a-knot makes the second
  // difference of s vanish at tables 1 and n − 2, so that s there is the second difference of f.
  const at = (k: number, i: number) => tables[k * size + i];
  const c = (k: number) => (k + 1) * size;
  const last = n - 1;
  // Elimination factors of the tridiagonal system c_{k−1} + 4 c_k + c_{k+1} = 6 f_k inside.
  const ratio = new Float64Array(n);
  for (let k = 2; k <= last - 2; k++) ratio[k] = 1 / (4 - (k > 2 ? ratio[k - 1] : 0));
  for (let i = 0; i < size; i++) {
    for (const k of [1, last - 1]) {
      const second = at(k - 1, i) - 2 * at(k, i) + at(k + 1, i);
      result[c(k) + i] = at(k, i) - second / 6;
    }
    for (let k = 2; k <= last - 2; k++) {
      const right = k === last - 2 ? result[c(last - 1) + i] : 0;
      result[c(k) + i] = (6 * at(k, i) - result[c(k - 1) + i] - right) * ratio[k];
    }
    for (let k = last - 3; k >= 2; k--) result[c(k) + i] -= ratio[k] * result[c(k + 1) + i];
    for (const [outer, inner] of [
      [0, 1],
      [last, -1],
    ]) {
      const [near, far] = [outer + inner, outer + 2 * inner];
      result[c(outer) + i] = 6 * at(near, i) - 4 * result[c(near) + i] - result[c(far) + i];
      result[c(outer - inner) + i] =
        6 * at(outer, i) - 4 * result[c(outer) + i] - result[c(near) + i];
    }
  }
  return result;
}

/** Weights of four neighbouring coefficients in the spline and its first two derivatives. */
export interface SplineWeights {
  /** The first of the four coefficients. */
  first: number;
  readonly value: Float64Array;
  readonly slope: Float64Array;
  readonly bend: Float64Array;
}

export function createSplineWeights(): SplineWeights {
  const four = () => new Float64Array(4);
  return { first: 0, value: four(), slope: four(), bend: four() };
}

/**
 * @param values the equally spaced positions of the tables, ascending
 * @param x within them
 */
export function splineWeights(values: Float64Array, x: number, out: SplineWeights): void {
  const last = values.length - 1;
  const step = (values[last] - values[0]) / last;
  const scaled = (x - values[0]) / step;
  const first = Math.min(Math.max(Math.floor(scaled), 0), last - 1);
  const t = scaled - first;
  const u = 1 - t;
  out.first = first;
  const { value, slope, bend } = out;
  value[0] = (u * u * u) / 6;
  value[1] = (4 + t * t * (3 * t - 6)) / 6;
  value[2] = (4 + u * u * (3 * u - 6)) / 6;
  value[3] = (t * t * t) / 6;
  slope[0] = (-0.5 * u * u) / step;
  slope[1] = (t * (1.5 * t - 2)) / step;
  slope[2] = (-u * (1.5 * u - 2)) / step;
  slope[3] = (0.5 * t * t) / step;
  bend[0] = u / (step * step);
  bend[1] = (3 * t - 2) / (step * step);
  bend[2] = (3 * u - 2) / (step * step);
  bend[3] = t / (step * step);
}
