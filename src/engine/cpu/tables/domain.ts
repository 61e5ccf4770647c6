import { chargeModel } from "../../../model/charges.js";
import { PARAMETERS, parameterIndex } from "../../../model/parameters.js";
import { farthestFactor } from "../../../tables/shared-scale.js";
import type { ProfileTable, SharedScale, TabulatedLikelihood } from "../../../tables/table.js";
import type { EngineProblem, GridAxis } from "../../engine.js";
import { axisValues } from "../../points.js";
import { AxisPlace } from "./axis-states.js";

/**
 * Why a grid leaves what tables were certified for, if it does. Squared charges are convex in couplings
 * and in sin²θ_W, and rise with the scales: they are largest at a corner of the grid, for each exponent.
 */
export function beyondTables(
  { description, base }: EngineProblem,
  { tables, profiles }: TabulatedLikelihood,
  axes: readonly GridAxis[],
): string | undefined {
  const model = chargeModel(description.charges);
  const squared = new Float64Array(description.charges.length);
  const places = tables.map((table) =>
    [0, 1].map((flavour) => new AxisPlace(table, flavour as 0 | 1)),
  );
  const factors = tables.map((_, table) => largestFactor(profiles, table));
  const x = parameterIndex("exponent_x");
  for (const parameters of corners(base, axes)) {
    model.fill(parameters, squared);
    for (const [table, own] of places.entries()) {
      const { exponents } = tables[table];
      if (isOutside(exponents, parameters[x])) return `no table has the exponent ${parameters[x]}`;
      for (const [flavour, place] of own.entries()) {
        place.setExponent(parameters[x]);
        const events = factors[table] * place.eventsAt(squared);
        const { largest } = tables[table].axes[flavour];
        if (!place.isWithin(events)) {
          return `a corner of the grid has ${events.toPrecision(3)} events of one flavour, the tables end at ${largest.toPrecision(3)}`;
        }
      }
    }
  }
  return undefined;
}

function isOutside(exponents: ProfileTable["exponents"], x: number): boolean {
  // Chebyshev nodes lie within the range that they are for; one alone is for all points.
  if (exponents.length === 1) return false;
  const span = (exponents[exponents.length - 1] - exponents[0]) / 2;
  const edge = span / Math.cos(Math.PI / (2 * exponents.length)) - span;
  return x < exponents[0] - edge - 1e-12 || x > exponents[exponents.length - 1] + edge + 1e-12;
}

function largestFactor(profiles: TabulatedLikelihood["profiles"], table: number): number {
  const scales = profiles.filter(({ tables }) => tables.includes(table)).map(({ scale }) => scale);
  return Math.max(...scales.map((scale?: SharedScale) => (scale ? farthestFactor(scale) : 1)));
}

/** Parameters at a grid's corners, and at all values of an axis that changes templates. */
function* corners(base: Float64Array, axes: readonly GridAxis[]): Generator<Float64Array> {
  const [axis, ...rest] = axes;
  if (!axis) {
    yield base;
    return;
  }
  const index = parameterIndex(axis.parameter);
  const all = PARAMETERS[index].role === "template" ? axisValues(axis) : [axis.from, axis.to];
  for (const value of all) {
    const moved = Float64Array.from(base);
    moved[index] = value;
    yield* corners(moved, rest);
  }
}
