import { TableLookUp } from "./look-up.js";
import { scaleMinimum, scaleStencil } from "./scale-stencil.js";
import type { SharedScale, TabulatedLikelihood } from "./table.js";

/** χ² of every combination from tables, in float64. What a point gives does not depend on others. */
export class LikelihoodLookUp {
  readonly #profiles: readonly ProfileLookUp[];
  readonly #values: Float64Array;

  constructor(readonly tabulated: Pick<TabulatedLikelihood, "tables" | "profiles" | "members">) {
    const tables = tabulated.tables.map((table) => new TableLookUp(table));
    this.#profiles = tabulated.profiles.map(({ tables: own, scale }) => {
      return new ProfileLookUp(
        own.map((t) => tables[t]),
        scale,
      );
    });
    this.#values = new Float64Array(this.#profiles.length);
  }

  /**
   * @param charges squared charges of the description
   * @param exponent x, ignored where it is not scanned
   * @param out receives χ² by combination; NaN beyond the range of the tables
   */
  chi2(charges: ArrayLike<number>, exponent: number, out: Float64Array): void {
    this.#profiles.forEach((profile, i) => {
      this.#values[i] = profile.chi2(charges, exponent);
    });
    this.tabulated.members.forEach((profiles, k) => {
      out[k] = 0;
      for (const i of profiles) out[k] += this.#values[i];
    });
  }
}

/** χ² of one joint profile: the sum of tables, minimised over their scale if they have one. */
export class ProfileLookUp {
  readonly #stencil: Float64Array | undefined;
  readonly #sums: Float64Array;
  /** Index in first … last of the lowest node of the latest point. */
  lowest = -1;

  constructor(
    private readonly tables: readonly TableLookUp[],
    private readonly scale?: SharedScale,
  ) {
    this.#stencil = scale && scaleStencil(scale);
    this.#sums = new Float64Array(scale ? scale.last - scale.first + 1 + 2 * scale.reach : 0);
  }

  chi2(charges: ArrayLike<number>, exponent: number): number {
    const { scale } = this;
    if (!scale) return this.#sum(charges, exponent, 1);
    const { first, last, step, reach, sigma, measured } = scale;
    const sums = this.#sums;
    const factor = (i: number) => Math.exp(step * (first - reach + i));
    let [lowest, best] = [-1, Number.POSITIVE_INFINITY];
    for (let i = 0; i < sums.length; i++) {
      sums[i] = this.#sum(charges, exponent, factor(i));
      const whole = sums[i] + ((factor(i) - 1 - measured) / sigma) ** 2;
      if (Number.isNaN(whole)) return Number.NaN;
      const isInside = i >= reach && i <= last - first + reach;
      if (isInside && whole < best) [lowest, best] = [i, whole];
    }
    this.lowest = lowest - reach;
    const near = sums.subarray(lowest - reach, lowest + reach + 1);
    return scaleMinimum(scale, this.#stencil as Float64Array, near, factor(lowest));
  }

  #sum(charges: ArrayLike<number>, exponent: number, factor: number): number {
    let sum = 0;
    for (const table of this.tables) sum += table.chi2(charges, exponent, factor);
    return sum;
  }
}
