import { type BestFit, bestFit, defaultRange } from "../fit/best-fit.js";
import type { ChiSquare } from "../fit/chi-square.js";
import { parameterIntervals } from "../fit/intervals.js";
import { standardModelPoint } from "../model/parameters.js";

/** A value with its 1σ errors, the downward one negative; NaN where the range of the parameter ends first. */
export interface Measured {
  readonly best: BestFit;
  readonly value: number;
  readonly up: number;
  readonly down: number;
}

/** The best fit with one free parameter, all else as in the Standard Model. */
export function measuredParameter(chi2: ChiSquare, name: string): Measured {
  const free = [defaultRange(name)];
  const best = bestFit(chi2, standardModelPoint(), free);
  const [{ value, lower, upper }] = parameterIntervals(chi2, best, free, 1);
  const error = (end: number | null) => (end ?? Number.NaN) - value;
  return { best, value, up: error(upper), down: error(lower) };
}
