import { addScaled } from "../numerics/linear-algebra.js";

/*
 * Inner loops over the bins, four rows at a time: the sums then stay in registers. Every row is
 * [bins].
 */

/** target = base + Σ_j scale_j row_j; no base is zero, no rows are none. */
export function combine(
  target: Float64Array,
  base: Float64Array | undefined,
  scales: Float64Array,
  rows: readonly Float64Array[] | undefined,
): void {
  if (base) target.set(base);
  else target.fill(0);
  if (!rows) return;
  const fours = rows.length - (rows.length % 4);
  for (let j = 0; j < fours; j += 4) addFour(target, scales, rows, j);
  for (let j = fours; j < rows.length; j++) addScaled(target, scales[j], rows[j]);
}

/** target += Σ_j scale_j row_j over the rows `at` … `at + 3`. */
function addFour(
  target: Float64Array,
  scales: Float64Array,
  rows: readonly Float64Array[],
  at: number,
): void {
  const r0 = rows[at];
  const r1 = rows[at + 1];
  const r2 = rows[at + 2];
  const r3 = rows[at + 3];
  const t0 = scales[at];
  const t1 = scales[at + 1];
  const t2 = scales[at + 2];
  const t3 = scales[at + 3];
  for (let b = 0; b < target.length; b++) {
    target[b] += t0 * r0[b] + t1 * r1[b] + (t2 * r2[b] + t3 * r3[b]);
  }
}

/**
 * Scalar products of the rows `at` … `at + 3` with the slope (out[0 … 3]) and, weighted, among
 * themselves (out[4 … 13], lower triangle).
 */
export function gramOfFour(
  slope: Float64Array,
  weight: Float64Array,
  rows: readonly Float64Array[],
  at: number,
  out: Float64Array,
): void {
  const r0 = rows[at];
  const r1 = rows[at + 1];
  const r2 = rows[at + 2];
  const r3 = rows[at + 3];
  let g0 = 0;
  let g1 = 0;
  let g2 = 0;
  let g3 = 0;
  let h00 = 0;
  let h10 = 0;
  let h11 = 0;
  let h20 = 0;
  let h21 = 0;
  let h22 = 0;
  let h30 = 0;
  let h31 = 0;
  let h32 = 0;
  let h33 = 0;
  for (let b = 0; b < slope.length; b++) {
    const s = slope[b];
    const w = weight[b];
    const x0 = r0[b];
    const x1 = r1[b];
    const x2 = r2[b];
    const x3 = r3[b];
    g0 += s * x0;
    g1 += s * x1;
    g2 += s * x2;
    g3 += s * x3;
    const w0 = w * x0;
    h00 += w0 * x0;
    h10 += w0 * x1;
    h20 += w0 * x2;
    h30 += w0 * x3;
    const w1 = w * x1;
    h11 += w1 * x1;
    h21 += w1 * x2;
    h31 += w1 * x3;
    const w2 = w * x2;
    h22 += w2 * x2;
    h32 += w2 * x3;
    h33 += w * x3 * x3;
  }
  out[0] = g0;
  out[1] = g1;
  out[2] = g2;
  out[3] = g3;
  out[4] = h00;
  out[5] = h10;
  out[6] = h11;
  out[7] = h20;
  out[8] = h21;
  out[9] = h22;
  out[10] = h30;
  out[11] = h31;
  out[12] = h32;
  out[13] = h33;
}

/** Scalar products of `row` with the rows `at` … `at + 3` (out[0 … 3]). */
export function dotFour(
  row: Float64Array,
  rows: readonly Float64Array[],
  at: number,
  out: Float64Array,
): void {
  const r0 = rows[at];
  const r1 = rows[at + 1];
  const r2 = rows[at + 2];
  const r3 = rows[at + 3];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let b = 0; b < row.length; b++) {
    const x = row[b];
    s0 += x * r0[b];
    s1 += x * r1[b];
    s2 += x * r2[b];
    s3 += x * r3[b];
  }
  out[0] = s0;
  out[1] = s1;
  out[2] = s2;
  out[3] = s3;
}
