import type { BestFit } from "../../fit/best-fit.js";
import type { ChiSquare } from "../../fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";

/** The factor on the SM cross section. */
export const SCALE = "sigma_scale";

/** √Δχ² of no CEvNS above the best fit. */
export function rejection(chi2: ChiSquare, best: BestFit): number {
  const none = standardModelPoint();
  none[parameterIndex(SCALE)] = 0;
  return Math.sqrt(chi2.value(none) - best.chi2);
}
