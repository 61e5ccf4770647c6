import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { type BestFit, bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { measuredParameter } from "../interval.js";

type Computed = [id: string, value: number][];

const MIXING = "sin2_theta_w";
const [ELECTRON, MUON] = ["sigma_scale_e", "sigma_scale_mu"];
/** Where the paper's fit of both flavours ends. */
const PAPER = { [ELECTRON]: 0.873, [MUON]: 0.876 };

/** The weak mixing angle. */
function mixing(chi2: ChiSquare): Computed {
  const { value, up, down } = measuredParameter(chi2, MIXING);
  return [
    ["c22.sin2-theta-w.value", value],
    ["c22.sin2-theta-w.up", up],
    ["c22.sin2-theta-w.down", down],
    ["c22.sin2-theta-w.sm", standardModelPoint()[parameterIndex(MIXING)]],
  ];
}

/** √Δχ² of one flavour's scale at zero, the other fitted again. */
function significance(chi2: ChiSquare, best: BestFit, zero: string, free: string): number {
  const at = best.parameters.slice();
  at[parameterIndex(zero)] = 0;
  return Math.sqrt(bestFit(chi2, at, [defaultRange(free)]).chi2 - best.chi2);
}

/** The cross sections of both flavours, free. */
function flavours(chi2: ChiSquare): Computed {
  const best = bestFit(chi2, standardModelPoint(), [ELECTRON, MUON].map(defaultRange));
  const paper = best.parameters.slice();
  for (const [name, scale] of Object.entries(PAPER)) paper[parameterIndex(name)] = scale;
  return [
    ["c22.scale.e", best.parameters[parameterIndex(ELECTRON)]],
    ["c22.scale.mu", best.parameters[parameterIndex(MUON)]],
    ["c22.scale.paper", chi2.value(paper) - best.chi2],
    ["c22.significance.e", significance(chi2, best, ELECTRON, MUON)],
    ["c22.significance.mu", significance(chi2, best, MUON, ELECTRON)],
  ];
}

/** Fits of parameters other than the common scale of the cross section. */
export function parameterFits(analysis: CompiledAnalysis): Computed {
  const chi2 = new ChiSquare(analysis);
  return [...mixing(chi2), ...flavours(chi2)];
}
