import { PARAMETERS, standardModelPoint } from "../../src/model/parameters.js";
import type { NucleusName } from "../../src/physics/nuclei.js";
import { EXPONENT, rawCharge, strength } from "./squared-charges.js";

const standardModel = standardModelPoint();
/** Squared charges in units of the Standard Model's at which a line is sampled; a minimum lies between some. */
const DENSE = [0.05, 0.2, 0.45, 0.75, 1, 1.35, 1.8, 2.5, 3.8];
const SPARSE = [0.3, 1, 2.2];
/** Most values of a sparse line. */
const FEW = 14;

/**
 * Values of one parameter between `lower` and `upper` at which the charges of these nuclei take given values:
 * as a squared charge is a quadratic of every coupling, no valley along the line is so narrow as to be missed.
 * Ascending.
 */
export function lineValues(
  p: Float64Array,
  index: number,
  [lower, upper]: readonly [number, number],
  nuclei: readonly NucleusName[],
  dense: boolean,
): number[] {
  const { role, name } = PARAMETERS[index];
  const uniform = dense ? 8 : 4;
  const values = Array.from(
    { length: uniform + 1 },
    (_, i) => lower + ((upper - lower) * i) / uniform,
  );
  const levels = dense ? DENSE : SPARSE;
  if (role === "template") {
    for (let i = 1; i < 2 * uniform; i += 2)
      values.push(lower + ((upper - lower) * i) / uniform / 2);
    return values;
  }
  const original = p[index];
  const x = p[EXPONENT];
  for (const nucleus of nuclei) {
    for (const flavour of ["e", "mu"] as const) {
      const at = (value: number) => {
        p[index] = value;
        return rawCharge(nucleus, flavour, p);
      };
      p[index] = original;
      const unit = rawCharge(nucleus, flavour, standardModel);
      if (name.startsWith("sigma_scale")) {
        p[index] = 1;
        const slope = (strength(flavour, p) * at(1) ** (x / 2)) / unit;
        p[index] = 2;
        const moves = (strength(flavour, p) * at(2) ** (x / 2)) / unit !== slope;
        if (moves && slope > 0) for (const r of levels) values.push(r / slope);
        continue;
      }
      const [below, middle, above] = [at(-1), at(0), at(1)];
      const a = (above + below) / 2 - middle;
      if (a <= 1e-9) continue;
      const vertex = -(above - below) / (4 * a);
      const lowest = middle - a * vertex * vertex;
      p[index] = original;
      const s = strength(flavour, p);
      values.push(vertex);
      for (const r of levels) {
        const target = s > 0 && x > 0 ? ((r * unit) / s) ** (2 / x) : r * unit;
        if (target <= lowest) continue;
        const reach = Math.sqrt((target - lowest) / a);
        values.push(vertex - reach, vertex + reach);
      }
    }
  }
  p[index] = original;
  const within = values.filter((value) => value >= lower && value <= upper);
  within.sort((a, b) => a - b);
  const every = dense ? 1 : Math.max(within.length / FEW, 1);
  return within.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
}
