import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { loadGeData } from "../../experiments/data/load.js";
import { allTimes, geTarget } from "../../experiments/ge.js";
import { signalTemplates } from "../../experiments/templates.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { signalCounts } from "../../fit/prediction.js";
import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
import { brentRoot } from "../../numerics/root.js";
import { formFactor } from "../../physics/form-factor.js";
import { NUCLEI } from "../../physics/nuclei.js";
import { lindhardQuenching } from "../../physics/quenching.js";

const KEV_PER_MEV = 1000;

/** Nuisances whose pulls the paper prints, by id. */
const PULLS = {
  csi: {
    "l24.csi.alpha0": "csi.signal_norm",
    "l24.csi.alpha1": "csi.brn_norm",
    "l24.csi.alpha2": "csi.ssb_norm",
    "l24.csi.alpha3": "csi.nin_norm",
  },
  lar: {
    "l24.lar.beta0": "lar.signal_norm",
    "l24.lar.beta1": "lar.prompt_brn_norm",
    "l24.lar.beta2": "lar.delayed_brn_norm",
    "l24.lar.beta3": "lar.ssb_norm",
  },
  ge: { "l24.ge.gamma0": "ge.signal_norm" },
} as const;

/** χ² and pulls of one data set in the SM. */
function datasetFit(analysis: CompiledAnalysis, dataset: string) {
  const { nuisances } = analysis.description;
  const { chi2, pulls } = new ChiSquare(analysis, [dataset]).profile(standardModelPoint());
  const pull = (name: string) => pulls[nuisances.findIndex((one) => one.name === name)];
  return { chi2, pull };
}

/** χ² of each data set in the SM with its pulls, by id (L24 sections II A–C). */
export function standardModelFits(analysis: CompiledAnalysis): [string, number][] {
  return Object.entries(PULLS).flatMap(([dataset, symbols]) => {
    const { chi2, pull } = datasetFit(analysis, dataset);
    const pulls = Object.entries<string>(symbols).map(([id, nuisance]): [string, number] => {
      return [id, pull(nuisance)];
    });
    return [[`l24.${dataset}.chi2`, chi2], ...pulls];
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

/** Germanium events that COHERENT observes, with the error upwards (arXiv:2406.13806). */
const GE_OBSERVED = { events: 20.6, error: 7.1 } as const;

/** Recoil, keVnr, that ionises as much as the threshold. */
function geThreshold(): number {
  const { response } = loadGeData();
  const ionisation = lindhardQuenching(NUCLEI.Ge, response.lindhardK);
  const [[threshold]] = response.fitRange;
  return brentRoot((recoil) => KEV_PER_MEV * ionisation(recoil / KEV_PER_MEV) - threshold, 0, 100);
}

/** SM events, and what germanium's say, by id. */
export function eventTotals(analysis: CompiledAnalysis): [string, number][] {
  const counts = signalCounts(analysis, standardModelPoint());
  const total = (term: string) =>
    counts.filter((c) => c.term === term).reduce((s, c) => s + c.total, 0);
  const gamma = datasetFit(analysis, "ge").pull("ge.signal_norm");
  const { prompt, delayed } = loadGeData().timeProjection;
  const coherent = [...prompt, ...delayed].reduce((sum, count) => sum + count, 0);
  const ge = geEventsInFullRange();
  return [
    ["l24.ge.events", ge],
    ["l24.ge.deficit", (ge - GE_OBSERVED.events) / GE_OBSERVED.error],
    ["l24.ge.above-coherent", ((1 + gamma) * total("ge.time")) / coherent],
    ["l24.ge.threshold", geThreshold()],
    ["l24.ge.events-fit-range", total("ge.time")],
    ["l24.csi.events", total("csi")],
    ["l24.lar.events", total("lar")],
  ];
}
