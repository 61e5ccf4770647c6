import { addScaled } from "../numerics/linear-algebra.js";
import type { CompressedRows } from "./compress-rows.js";
import { QuadraticPart } from "./quadratic-part.js";
import type { TermTemplates } from "./templates.js";

/**
 * A term with quadratic χ², compressed: the cost of a point does not depend on the number of bins.
 *
 * The residual N − B − S and the derivative ∂μ/∂θ_j of each nuisance kept are vectors
 * Σ_a X_a m_a with m = (1, q_1 … q_C). Their scalar products, weighted by 1/σ² and with the
 * separable nuisances projected out (Schur complement of their normal matrix), are quadratic
 * polynomials of q, so that χ² = c − 2 b·θ + θᵀ A θ with every entry one row of a table times the
 * monomials m_a m_b. Effects quadratic in θ are replaced by tangents (those of backgrounds left out):
 * exact only for terms without them.
 */
export class CompressedPart extends QuadraticPart {
  private readonly monomials: Float64Array;
  private readonly table: (familyValue: number) => Float64Array;
  private latest: Float64Array = new Float64Array(0);

  /**
   * @param rows of the term, which parts with other data may share
   * @param excess N − B, [bins]
   * @param index of the term's nuisances in the joint profile, undefined for separable ones
   */
  constructor(
    private readonly templates: TermTemplates,
    readonly rows: CompressedRows,
    excess: Float64Array,
    index: readonly (number | undefined)[],
  ) {
    super(index);
    const size = templates.term.charges.length + 1;
    this.monomials = new Float64Array((size * (size + 1)) / 2);
    this.table = rows.tables(excess);
  }

  setPoint(charges: Float64Array, familyValue: number): void {
    const { monomials, entries } = this;
    const { charges: own } = this.templates.term;
    const table = this.table(familyValue);
    this.latest = table;
    let m = 0;
    for (let a = 0; a <= own.length; a++) {
      const first = a === 0 ? 1 : charges[own[a - 1]];
      monomials[m++] = first;
      for (let b = 1; b <= a; b++) monomials[m++] = first * charges[own[b - 1]];
    }
    for (let e = 0, t = 0; e < entries.length; e++) {
      let even = 0;
      let odd = 0;
      let i = 0;
      for (; i + 1 < m; i += 2, t += 2) {
        even += table[t] * monomials[i];
        odd += table[t + 1] * monomials[i + 1];
      }
      if (i < m) even += table[t++] * monomials[i];
      entries[e] = even + odd;
    }
  }

  /**
   * Adds ∂χ²/∂q at nuisances held at θ: χ² = Σ_m p_m m_a m_b, whose coefficients p the nuisances mix
   * from the rows of the table.
   * @param out by charge of the description
   */
  addChargeGradient(theta: Float64Array, out: Float64Array): void {
    const { monomials, templates } = this;
    const { charges: own } = templates.term;
    const size = monomials.length;
    const mixed = new Float64Array(size);
    this.weightsAt(theta).forEach((weight, e) => {
      addScaled(mixed, weight, this.latest.subarray(e * size, (e + 1) * size));
    });
    // The products of a charge with 1 begin the rows of the triangle.
    const factor = (a: number) => monomials[(a * (a + 1)) / 2];
    for (let a = 1, m = 1; a <= own.length; a++) {
      for (let b = 0; b <= a; b++, m++) {
        out[own[a - 1]] += mixed[m] * factor(b);
        if (b > 0) out[own[b - 1]] += mixed[m] * factor(a);
      }
    }
  }
}
