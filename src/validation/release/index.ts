import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { analysisNamed } from "../../analysis/registry.js";
import { loadGeData } from "../../experiments/data/load.js";
import { allTimes, geTarget } from "../../experiments/ge.js";
import { signalTemplates } from "../../experiments/templates.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { holdNuisances } from "../../fit/hold.js";
import { chargeModel } from "../../model/charges.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { formFactor } from "../../physics/form-factor.js";
import { measuredParameter } from "../interval.js";
import { rowsOf, type ValidationRow } from "../row.js";
import { RELEASE } from "./numbers.js";

const sum = (row: Float64Array) => row.reduce((total, count) => total + count, 0);

/** LAr with the signal free (A. of arXiv:2003.10630): event totals and rejection of no CEvNS. */
function lar(analysis: CompiledAnalysis): [string, number][] {
  const chi2 = new ChiSquare(analysis, ["lar"]);
  const { best } = measuredParameter(chi2, "sigma_scale");
  const [{ signal, backgrounds }] = chi2.profile(best.parameters).expected;
  const none = standardModelPoint();
  none[parameterIndex("sigma_scale")] = 0;
  return [
    ["release.lar.cevns", sum(signal)],
    ["release.lar.prompt-brn", sum(backgrounds[0])],
    ["release.lar.delayed-brn", sum(backgrounds[1])],
    ["release.lar.ssb", sum(backgrounds[2])],
    ["release.lar.rejection", Math.sqrt(chi2.value(none) - best.chi2)],
  ];
}

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
function ge(analysis: CompiledAnalysis): [string, number][] {
  const scale = measuredParameter(new ChiSquare(analysis, ["ge"]), "sigma_scale");
  const events = geEventsInFitRange();
  return (["value", "up", "down"] as const).map((part): [string, number] => {
    return [`release.ge.events.${part}`, scale[part] * events];
  });
}

/** LAr and Ge as their own collaborations fit them: nothing constrains the signal but the counts. */
export async function validateRelease(): Promise<ValidationRow[]> {
  const analysis = holdNuisances(analysisNamed("release").compile(), {
    flux: 0,
    "lar.signal_norm": 0,
    "ge.signal_norm": 0,
  });
  return rowsOf(RELEASE, new Map([...lar(analysis), ...ge(analysis)]));
}
