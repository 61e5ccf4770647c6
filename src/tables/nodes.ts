import { type BareAxis, deviationSlopes, deviations, setCharges } from "./axes.js";
import { coordinate, eventsAt } from "./coordinate.js";
import { linesOf, type NodePlace } from "./lines.js";
import type { Profiling } from "./profiling.js";

/** An exact profile there: χ², and ∂χ²/∂δ. */
export interface Node {
  readonly chi2: number;
  readonly slopes: readonly number[];
  /** Derivative of χ² by the logarithm of a factor on all squared charges. */
  readonly growth: number;
}

/** A table's axis with its range, before knots are chosen. */
export interface RangedAxis extends BareAxis {
  readonly scale: number;
  /** S at the last knot, events; where there are no charges u runs to 1. */
  readonly largest: number;
}

/** How far a table is used, events of both flavours: beyond, χ² need only be larger. */
export interface Reach {
  /** Up to here errors have to be small. */
  readonly needed: number;
  /** Up to here nodes are exact profiles. */
  readonly exact: number;
}

/** Events at which second derivatives are taken where there are none: squares cannot be negative. */
const FEW = 0.5;

/** Exact profiles of a table, each computed once. */
export class Nodes {
  readonly #known = new Map<string, Node>();
  constructor(
    readonly axes: readonly [RangedAxis, RangedAxis],
    /** Values of the exponent x. */
    readonly exponents: Float64Array,
    readonly steps: number,
    private readonly width: number,
    private readonly profiling: Profiling,
    private readonly problem: number,
    /** Absent: χ² is needed everywhere. */
    readonly reach: Reach = { needed: Number.POSITIVE_INFINITY, exact: Number.POSITIVE_INFINITY },
  ) {}

  get count(): number {
    return this.#known.size;
  }

  /** A profile that was asked for with {@link need}. */
  at(place: NodePlace): Node {
    return this.#known.get(keyOf(place)) as Node;
  }

  u(axis: 0 | 1, at: number): number {
    const { charges, largest, scale } = this.axes[axis];
    return ((charges.length > 0 ? coordinate(largest, scale) : 1) * at) / this.steps;
  }

  /** S there; 0 where there are no charges. */
  events(axis: 0 | 1, at: number): number {
    const { charges, scale } = this.axes[axis];
    return charges.length > 0 ? eventsAt(this.u(axis, at), scale) : 0;
  }

  /** Computes what is not known yet. */
  async need(places: readonly NodePlace[]): Promise<void> {
    for (let x = 0; x < this.exponents.length; x++) {
      const missing = new Map<string, NodePlace>();
      for (const place of places) {
        const key = keyOf(place);
        if (place.exponent === x && !this.#known.has(key)) missing.set(key, place);
      }
      if (missing.size > 0) await this.#compute(x, [...missing.values()]);
    }
  }

  async #compute(exponent: number, missing: readonly NodePlace[]): Promise<void> {
    const lines = linesOf(missing, this.steps);
    const found = await this.profiling.profileLines(
      this.problem,
      this.exponents[exponent],
      lines.map(({ places, phase }) => ({ charges: this.chargesAt(places), phase })),
    );
    const places = lines.flatMap((line) => line.places);
    const charges = this.chargesAt(places);
    places.forEach((place, at) => {
      const own = (values: Float64Array) => values.subarray(at * this.width, (at + 1) * this.width);
      const gradient = own(found.gradient);
      const growth = own(charges).reduce((sum, q, c) => sum + (q > 0 ? q * gradient[c] : 0), 0);
      const slopes = this.axes.flatMap((axis) => deviationSlopes(axis, exponent, gradient));
      this.#known.set(keyOf(place), this.#continued(place, found.chi2[at], slopes, growth));
    });
  }

  /** What part of its events a place keeps: beyond the limit it stands for one at the limit. */
  #kept({ e, mu }: NodePlace): number {
    return Math.min(1, this.reach.exact / (this.events(0, e) + this.events(1, mu)));
  }

  /** From the limit on χ² is let grow as the square root of events, with the slope that it has there. */
  #continued(place: NodePlace, chi2: number, slopes: readonly number[], growth: number): Node {
    const kept = this.#kept(place);
    if (kept === 1) return { chi2, slopes, growth };
    const root = Math.sqrt(1 / kept);
    return {
      chi2: chi2 + 2 * growth * (root - 1),
      slopes: slopes.map((slope) => slope * kept),
      growth: growth * root,
    };
  }

  /** Squared charges there, [places × charges]. */
  chargesAt(places: readonly NodePlace[]): Float64Array {
    const charges = new Float64Array(places.length * this.width);
    places.forEach((place, at) => {
      this.#set(place, charges.subarray(at * this.width, (at + 1) * this.width));
    });
    return charges;
  }

  #set(place: NodePlace, q: Float64Array): void {
    const { exponent, e, mu, moved } = place;
    const kept = this.#kept(place);
    const delta = new Float64Array(deviations(this.axes));
    const events = this.axes.map(({ charges }, axis) => {
      if (charges.length === 0) return 0;
      const total = this.events(axis as 0 | 1, axis === 0 ? e : mu);
      return moved === 0 ? total : Math.max(total, FEW);
    });
    if (moved !== 0) delta[Math.abs(moved) - 1] = Math.sign(moved) * this.move(e, mu, moved);
    let first = 0;
    this.axes.forEach((axis, a) => {
      const count = Math.max(axis.charges.length - 1, 0);
      if (axis.charges.length > 0) {
        setCharges(axis, exponent, events[a], delta.subarray(first, first + count), q);
      }
      first += count;
    });
    for (let c = 0; c < q.length; c++) q[c] *= kept;
  }

  /** By how much a δ is moved there: about as much as couplings of order 1 can, events. */
  move(e: number, mu: number, moved: number): number {
    const isMu =
      Math.abs(moved) > this.axes[0].charges.length - 1 || this.axes[0].charges.length < 2;
    const { scale } = this.axes[isMu ? 1 : 0];
    const events = Math.max(isMu ? this.events(1, mu) : this.events(0, e), FEW);
    return (0.05 * events) / (1 + Math.sqrt(events / (15 * scale)));
  }
}

function keyOf({ exponent, e, mu, moved }: NodePlace): string {
  return `${exponent} ${e} ${mu} ${moved}`;
}
