import { barycentricWeights } from "../../../numerics/interpolation.js";
import { farthestFactor } from "../../../tables/shared-scale.js";
import type { TabulatedLikelihood } from "../../../tables/table.js";
import { cardinalAt, eventsPerCharge, ROUNDING } from "./axis-states.js";

/** What tables are looked up by: the events of each flavour of each table, and their δ's. */
export class Quantities {
  /** By table: numbers of S of ν_e and ν_μ, and of the δ's in their order. */
  readonly tables: readonly {
    readonly events: readonly [number, number];
    readonly deltas: readonly number[];
  }[];
  readonly count: number;
  /** Largest value that tables are certified for, at any node of a scale; infinite for a δ. */
  readonly limits: Float64Array;
  readonly #likelihood: TabulatedLikelihood;
  readonly #barycentric: readonly Float64Array[];
  /** [quantities × charges] */
  readonly #matrix: Float64Array;
  readonly #charges: number;
  #exponent = Number.NaN;

  constructor(likelihood: TabulatedLikelihood, charges: number) {
    this.#likelihood = likelihood;
    this.#charges = charges;
    let count = 0;
    this.tables = likelihood.tables.map(({ axes }) => {
      const events = [count++, count++] as const;
      const deltas = axes.flatMap((axis) => axis.charges.slice(1).map(() => count++));
      return { events, deltas };
    });
    this.count = count;
    this.#matrix = new Float64Array(count * charges);
    this.#barycentric = likelihood.tables.map(({ exponents }) => barycentricWeights(exponents));
    this.limits = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    this.tables.forEach(({ events }, table) => {
      const own = likelihood.profiles.filter(({ tables }) => tables.includes(table));
      const factor = Math.max(1, ...own.map(({ scale }) => (scale ? farthestFactor(scale) : 1)));
      likelihood.tables[table].axes.forEach(({ largest }, flavour) => {
        this.limits[events[flavour]] = (largest / factor) * (1 + ROUNDING);
      });
    });
  }

  /** Sets the exponent x of the charges to come. */
  setExponent(x: number): void {
    if (x === this.#exponent) return;
    this.#exponent = x;
    const width = this.#charges;
    this.#matrix.fill(0);
    this.tables.forEach(({ events, deltas }, t) => {
      const { axes, exponents } = this.#likelihood.tables[t];
      const at = cardinalAt(exponents, this.#barycentric[t], x);
      let delta = 0;
      axes.forEach((axis, flavour) => {
        const own = eventsPerCharge(axis, at);
        axis.charges.forEach((charge, i) => {
          this.#matrix[events[flavour] * width + charge] = own[i];
        });
        axis.charges.slice(1).forEach((charge, i) => {
          const row = deltas[delta++] * width;
          axis.charges.forEach((other, k) => {
            this.#matrix[row + other] = -axis.shares[i + 1] * own[k];
          });
          this.#matrix[row + charge] += own[i + 1];
        });
      });
    });
  }

  /** @param out receives all quantities, [quantities] */
  fill(squared: Float64Array, out: Float64Array): void {
    const width = this.#charges;
    for (let i = 0, at = 0; i < out.length; i++) {
      let sum = 0;
      for (let c = 0; c < width; c++) sum += this.#matrix[at++] * squared[c];
      out[i] = sum;
    }
  }

  /** Whether tables are certified for these. */
  areWithin(values: Float64Array): boolean {
    for (let i = 0; i < values.length; i++) if (!(values[i] <= this.limits[i])) return false;
    return true;
  }
}
