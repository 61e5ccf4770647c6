/**
 * Small dense linear algebra for normal matrices: symmetric, positive semidefinite up to rounding,
 * row-major [n × n], of a few dozen rows at most.
 */

/** Pivots below this fraction of their diagonal are rounding: the direction is not determined. */
const NULL_PIVOT = 1e-12;

/** Stands for the curvature of a direction that has none at all. */
const NO_CURVATURE = 1e-30;

/**
 * Overwrites the lower triangle of `a` by its Cholesky factor. A direction without curvature gets a
 * tiny pivot instead of a failure: where the right-hand side vanishes too the solution stays finite,
 * and where it does not the solution runs far off, to be stopped by a bound.
 *
 * @returns false if the matrix is indefinite (or not finite); `a` is then spoilt
 */
export function choleskyFactor(a: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const row = j * n;
    const diagonal = a[row + j];
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= a[row + k] * a[row + k];
    if (!(pivot >= -1e-9 * Math.abs(diagonal)) || diagonal < 0) return false;
    if (pivot <= NULL_PIVOT * diagonal) pivot = NULL_PIVOT * diagonal || NO_CURVATURE;
    const root = Math.sqrt(pivot);
    const inverse = 1 / root;
    a[row + j] = root;
    for (let i = j + 1; i < n; i++) {
      const other = i * n;
      let sum = a[other + j];
      for (let k = 0; k < j; k++) sum -= a[other + k] * a[row + k];
      a[other + j] = sum * inverse;
    }
  }
  return true;
}

/** Overwrites `x` by L⁻¹ x for the lower triangle L of `l`. */
export function forwardSubstitute(l: Float64Array, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= l[i * n + k] * x[k];
    x[i] = sum / l[i * n + i];
  }
}

/** Overwrites `x` by (L Lᵀ)⁻¹ x. */
export function choleskySolve(l: Float64Array, n: number, x: Float64Array): void {
  forwardSubstitute(l, n, x);
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < n; k++) sum -= l[k * n + i] * x[k];
    x[i] = sum / l[i * n + i];
  }
}

/** Σ a_i b_i over the length of `a`, in four interleaved partial sums. */
export function dot(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const blocked = n - (n % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < blocked; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = blocked; i < n; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

/** y += scale · x over the length of `y`. */
export function addScaled(y: Float64Array, scale: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += scale * x[i];
}
