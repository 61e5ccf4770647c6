import type { Problem } from "../likelihood/description.js";
import { CannotTabulate } from "./factorise.js";
import type { Reach } from "./nodes.js";
import type { Survey } from "./survey.js";
import type { SharedScale } from "./table.js";

/** Nodes of 1 + φ lie so far apart in its logarithm, and so many to each side make the polynomial. */
const STEP = 0.1;
const REACH = 3;
/** The least of a table's most likely events that the other tables may scale its signal down to. */
const LEAST = 0.25;

/**
 * Where a scale that tables share is looked for: no further up than its prior costs what all tables
 * together can gain, and no further down than to where the table that is scaled most has too few events.
 * @throws CannotTabulate for one without prior, or whose bounds can matter
 */
export function sharedScale(
  { description, auxiliary }: Problem,
  nuisance: number,
  surveys: readonly Survey[],
): SharedScale {
  const { name, sigma, lower, upper } = description.nuisances[nuisance];
  if (sigma === null) throw new CannotTabulate(`${name}, which data sets share, has no prior`);
  const measured = auxiliary?.[nuisance] ?? 0;
  const gain = surveys.reduce((sum, survey) => sum + survey.gain, 0);
  const largest = 1 + measured + sigma * Math.sqrt(gain);
  const smallest = Math.min(
    0.5,
    ...surveys.map((survey) => (LEAST * survey.likely) / survey.largest),
  );
  if (lower > smallest - 1 || upper < largest - 1) {
    throw new CannotTabulate(`${name}, which data sets share, may stop at a bound`);
  }
  const first = Math.floor(Math.log(smallest) / STEP);
  const last = Math.ceil(Math.log(largest) / STEP);
  return { nuisance, sigma, measured, step: STEP, first, last, reach: REACH };
}

/** What events are multiplied with at the last node that is looked up. */
export function farthestFactor({ step, last, reach }: SharedScale): number {
  return Math.exp(step * (last + reach));
}

/**
 * How far a table is used whose signal a scale can make larger or smaller. Where a sum is lowest in the
 * scale, prior and other tables pull its events up as fast as its χ² grows, and there is a most that they
 * can: the prior's slope in ln(1 + φ) is (1 + measured)²/2σ² at most.
 */
export function reachOf(
  { sigma, measured, step, reach }: SharedScale,
  own: Survey,
  others: readonly Survey[],
): Reach {
  const prior = (1 + measured) ** 2 / (2 * sigma * sigma);
  const needed = own.growsFrom(others.reduce((sum, { fall }) => sum + fall, prior));
  // The polynomial through the nodes around the lowest has to be right too.
  return { needed, exact: needed * Math.exp(step * reach) };
}
