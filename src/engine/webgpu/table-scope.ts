import { atExponent } from "../../tables/at-exponent.js";
import { farthestFactor } from "../../tables/shared-scale.js";
import { splineCells } from "../../tables/spline-cells.js";
import type { ProfileTable, TableAxis, TabulatedLikelihood } from "../../tables/table.js";
import type { EngineProblem } from "../engine.js";
import { chargeUnits, exponentOf } from "./charge-units.js";
import { chargeName } from "./names.js";
import { scaleScope } from "./table-scale-scope.js";
import type { Scope } from "./template.js";
import { literal } from "./wgsl.js";

/** What shaders/chi2.wgsl is expanded with, and the numbers that it reads. */
export interface TableScope {
  readonly scope: Scope;
  readonly numbers: Float32Array;
  /** By combination: what the χ² of kernels lacks, which float32 need not hold. */
  readonly offsets: Float64Array;
}

const FLAVOURS = ["e", "mu"] as const;

/** What the shaders of fused mode look up χ² with: tables at the problem's exponent. */
export function tableScope(
  problem: EngineProblem,
  { tables, profiles, members }: TabulatedLikelihood,
): TableScope {
  const numbers = new Numbers();
  const unit = chargeUnits(problem);
  const x = exponentOf(problem);
  const scope = {
    tables: tables.map((table, id) => ({
      id,
      ...oneTable(atExponent(table, x), unit, numbers),
    })),
    components: profiles.map(({ tables: own, scale }, id) => ({
      id,
      title: own.map((table) => `table ${table}`).join(" and "),
      tables: own.map((table) => ({ id: table })),
      farthest: literal(scale ? farthestFactor(scale) : 1),
      scale: scale && scaleScope(scale, (values) => numbers.add(values)),
    })),
    combinations: members.map((own, index) => ({ index, components: own })),
    combinationCount: members.length,
  };
  const offsets = Float64Array.from(members, (own) =>
    own
      .flatMap((profile) => profiles[profile].tables)
      .reduce((sum, table) => sum + tables[table].offset, 0),
  );
  return { scope, numbers: numbers.all(), offsets };
}

/** Everything that shaders read from tables, one after the other. */
class Numbers {
  readonly #all: number[] = [];

  /** Returns where the values begin. */
  add(values: Iterable<number>): number {
    const at = this.#all.length;
    for (const value of values) this.#all.push(value);
    return at;
  }

  all(): Float32Array {
    return Float32Array.from(this.#all);
  }
}

function oneTable(
  { terms, axes, monomials, coefficients }: ProfileTable,
  unit: Float64Array,
  numbers: Numbers,
) {
  const [rows, width] = axes.map(({ knots }) => knots.length + 2);
  const size = rows * width;
  // Monomials next to each other: they are read together.
  const order = [...monomials.keys()].sort((a, b) => monomials[a].length - monomials[b].length);
  const together = new Float64Array(coefficients.length);
  order.forEach((m, place) => {
    for (let at = 0; at < size; at++) {
      together[at * monomials.length + place] = coefficients[m * size + at];
    }
  });
  const deltas = [0, Math.max(axes[0].charges.length - 1, 0)];
  return {
    title: `terms ${terms.join(", ")} of the description`,
    axes: axes.map((axis, flavour) => ({
      name: FLAVOURS[flavour],
      ...axisScope(axis, unit, deltas[flavour], numbers),
    })),
    products: order.slice(1).map((m, place) => ({
      index: place + 1,
      product: monomials[m].map((delta) => `d_${delta}`).join(" * "),
    })),
    stride: monomials.length,
    width,
    coefficientsAt: numbers.add(together),
  };
}

function axisScope(axis: TableAxis, unit: Float64Array, delta: number, numbers: Numbers) {
  const { charges, events, shares, scale, largest, knots } = axis;
  const end = knots[knots.length - 1];
  const steps = fewestSteps(axis);
  const cells = splineCells(knots);
  const cellOf = (step: number) =>
    knots.findLastIndex((knot) => knot <= (end * (step + 0.5)) / steps);
  const all = charges.map((charge, i) => ({
    index: charge,
    name: chargeName(charge),
    // Charges of kernels are in units of the Standard Model's.
    events: literal(events[i] * unit[charge]),
    delta: delta + i - 1,
    share: literal(shares[i]),
  }));
  return {
    charges: all,
    deviating: all.slice(1),
    perScale: literal(1 / scale),
    largest: literal(largest),
    steps: literal(steps),
    perStep: literal(steps / end),
    stepsAt: numbers.add(Array.from({ length: steps }, (_, step) => cellOf(step))),
    cellsAt: numbers.add(
      Array.from({ length: knots.length - 1 }, (_, k) => [
        knots[k],
        1 / (knots[k + 1] - knots[k]),
        // By power, as shaders have the four weights in one vector.
        ...Array.from({ length: 16 }, (_, i) => cells[16 * k + 4 * (i % 4) + (i >> 2)]),
      ]).flat(),
    ),
  };
}

/** Fewest equal steps of the whole axis of which every knot is a multiple. */
function fewestSteps({ knots, steps }: TableAxis): number {
  const end = knots[knots.length - 1];
  let fewest = steps;
  const isWhole = (count: number) =>
    knots.every((knot) => {
      const at = (knot * count) / end;
      return Math.abs(at - Math.round(at)) < 1e-6;
    });
  while (fewest % 2 === 0 && isWhole(fewest / 2)) fewest /= 2;
  return fewest;
}
