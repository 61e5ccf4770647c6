import { barycentricWeights, cardinalValues } from "../../../numerics/interpolation.js";
import { coordinate } from "../../../tables/coordinate.js";
import { splineCells, splineWeights } from "../../../tables/spline-cells.js";
import type { ProfileTable, TableAxis } from "../../../tables/table.js";

/** Rounding that a scan's largest S may be above the table's. */
export const ROUNDING = 1e-9;

/** Where squared charges lie on one axis of a table: its cell, four weights, and the δ's of its flavour. */
export class AxisPlace {
  cell = 0;
  readonly weights = new Float64Array(4);
  readonly deltas: Float64Array;
  readonly #table: ProfileTable;
  readonly #flavour: 0 | 1;
  readonly #cells: Float64Array;
  readonly #events: Float64Array;
  readonly #barycentric: Float64Array;
  #exponent = Number.NaN;

  constructor(table: ProfileTable, flavour: 0 | 1) {
    this.#table = table;
    this.#flavour = flavour;
    const { charges, knots } = table.axes[flavour];
    this.#cells = splineCells(knots);
    this.#events = new Float64Array(charges.length);
    this.#barycentric = barycentricWeights(table.exponents);
    this.deltas = new Float64Array(Math.max(0, charges.length - 1));
  }

  /** Sets the exponent x of the charges to come: events are interpolated in their logarithms. */
  setExponent(x: number): void {
    if (x === this.#exponent) return;
    this.#exponent = x;
    const { exponents } = this.#table;
    const at = cardinalAt(exponents, this.#barycentric, x);
    this.#events.set(eventsPerCharge(this.#table.axes[this.#flavour], at));
  }

  /** S at these charges. */
  eventsAt(squared: Float64Array): number {
    const { charges } = this.#table.axes[this.#flavour];
    let events = 0;
    for (let i = 0; i < charges.length; i++) events += this.#events[i] * squared[charges[i]];
    return events;
  }

  /** Whether the table is certified for so many events. */
  isWithin(events: number): boolean {
    return events <= this.#table.axes[this.#flavour].largest * (1 + ROUNDING);
  }

  /**
   * Finds the place of `factor` times the charges.
   * @param squared of the description's charges
   * @throws RangeError beyond what the table is certified for
   */
  find(squared: Float64Array, factor: number): void {
    const { charges, shares, scale, largest, knots } = this.#table.axes[this.#flavour];
    const events = factor * this.eventsAt(squared);
    if (!this.isWithin(events)) {
      throw new RangeError(`a table of up to ${largest} events is asked for ${events}`);
    }
    for (let i = 1; i < charges.length; i++) {
      const own = factor * this.#events[i] * squared[charges[i]];
      this.deltas[i - 1] = own - shares[i] * events;
    }
    this.cell = splineWeights(knots, this.#cells, coordinate(events, scale), this.weights);
  }
}

/** τ_c between the nodes of x, interpolated in their logarithms, [charges]. @param at of {@link cardinalAt} */
export function eventsPerCharge({ charges, events }: TableAxis, at: Float64Array): Float64Array {
  return Float64Array.from(charges, (_, c) => {
    if (at.length === 1) return events[c];
    let sum = 0;
    for (let node = 0; node < at.length; node++) {
      sum += at[node] * Math.log(events[node * charges.length + c]);
    }
    return Math.exp(sum);
  });
}

/** Weights of the nodes of x. */
export function cardinalAt(
  exponents: Float64Array,
  barycentric: Float64Array,
  x: number,
): Float64Array {
  return exponents.length === 1 ? Float64Array.of(1) : cardinalValues(exponents, barycentric, x);
}
