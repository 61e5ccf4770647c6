import type { Derivatives, Part } from "./part.js";

/**
 * A term whose χ² is quadratic in the nuisances kept, c − 2 b·θ + θᵀ A θ: whatever fixes a point fills
 * in the entries.
 */
export abstract class QuadraticPart implements Part {
  readonly isQuadratic = true;
  /** The entries of the symmetric matrix [[c, b], [b, A]], rows 0 … kept, lower triangle. */
  protected readonly entries: Float64Array;
  private readonly index: readonly number[];

  /** @param index of the term's nuisances in the joint profile, undefined for those not kept */
  constructor(index: readonly (number | undefined)[]) {
    this.index = index.filter((at) => at !== undefined);
    const size = this.index.length + 1;
    this.entries = new Float64Array((size * (size + 1)) / 2);
  }

  abstract setPoint(charges: Float64Array, familyValue: number): void;

  chi2At(theta: Float64Array): number {
    const { index, entries } = this;
    let chi2 = entries[0];
    for (let j = 0, e = 1; j < index.length; j++) {
      let sum = -2 * entries[e++];
      for (let k = 0; k < j; k++) sum += 2 * entries[e++] * theta[index[k]];
      const value = theta[index[j]];
      chi2 += value * (sum + entries[e++] * value);
    }
    return chi2;
  }

  addDerivatives(theta: Float64Array, { n, gradient, hessian }: Derivatives): void {
    const { index, entries } = this;
    for (let j = 0, e = 1; j < index.length; j++) {
      const a = index[j];
      gradient[a] -= 2 * entries[e++];
      for (let k = 0; k <= j; k++) {
        const product = 2 * entries[e++];
        const other = index[k];
        hessian[a * n + other] += product;
        gradient[a] += product * theta[other];
        if (k === j) continue;
        hessian[other * n + a] += product;
        gradient[other] += product * theta[a];
      }
    }
  }

  /** What each of the {@link entries} counts for in χ² at the nuisances θ of the joint profile. */
  protected weightsAt(theta: Float64Array): number[] {
    const values = [1, ...this.index.map((at) => -theta[at])];
    return values.flatMap((value, j) =>
      values.slice(0, j + 1).map((other, k) => (j === k ? 1 : 2) * value * other),
    );
  }
}
