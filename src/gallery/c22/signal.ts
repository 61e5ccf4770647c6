import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { PULSE } from "../../analysis/shared/csi-pulse.js";
import { csiTimes } from "../../experiments/csi.js";
import { loadCsiData } from "../../experiments/data/load.js";
import { expectedCounts } from "../../likelihood/profile.js";
import { TermTemplates } from "../../likelihood/templates.js";
import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
import type { FittedTerm } from "../spectrum.js";

/**
 * Events of the Standard Model in all bins with some nuisances moved.
 * @param moved θ by nuisance name; the others are nominal
 */
export function signalAt(
  { description }: CompiledAnalysis,
  moved: Readonly<Record<string, number>>,
): number {
  const theta = Float64Array.from(description.nuisances, ({ name }) => moved[name] ?? 0);
  const squared = new Float64Array(description.charges.length);
  chargeModel(description.charges).fill(standardModelPoint(), squared);
  return description.terms.reduce((sum, term) => {
    const templates = new TermTemplates(term, description);
    return sum + total(expectedCounts(templates, squared, 2, theta).signal);
  }, 0);
}

export const total = (counts: Iterable<number>) => Array.from(counts).reduce((a, b) => a + b, 0);

/** Signal of each neutrino of the flux, per bin of the term. */
export interface FlavouredSignal {
  readonly numu: Float64Array;
  readonly numubar: Float64Array;
  readonly nue: Float64Array;
}

/**
 * The muon flavour's signal divided between the prompt ν_μ and the delayed ν̄_μ. In every energy bin it
 * is p · P_t + d · D_t with known fractions P and D of each time bin: two unknowns that the time bins
 * determine exactly.
 * @param onset fitted onset, μs
 */
export function byNeutrino({ term, signal }: FittedTerm, onset: number): FlavouredSignal {
  const times = csiTimes(loadCsiData(), { ...PULSE, mean: PULSE.mean + onset });
  const [prompt, delayed] = [times("prompt"), times("delayed")];
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, j) => sum + value * b[j], 0);
  const [pp, pd, dd] = [dot(prompt, prompt), dot(prompt, delayed), dot(delayed, delayed)];
  const numu = new Float64Array(term.bins);
  const numubar = new Float64Array(term.bins);
  for (let first = 0; first < term.bins; first += prompt.length) {
    const row = signal.mu.subarray(first, first + prompt.length);
    const [rp, rd] = [dot(row, prompt), dot(row, delayed)];
    const p = (rp * dd - rd * pd) / (pp * dd - pd * pd);
    const d = (rd * pp - rp * pd) / (pp * dd - pd * pd);
    row.forEach((_, j) => {
      numu[first + j] = p * prompt[j];
      numubar[first + j] = d * delayed[j];
    });
  }
  return { numu, numubar, nue: signal.e };
}
