import { atExponent } from "./at-exponent.js";
import { coordinate } from "./coordinate.js";
import { splineCells, splineWeights } from "./spline-cells.js";
import type { ProfileTable } from "./table.js";

/** χ² of a table at any point, in float64: the formula that engines repeat in float32. */
export class TableLookUp {
  readonly #cells: readonly [Float64Array, Float64Array];
  readonly #weights = [new Float64Array(4), new Float64Array(4)] as const;
  readonly #delta: Float64Array;
  #now: ProfileTable | undefined;

  constructor(readonly table: ProfileTable) {
    const { axes } = table;
    this.#cells = [splineCells(axes[0].knots), splineCells(axes[1].knots)];
    const deviations = axes.map(({ charges }) => Math.max(charges.length - 1, 0));
    this.#delta = new Float64Array(deviations[0] + deviations[1]);
  }

  /**
   * @param charges squared charges of the description
   * @param exponent x, ignored where the table has one only
   * @param factor on all squared charges
   * @returns χ²; NaN beyond the table's range
   */
  chi2(charges: ArrayLike<number>, exponent: number, factor = 1): number {
    const { axes, monomials, offset, coefficients } = this.#at(exponent);
    const first = this.#place(0, charges, axes[0].events, factor, 0);
    const after = Math.max(axes[0].charges.length - 1, 0);
    const second = this.#place(1, charges, axes[1].events, factor, after);
    if (first < 0 || second < 0) return Number.NaN;
    const [we, wmu] = this.#weights;
    const width = axes[1].knots.length + 2;
    const size = (axes[0].knots.length + 2) * width;
    let chi2 = offset;
    for (let m = 0; m < monomials.length; m++) {
      let product = 1;
      for (const i of monomials[m]) product *= this.#delta[i];
      if (product === 0) continue;
      let sum = 0;
      for (let i = 0; i < 4; i++) {
        const row = m * size + (first + i) * width + second;
        let along = 0;
        for (let j = 0; j < 4; j++) along += wmu[j] * coefficients[row + j];
        sum += we[i] * along;
      }
      chi2 += product * sum;
    }
    return chi2;
  }

  /** Sets weights and δ's of an axis; returns the cell, or −1 beyond the last. */
  #place(
    axis: 0 | 1,
    q: ArrayLike<number>,
    events: Float64Array,
    factor: number,
    start: number,
  ): number {
    const { charges, shares, scale, largest, knots } = this.table.axes[axis];
    let total = 0;
    for (let c = 0; c < charges.length; c++) total += factor * events[c] * q[charges[c]];
    if (!(total <= largest)) return -1;
    for (let c = 1; c < charges.length; c++) {
      this.#delta[start + c - 1] = factor * events[c] * q[charges[c]] - shares[c] * total;
    }
    const u = coordinate(total, scale);
    return splineWeights(knots, this.#cells[axis], u, this.#weights[axis]);
  }

  #at(exponent: number): ProfileTable {
    if (this.table.exponents.length === 1) return this.table;
    if (this.#now?.exponents[0] !== exponent) this.#now = atExponent(this.table, exponent);
    return this.#now;
  }
}
