import type { LarData } from "../../experiments/data/lar.js";
import { larTarget, sumOverF90 } from "../../experiments/lar.js";
import type { SignalOptions } from "../../experiments/recoils.js";
import { type SignalTemplates, signalTemplates } from "../../experiments/templates.js";
import type { ComponentIndex, Effect, Nuisance, Term } from "../../likelihood/description.js";
import { normEffects, type Piece, pairs } from "../assemble.js";
import { PULSE } from "../shared/l24-pulse.js";
import { standardModelCounts } from "../shared/signal.js";

/** L24 eq. (5): norms of CEvNS, prompt BRN, delayed BRN, SSB; 1 + β may go below zero unless bounded. */
const NORMS = [
  { name: "lar.signal_norm", symbol: "\\beta_0", sigma: 0.13 },
  { name: "lar.prompt_brn_norm", symbol: "\\beta_1", sigma: 0.32 },
  { name: "lar.delayed_brn_norm", symbol: "\\beta_2", sigma: 1.0 },
  { name: "lar.ssb_norm", symbol: "\\beta_3", sigma: 0.0079 },
] as const;

const PROMPT_BRN = 0;

/** The five unit-prior shape terms of L24 eq. (5), +1σ files of the release. */
const SHAPES = [
  { name: "f90", symbol: "\\eta_{0,1}", on: "signal", file: "cevnsF90Plus" },
  { name: "time_mean", symbol: "\\eta_{0,2}", on: "signal", file: "cevnsTimeMean" },
  { name: "brn_energy", symbol: "\\eta_{1,1}", on: PROMPT_BRN, file: "promptBrnEnergyPlus" },
  { name: "brn_time_mean", symbol: "\\eta_{1,2}", on: PROMPT_BRN, file: "promptBrnTimeMeanPlus" },
  { name: "brn_time_width", symbol: "\\eta_{1,3}", on: PROMPT_BRN, file: "promptBrnTimeWidth" },
] as const satisfies readonly {
  name: string;
  symbol: string;
  on: ComponentIndex;
  file: keyof LarData["shapes"];
}[];

/** Where the size of the signal is taken from. */
export const LAR_NORMALISATIONS = ["paper", "release", "release-events"] as const;

interface LarOptions {
  readonly lar_normalisation: (typeof LAR_NORMALISATIONS)[number];
  readonly bound_norms: boolean;
}

/** The templates with the exposure of L24 or the release, or scaled to the release's events in the SM. */
function normalised(
  data: LarData,
  signal: SignalOptions,
  from: LarOptions["lar_normalisation"],
): SignalTemplates {
  const exposure = { ...data.exposure, ...(from === "release" ? data.releaseExposure : {}) };
  const target = larTarget(data, PULSE, exposure);
  const templates = signalTemplates(target, signal);
  if (from !== "release-events") return templates;
  const standard = signalTemplates(target, { ...signal, exponents: [2] });
  const ours = standardModelCounts(standard).reduce((sum, count) => sum + count, 0);
  const theirs = sumOverF90(data.cevns).reduce((sum, count) => sum + count, 0);
  return { ...templates, values: templates.values.map((value) => (value * theirs) / ours) };
}

/** (varied − central)/central per bin, zero where the central value is zero. */
function relativeDeviation(varied: Float64Array, central: Float64Array): Float64Array {
  return central.map((value, bin) => (value === 0 ? 0 : varied[bin] / value - 1));
}

/** LAr of L24 eq. (5): 120 Gaussian bins with σ² = N_exp + N_SSB/5. */
export function larPiece(data: LarData, signal: SignalOptions, options: LarOptions): Piece {
  const templates = normalised(data, signal, options.lar_normalisation);
  const central = { signal: sumOverF90(data.cevns), [PROMPT_BRN]: sumOverF90(data.promptBrn) };
  const ssb = sumOverF90(data.ssb);
  const observed = sumOverF90(data.observed);
  const lower = options.bound_norms ? -1 : Number.NEGATIVE_INFINITY;
  const upper = Number.POSITIVE_INFINITY;
  const nuisances: Nuisance[] = [
    ...NORMS.map((norm) => ({ ...norm, lower, upper })),
    ...SHAPES.map(({ name, symbol }) => ({
      name: `lar.${name}`,
      symbol,
      sigma: 1,
      lower: Number.NEGATIVE_INFINITY,
      upper,
    })),
  ];
  const shapes: Effect[] = SHAPES.map(({ on, file }, index) => ({
    kind: "relative",
    nuisance: NORMS.length + index,
    component: on,
    deviation: relativeDeviation(sumOverF90(data.shapes[file]), central[on]),
  }));
  const term: Omit<Term, "charges"> = {
    name: "lar",
    dataset: "lar",
    statistic: "gaussian",
    bins: templates.bins,
    axes: [
      { name: "energy", unit: "keVee", edges: pairs(data.bins.energyEdges) },
      { name: "time", unit: "μs", edges: pairs(data.bins.timeEdges) },
    ],
    signal: templates.values,
    backgrounds: [
      { name: "prompt_brn", counts: central[PROMPT_BRN] },
      { name: "delayed_brn", counts: sumOverF90(data.delayedBrn) },
      { name: "ssb", counts: ssb },
    ],
    effects: [...normEffects(["signal", 0, 1, 2]), ...shapes],
  };
  const variance = observed.map((count, bin) => count + ssb[bin] / 5);
  const observation = { counts: observed, variance };
  return { nuisances, terms: [{ term, charges: templates.charges, observation }] };
}
