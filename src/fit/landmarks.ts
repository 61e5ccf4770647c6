import type { LikelihoodDescription } from "../likelihood/description.js";
import { chargeModel } from "../model/charges.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../model/parameters.js";
import type { FreeParameter } from "./free-parameter.js";

const EXPONENT = parameterIndex("exponent_x");

/** Evenly spaced places over the whole range. */
const EVEN = 24;
/**
 * Distances from the vertex of a squared charge, in units of the one at which the charge has grown by
 * its Standard Model value: χ² has its minima and its walls there.
 */
const DISTANCES = [0, 0.25, 0.5, 0.7, 0.85, 1, 1.15, 1.35, 1.7, 2.2, 3, 4.5, 7, 12, 20, 40];
/** Places nearer than this, in the same units, are one. */
const SAME = 0.12;

/**
 * Places along a parameter at which to look at χ² first. Along a coupling each squared charge is a
 * parabola, so that χ² is interesting near its vertex only, however wide the range.
 * @param at other parameters, [PARAMETERS]
 * @param every which of the places are wanted: all, or every second, third … of them
 * @returns ascending, strictly within the range
 */
export function landmarks(
  { charges }: Pick<LikelihoodDescription, "charges">,
  at: Float64Array,
  { name, lower, upper }: FreeParameter,
  every = 1,
): number[] {
  const index = parameterIndex(name);
  const model = chargeModel(charges);
  const chargesAt = (parameters: Float64Array, value?: number): Float64Array => {
    const moved = parameters.slice();
    // The parabolas are those of Q², whatever power of it scales the signal.
    moved[EXPONENT] = 2;
    if (value !== undefined) moved[index] = value;
    const squared = new Float64Array(charges.length);
    model.fill(moved, squared);
    return squared;
  };
  const usual = chargesAt(standardModelPoint());
  const origin = PARAMETERS[index].standardModel;
  const [below, here, above] = [-1, 0, 1].map((step) => chargesAt(at, origin + step));
  const even = EVEN / every;
  const distances = DISTANCES.filter((_, i) => i % every === 0);
  const places = Array.from({ length: even }, (_, i) => {
    return { value: lower + ((upper - lower) * (i + 1)) / (even + 1), unit: 0 };
  });
  charges.forEach((_, c) => {
    const curvature = (above[c] + below[c]) / 2 - here[c];
    if (!(curvature > 1e-9 * (above[c] + below[c]))) return;
    const vertex = origin - (above[c] - below[c]) / (4 * curvature);
    const unit = Math.sqrt(usual[c] / curvature);
    for (const distance of distances) {
      places.push(
        { value: vertex - distance * unit, unit },
        { value: vertex + distance * unit, unit },
      );
    }
  });
  places.sort((a, b) => a.value - b.value);
  const kept: number[] = [];
  for (const { value, unit } of places) {
    if (!(value > lower && value < upper)) continue;
    if (
      kept.length > 0 &&
      value - kept[kept.length - 1] < Math.max(SAME * unit, 1e-6 * (upper - lower))
    )
      continue;
    kept.push(value);
  }
  return kept;
}
