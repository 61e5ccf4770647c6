import { interpolationMatrix } from "./interpolate.js";
import { splineCells, splineWeights } from "./spline-cells.js";

/** Knots of a rectangle, and what turns values at them into coefficients of splines. */
export class Rectangle {
  readonly #cells: readonly [Float64Array, Float64Array];
  readonly #matrices: readonly [Float64Array, Float64Array];
  readonly #weights = [new Float64Array(4), new Float64Array(4)] as const;

  /** @param knots ascending, of ν_e and ν_μ, each 2 (nothing depends on it) or at least 4 */
  constructor(readonly knots: readonly [Float64Array, Float64Array]) {
    this.#cells = [splineCells(knots[0]), splineCells(knots[1])];
    this.#matrices = [interpolationMatrix(knots[0]), interpolationMatrix(knots[1])];
  }

  /**
   * Coefficients of the bicubic spline through values at all knots.
   * @param values [knots_e × knots_μ]
   * @returns [(knots_e + 2) × (knots_μ + 2)]
   */
  fit(values: Float64Array): Float64Array {
    const [n, m] = [this.knots[0].length, this.knots[1].length];
    const [e, mu] = this.#matrices;
    const half = new Float64Array((n + 2) * m);
    for (let i = 0; i < n + 2; i++) {
      for (let k = 0; k < n; k++) {
        const weight = e[i * n + k];
        if (weight === 0) continue;
        for (let j = 0; j < m; j++) half[i * m + j] += weight * values[k * m + j];
      }
    }
    const width = m + 2;
    const result = new Float64Array((n + 2) * width);
    for (let i = 0; i < n + 2; i++) {
      for (let j = 0; j < width; j++) {
        let sum = 0;
        for (let k = 0; k < m; k++) sum += mu[j * m + k] * half[i * m + k];
        result[i * width + j] = sum;
      }
    }
    return result;
  }

  /** Value of a spline of {@link fit} at (u_e, u_μ). */
  at(coefficients: Float64Array, ue: number, umu: number): number {
    const [we, wmu] = this.#weights;
    const first = splineWeights(this.knots[0], this.#cells[0], ue, we);
    const second = splineWeights(this.knots[1], this.#cells[1], umu, wmu);
    const width = this.knots[1].length + 2;
    let sum = 0;
    for (let i = 0; i < 4; i++) {
      const row = (first + i) * width + second;
      for (let j = 0; j < 4; j++) sum += we[i] * wmu[j] * coefficients[row + j];
    }
    return sum;
  }
}
