import { analysisNamed } from "../../analysis/registry.js";
import { type BestFit, bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { measuredParameter } from "../interval.js";
import { rowsOf, type ValidationRow } from "../row.js";
import { COHERENT_2022 } from "./numbers.js";

/** C22's SM value of ⟨σ⟩, which the fitted scale multiplies, 1e-40 cm². */
const STANDARD_MODEL = 189;

/** √Δχ² of some parameters at zero above a best fit. */
function significance(chi2: ChiSquare, best: BestFit, zero: string, free: readonly string[]) {
  const at = best.parameters.slice();
  at[parameterIndex(zero)] = 0;
  const without = bestFit(chi2, at, free.map(defaultRange));
  return Math.sqrt(without.chi2 - best.chi2);
}

function crossSection(chi2: ChiSquare): [string, number][] {
  const { best, value, up, down } = measuredParameter(chi2, "sigma_scale");
  const profile = chi2.profile(best.parameters);
  const [{ signal, backgrounds }] = profile.expected;
  const sum = (row: Float64Array) => row.reduce((total, count) => total + count, 0);
  const [brn, ssb, nin] = backgrounds;
  return [
    ["c22.chi2", best.chi2],
    ["c22.events.cevns", sum(signal)],
    ["c22.events.brn", sum(brn)],
    ["c22.events.ssb", sum(ssb)],
    ["c22.events.nin", sum(nin)],
    ["c22.sigma.value", value * STANDARD_MODEL],
    ["c22.sigma.up", up * STANDARD_MODEL],
    ["c22.sigma.down", down * STANDARD_MODEL],
    ["c22.rejection", significance(chi2, best, "sigma_scale", [])],
  ];
}

function mixing(chi2: ChiSquare): [string, number][] {
  const { value, up, down } = measuredParameter(chi2, "sin2_theta_w");
  return [
    ["c22.sin2-theta-w.value", value],
    ["c22.sin2-theta-w.up", up],
    ["c22.sin2-theta-w.down", down],
  ];
}

function flavours(chi2: ChiSquare): [string, number][] {
  const [electron, muon] = ["sigma_scale_e", "sigma_scale_mu"];
  const free = [electron, muon].map(defaultRange);
  const best = bestFit(chi2, standardModelPoint(), free);
  return [
    ["c22.significance.mu", significance(chi2, best, muon, [electron])],
    ["c22.significance.e", significance(chi2, best, electron, [muon])],
  ];
}

/** Every number of the CsI paper (C22 section 4), with ours. */
export async function validateCoherent2022(): Promise<ValidationRow[]> {
  const chi2 = new ChiSquare(analysisNamed("coherent-2022").compile());
  const computed = [...crossSection(chi2), ...mixing(chi2), ...flavours(chi2)];
  return rowsOf(COHERENT_2022, new Map(computed));
}
