import { dot } from "../numerics/linear-algebra.js";
import type { Derivatives } from "./part.js";
import { dotFour, gramOfFour } from "./rows.js";

/**
 * What the tangents t_j = ∂μ/∂θ_j of a term contribute to the derivatives of χ²: Σ_b slope_b t_jb to the
 * gradient, and Σ_b weight_b t_jb t_kb to the Hessian. Four rows at a time; what is left over singly.
 */
export class TangentProducts {
  private readonly sums = new Float64Array(14);
  private readonly weighted: Float64Array;
  /** Nuisances in groups of four: those before this. */
  private readonly fours: number;

  /**
   * @param index of the term's nuisances in the joint profile
   * @param tangent by nuisance of the term, each [bins]; may be exchanged for others
   */
  constructor(
    private readonly index: readonly number[],
    private readonly tangent: readonly Float64Array[],
    bins: number,
  ) {
    this.weighted = new Float64Array(bins);
    this.fours = index.length - (index.length % 4);
  }

  /**
   * @param slope ∂χ²/∂μ_b, [bins]
   * @param weight ∂²χ²/∂μ_b², [bins]
   */
  addTo(derivatives: Derivatives, slope: Float64Array, weight: Float64Array): void {
    const { index, fours } = this;
    for (let j = 0; j < fours; j += 4) this.addDiagonalFour(j, slope, weight, derivatives);
    for (let j = Math.min(4, fours); j < index.length; j++) {
      this.addRow(j, slope, weight, derivatives);
    }
  }

  /** Gradient and curvature of four nuisances among themselves. */
  private addDiagonalFour(
    at: number,
    slope: Float64Array,
    weight: Float64Array,
    { n, gradient, hessian }: Derivatives,
  ): void {
    const { index, sums } = this;
    gramOfFour(slope, weight, this.tangent, at, sums);
    for (let j = 0, e = 4; j < 4; j++) {
      const a = index[at + j];
      gradient[a] += sums[j];
      for (let k = 0; k <= j; k++, e++) {
        const other = index[at + k];
        hessian[a * n + other] += sums[e];
        if (k < j) hessian[other * n + a] += sums[e];
      }
    }
  }

  /** Curvature of nuisance j with those before its group of four; all, and its gradient, if in none. */
  private addRow(
    j: number,
    slope: Float64Array,
    weight: Float64Array,
    { n, gradient, hessian }: Derivatives,
  ): void {
    const { index, tangent, weighted, sums, fours } = this;
    const a = index[j];
    const row = tangent[j];
    for (let b = 0; b < weighted.length; b++) weighted[b] = weight[b] * row[b];
    const before = Math.min(j - (j % 4), fours);
    for (let k = 0; k < before; k += 4) {
      dotFour(weighted, tangent, k, sums);
      for (let i = 0; i < 4; i++) {
        const other = index[k + i];
        hessian[a * n + other] += sums[i];
        hessian[other * n + a] += sums[i];
      }
    }
    if (j < fours) return;
    gradient[a] += dot(slope, row);
    hessian[a * n + a] += dot(weighted, row);
    for (let k = fours; k < j; k++) {
      const product = dot(weighted, tangent[k]);
      hessian[a * n + index[k]] += product;
      hessian[index[k] * n + a] += product;
    }
  }
}
