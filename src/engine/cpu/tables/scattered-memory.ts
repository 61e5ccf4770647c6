import { barycentricWeights } from "../../../numerics/interpolation.js";
import { splineCells } from "../../../tables/spline-cells.js";
import type { TableAxis, TabulatedLikelihood } from "../../../tables/table.js";
import type { Arena } from "./arena.js";
import { cardinalAt } from "./axis-states.js";
import type { Quantities } from "./quantities.js";

/** A likelihood's tables in a kernel's memory, for points in no order: see kernels/tables/scattered.ts. */
export class ScatteredMemory {
  /** Addresses of the tables' descriptions. */
  readonly tables: readonly number[];
  /** Address of each quantity of the points, [points] f64. */
  readonly quantities: readonly number[];
  readonly #coefficients: readonly number[];
  readonly #barycentric: readonly Float64Array[];
  #exponent = Number.NaN;

  constructor(
    readonly arena: Arena,
    readonly likelihood: TabulatedLikelihood,
    quantities: Quantities,
    points: number,
  ) {
    this.#barycentric = likelihood.tables.map(({ exponents }) => barycentricWeights(exponents));
    this.quantities = Array.from({ length: quantities.count }, () => arena.reserve(8 * points));
    this.#coefficients = likelihood.tables.map(({ coefficients, exponents }) =>
      arena.reserve((4 * coefficients.length) / exponents.length),
    );
    const scratch = arena.reserve(64 * points);
    this.tables = likelihood.tables.map(({ axes, monomials }, t) => {
      const { events, deltas } = quantities.tables[t];
      const place = (quantity: number) => this.quantities[quantity];
      return arena.keepInts([
        ...axes.map((axis, flavour) => this.#axis(axis, place(events[flavour]))),
        monomials.length,
        this.#coefficients[t],
        ...axes.map(({ knots }) => knots.length + 2),
        arena.keepInts(
          monomials.flatMap((own) => [own.length, ...own.map((d) => place(deltas[d]))]),
        ),
        scratch,
      ]);
    });
  }

  #axis({ knots, scale, steps }: TableAxis, events: number): number {
    const { arena } = this;
    const cells = knots.length - 1;
    const top = knots[cells];
    // An axis that nothing depends on may have no length.
    const perStep = top > 0 ? steps / top : 0;
    const starts = new Int32Array(steps);
    for (let step = 0, cell = 0; step < steps; step++) {
      while (cell < cells - 1 && Math.round(knots[cell + 1] * perStep) <= step) cell++;
      starts[step] = cell;
    }
    const polynomials = splineCells(knots);
    // From [cells × weights × powers] to [cells × powers × weights].
    const turned = polynomials.map((_, i) => {
      return polynomials[16 * Math.floor(i / 16) + 4 * (i % 4) + Math.floor((i % 16) / 4)];
    });
    const widths = Array.from({ length: cells }, (_, k) => [
      knots[k],
      1 / (knots[k + 1] - knots[k]),
    ]);
    const addresses = [
      arena.keepInts(starts),
      arena.keepDoubles(widths.flat()),
      arena.keepFloats(turned),
    ];
    const at = arena.reserve(36);
    arena.ints(at, 9).set([events, steps, 0, 0, 0, 0, ...addresses]);
    arena.doubles(at + 8, 2).set([1 / scale, perStep]);
    return at;
  }

  /** Interpolates every table's coefficients to an exponent x. */
  setExponent(x: number): void {
    if (x === this.#exponent) return;
    this.#exponent = x;
    this.likelihood.tables.forEach(({ exponents, coefficients }, t) => {
      const at = cardinalAt(exponents, this.#barycentric[t], x);
      const size = coefficients.length / exponents.length;
      const out = this.arena.floats(this.#coefficients[t], size);
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let node = 0; node < at.length; node++)
          sum += at[node] * coefficients[node * size + i];
        out[i] = sum;
      }
    });
  }
}
