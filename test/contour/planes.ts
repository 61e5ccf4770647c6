import type { PlaneGrid } from "../../src/contour/plane.js";

export function linspace(from: number, to: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, k) => from + ((to - from) * k) / (points - 1));
}

/** A function sampled on a rectilinear grid. */
export function sample(
  f: (x: number, y: number) => number,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): PlaneGrid & { readonly values: Float64Array } {
  const values = new Float64Array(x.length * y.length);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) values[i * y.length + j] = f(x[i], y[j]);
  }
  return { x, y, values };
}

/** A plane given as it is drawn: rows from top (largest y) to bottom, x to the right. */
export function drawn(rows: readonly (readonly number[])[]): PlaneGrid {
  const height = rows.length;
  const x = rows[0].map((_, i) => i);
  const y = rows.map((_, j) => j);
  return sample((i, j) => rows[height - 1 - j][i], x, y);
}
