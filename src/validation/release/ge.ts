import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { loadGeData } from "../../experiments/data/load.js";
import { allTimes, geTarget } from "../../experiments/ge.js";
import { signalTemplates } from "../../experiments/templates.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
import { formFactor } from "../../physics/form-factor.js";
import { measuredParameter } from "../interval.js";
import { rejection, SCALE } from "./rejection.js";

/** SM events in the whole fit range of Ge, of which the clean columns see a part. */
export function geEventsInFitRange(): number {
  const data = loadGeData();
  const target = geTarget(data, [data.response.fitRange], allTimes);
  const F = formFactor({ name: "helm" });
  const { charges, values } = signalTemplates(target, { formFactor: F, exponents: [2] });
  const squared = new Float64Array(charges.length);
  chargeModel(charges).fill(standardModelPoint(), squared);
  return values.reduce((total, template, row) => total + template * squared[row], 0);
}

/** Ge with the signal free (arXiv:2406.13806): signal events in the fit range. */
export function geFit(analysis: CompiledAnalysis): [string, number][] {
  const chi2 = new ChiSquare(analysis, ["ge"]);
  const scale = measuredParameter(chi2, SCALE);
  const events = geEventsInFitRange();
  return [
    ["release.ge.prediction", events],
    ["release.ge.events.value", scale.value * events],
    ["release.ge.events.up", scale.up * events],
    ["release.ge.events.down", scale.down * events],
    ["release.ge.rejection", rejection(chi2, scale.best)],
    ["release.ge.chi2", scale.best.chi2],
  ];
}
