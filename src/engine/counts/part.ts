import type { Observation } from "../../likelihood/description.js";
import { gaussianChi2 } from "../../likelihood/gaussian.js";
import type { Derivatives, Part } from "../../likelihood/part.js";
import { isPoissonDomain, poissonChi2 } from "../../likelihood/poisson.js";
import type { TermRows } from "./layout.js";

/** Expected counts below this fraction of what was seen are the reference's business. */
const FLOOR = 1e-3;

/** A term of a joint profile whose signal counts a device has computed. */
export class CountedPart implements Part {
  readonly isQuadratic: boolean;
  private readonly isPoisson: boolean;
  private readonly inverseVariance: Float64Array;
  private readonly nominal: Float64Array;
  private readonly mu: Float64Array;
  private readonly slope: Float64Array;
  private readonly weight: Float64Array;
  /** ∂μ/∂θ at θ = 0, and the coefficient of θ², by nuisance of the term. */
  private readonly linear: readonly Float64Array[];
  private readonly quadratic: readonly Float64Array[];
  private readonly tangent: readonly Float64Array[];

  /** @param index of the term's nuisances in the joint profile */
  constructor(
    private readonly rows: TermRows,
    private readonly observation: Observation,
    private readonly index: readonly number[],
  ) {
    const { templates } = rows;
    const { bins } = templates;
    const row = () => new Float64Array(bins);
    this.isPoisson = templates.term.statistic === "poisson";
    this.isQuadratic = !this.isPoisson && !templates.curves.includes(true);
    this.inverseVariance = (observation.variance ?? row()).map((variance) => 1 / variance);
    [this.nominal, this.mu, this.slope, this.weight] = [row(), row(), row(), row()];
    this.linear = index.map(row);
    this.quadratic = index.map(row);
    this.tangent = index.map(row);
  }

  /** Takes the counts of a point: row r at counts[first + r × stride]. */
  setCounts(counts: ArrayLike<number>, first: number, stride: number): void {
    const { firstRow, morphs, templates } = this.rows;
    const { bins, background, constant, constantQuadratic, factor } = templates;
    for (let b = 0; b < bins; b++) {
      const signal = counts[first + (firstRow + b) * stride];
      this.nominal[b] = background[b] + signal;
      for (let j = 0; j < this.index.length; j++) {
        const morph = morphs[j];
        const at = first + b * stride;
        this.linear[j][b] =
          (constant[j]?.[b] ?? 0) +
          (factor[j]?.[b] ?? 0) * signal +
          (morph ? counts[at + morph.linear * stride] : 0);
        this.quadratic[j][b] =
          (constantQuadratic[j]?.[b] ?? 0) + (morph ? counts[at + morph.quadratic * stride] : 0);
      }
    }
  }

  /** The counts are the point. */
  setPoint(): void {}

  addTo(theta: Float64Array, { n, gradient, hessian, bend }: Derivatives): number {
    const { index, mu, linear, quadratic, tangent, slope, weight, observation } = this;
    mu.set(this.nominal);
    for (let j = 0; j < index.length; j++) {
      const value = theta[index[j]];
      for (let b = 0; b < mu.length; b++) {
        mu[b] += value * (linear[j][b] + value * quadratic[j][b]);
        tangent[j][b] = linear[j][b] + 2 * value * quadratic[j][b];
      }
    }
    const chi2 = this.isPoisson
      ? poissonChi2(mu, observation.counts, FLOOR, slope, weight)
      : gaussianChi2(mu, observation.counts, this.inverseVariance, slope, weight);
    for (let j = 0; j < index.length; j++) {
      const a = index[j];
      for (let b = 0; b < mu.length; b++) {
        gradient[a] += slope[b] * tangent[j][b];
        bend[a] += 2 * slope[b] * quadratic[j][b];
      }
      for (let k = 0; k <= j; k++) {
        let sum = 0;
        for (let b = 0; b < mu.length; b++) sum += weight[b] * tangent[j][b] * tangent[k][b];
        hessian[a * n + index[k]] += sum;
        if (k < j) hessian[index[k] * n + a] += sum;
      }
    }
    return chi2;
  }

  /** Whether the latest evaluation is the likelihood itself, nowhere continued. */
  isInDomain(): boolean {
    return !this.isPoisson || isPoissonDomain(this.mu, this.observation.counts, FLOOR);
  }
}
