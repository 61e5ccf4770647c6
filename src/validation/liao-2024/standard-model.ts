import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { loadGeData } from "../../experiments/data/load.js";
import { allTimes, geTarget } from "../../experiments/ge.js";
import { signalTemplates } from "../../experiments/templates.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { signalCounts } from "../../fit/prediction.js";
import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
import { formFactor } from "../../physics/form-factor.js";

/** Nuisances whose pulls the paper prints, by id. */
const PULLS = {
  csi: {
    "l24.csi.alpha0": "csi.signal_norm",
    "l24.csi.alpha1": "csi.brn_norm",
    "l24.csi.alpha2": "csi.ssb_norm",
    "l24.csi.alpha3": "csi.nin_norm",
  },
  lar: {},
  ge: { "l24.ge.gamma0": "ge.signal_norm" },
} as const;

/** χ² of each data set in the SM with its pulls, by id (L24 sections II A–C). */
export function standardModelFits(analysis: CompiledAnalysis): [string, number][] {
  const { nuisances } = analysis.description;
  return Object.entries(PULLS).flatMap(([dataset, symbols]) => {
    const { chi2, pulls } = new ChiSquare(analysis, [dataset]).profile(standardModelPoint());
    const pullOf = (name: string) => pulls[nuisances.findIndex((one) => one.name === name)];
    const named = Object.entries<string>(symbols).map(([id, nuisance]): [string, number] => {
      return [id, pullOf(nuisance)];
    });
    return [[`l24.${dataset}.chi2`, chi2], ...named];
  });
}

/** Germanium events in the whole range that L24 quotes, 1.5–20 keVee. */
export function geEventsInFullRange(): number {
  const target = geTarget(loadGeData(), [[[1.5, 20]]], allTimes);
  const F = formFactor({ name: "klein-nystrand" });
  const { charges, values } = signalTemplates(target, { formFactor: F, exponents: [2] });
  const squared = new Float64Array(charges.length);
  chargeModel(charges).fill(standardModelPoint(), squared);
  return values.reduce((sum, template, row) => sum + template * squared[row], 0);
}

/** SM event totals, by id. */
export function eventTotals(analysis: CompiledAnalysis): [string, number][] {
  const counts = signalCounts(analysis, standardModelPoint());
  const total = (term: string) =>
    counts.filter((c) => c.term === term).reduce((s, c) => s + c.total, 0);
  return [
    ["l24.ge.events", geEventsInFullRange()],
    ["l24.ge.events-fit-range", total("ge.time")],
    ["l24.csi.events", total("csi")],
    ["l24.lar.events", total("lar")],
  ];
}
