import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { signalCounts } from "../../fit/prediction.js";
import { uncertainty } from "../../fit/uncertainty.js";
import { standardModelPoint } from "../../model/parameters.js";
import { measuredParameter } from "../interval.js";
import { rejection, SCALE } from "./rejection.js";

/** Part of the id of a background, and its norm, in the order of the term's backgrounds. */
const LAR_BACKGROUNDS = [
  ["prompt-brn", "lar.prompt_brn_norm"],
  ["delayed-brn", "lar.delayed_brn_norm"],
  ["ssb", "lar.ssb_norm"],
] as const;

const sum = (row: Float64Array) => row.reduce((total, count) => total + count, 0);

/** SM events of LAr before the fit. */
function larSignal(analysis: CompiledAnalysis): number {
  const counts = signalCounts(analysis, standardModelPoint());
  return counts.reduce((sum, { dataset, total }) => sum + (dataset === "lar" ? total : 0), 0);
}

/** Events of a background of LAr before the fit. */
function larBackground({ description }: CompiledAnalysis, index: number): number {
  const term = description.terms.find(({ dataset }) => dataset === "lar");
  if (!term) throw new Error("the analysis has no LAr");
  return sum(term.backgrounds[index].counts);
}

/** LAr with the signal free (A. of arXiv:2003.10630): event totals with errors, rejection of no CEvNS. */
export function larFit(analysis: CompiledAnalysis): [string, number][] {
  const chi2 = new ChiSquare(analysis, ["lar"]);
  const { best } = measuredParameter(chi2, SCALE);
  const [{ signal, backgrounds }] = chi2.profile(best.parameters).expected;
  const { names, sigmas } = uncertainty(chi2, best, [defaultRange(SCALE)]);
  return [
    ["release.lar.cevns", sum(signal)],
    ["release.lar.cevns.error", sigmas[names.indexOf(SCALE)] * larSignal(analysis)],
    ...LAR_BACKGROUNDS.flatMap(([id, norm], i): [string, number][] => [
      [`release.lar.${id}`, sum(backgrounds[i])],
      [`release.lar.${id}.error`, sigmas[names.indexOf(norm)] * larBackground(analysis, i)],
    ]),
    ["release.lar.rejection", rejection(chi2, best)],
    ["release.lar.chi2", best.chi2],
  ];
}

/** What is expected of LAr before the fit, and how well. */
export function larPriors(analysis: CompiledAnalysis): [string, number][] {
  const sigma = (name: string) =>
    analysis.description.nuisances.find((n) => n.name === name)?.sigma ?? Number.NaN;
  const signal = larSignal(analysis);
  return [
    ["release.lar.prior.cevns", signal],
    ["release.lar.prior.cevns.error", Math.hypot(sigma("flux"), sigma("lar.signal_norm")) * signal],
    ...LAR_BACKGROUNDS.flatMap(([id, norm], i): [string, number][] => {
      const events = larBackground(analysis, i);
      return [
        [`release.lar.prior.${id}`, events],
        [`release.lar.prior.${id}.error`, sigma(norm) * events],
      ];
    }),
  ];
}
