import { splineCells } from "./spline-cells.js";

/**
 * Coefficients of the cubic spline that takes given values at its knots, its ends "not a knot" (one cubic
 * through the first three knots and one through the last three): coefficients = matrix · values.
 * @param knots ascending, at least four; with two, nothing depends on u
 * @returns [(knots + 2) × knots], row-major
 */
export function interpolationMatrix(knots: Float64Array): Float64Array {
  const n = knots.length;
  const size = n + 2;
  if (n === 2) return Float64Array.from({ length: size * n }, (_, i) => (i % n === 0 ? 1 : 0));
  const cells = splineCells(knots);
  const system = new Float64Array(size * size);
  const right = new Float64Array(size * n);
  // Value at every knot: the constant terms of the cell that begins there; at the last, all terms.
  for (let k = 0; k < n; k++) {
    const cell = Math.min(k, n - 2);
    for (let j = 0; j < 4; j++) {
      const at = 16 * cell + 4 * j;
      const end = cells[at] + cells[at + 1] + cells[at + 2] + cells[at + 3];
      system[k * size + cell + j] = k < n - 1 ? cells[at] : end;
    }
    right[k * n + k] = 1;
  }
  // The third derivative does not jump at the second knot nor at the last but one.
  [1, n - 2].forEach((knot, i) => {
    for (const [cell, sign] of [
      [knot - 1, 1],
      [knot, -1],
    ]) {
      const width = knots[cell + 1] - knots[cell];
      const scale = (knots[knot + 1] - knots[knot - 1]) ** 3;
      for (let j = 0; j < 4; j++) {
        system[(n + i) * size + cell + j] +=
          (sign * scale * cells[16 * cell + 4 * j + 3]) / width ** 3;
      }
    }
  });
  return solve(system, right, size, n);
}

/** Gauss's elimination with pivots: the solution of `a` x = `b`, [size × columns]; both are spoilt. */
function solve(a: Float64Array, b: Float64Array, size: number, columns: number): Float64Array {
  const swap = (m: Float64Array, width: number, i: number, j: number) => {
    const row = m.slice(i * width, (i + 1) * width);
    m.copyWithin(i * width, j * width, (j + 1) * width);
    m.set(row, j * width);
  };
  const subtract = (m: Float64Array, width: number, i: number, factor: number, j: number) => {
    for (let c = 0; c < width; c++) m[i * width + c] -= factor * m[j * width + c];
  };
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) {
      if (Math.abs(a[i * size + k]) > Math.abs(a[pivot * size + k])) pivot = i;
    }
    if (pivot !== k) {
      swap(a, size, k, pivot);
      swap(b, columns, k, pivot);
    }
    for (let i = k + 1; i < size; i++) {
      const factor = a[i * size + k] / a[k * size + k];
      if (factor === 0) continue;
      subtract(a, size, i, factor, k);
      subtract(b, columns, i, factor, k);
    }
  }
  for (let k = size - 1; k >= 0; k--) {
    for (let i = k + 1; i < size; i++) {
      const factor = a[k * size + i];
      if (factor !== 0) subtract(b, columns, k, factor, i);
    }
    for (let c = 0; c < columns; c++) b[k * columns + c] /= a[k * size + k];
  }
  return b;
}
