import type { LarData } from "../../experiments/data/lar.js";
import { larTarget } from "../../experiments/lar.js";
import type { SignalOptions } from "../../experiments/recoils.js";
import { type SignalTemplates, signalTemplates } from "../../experiments/templates.js";
import type { Effect, Nuisance, Term } from "../../likelihood/description.js";
import { type Piece, pairs } from "../assemble.js";
import { PULSE } from "../shared/l24-pulse.js";
import { standardModelCounts } from "../shared/signal.js";

/** Norms of the backgrounds as in L24 eq. (5): prompt BRN, delayed BRN, SSB. */
const BACKGROUND_NORMS = [
  { name: "lar.prompt_brn_norm", symbol: "\\beta_{pBRN}", sigma: 0.32 },
  { name: "lar.delayed_brn_norm", symbol: "\\beta_{dBRN}", sigma: 1.0 },
  { name: "lar.ssb_norm", symbol: "\\beta_{SSB}", sigma: 0.0079 },
] as const;
const PROMPT_BRN = 0;

/** The release's systematic variations; where it has one side only, the other mirrors it. */
const SHAPES = [
  { name: "f90", on: "signal", plus: "cevnsF90Plus", minus: "cevnsF90Minus" },
  { name: "time_mean", on: "signal", plus: "cevnsTimeMean" },
  {
    name: "brn_energy",
    on: PROMPT_BRN,
    plus: "promptBrnEnergyPlus",
    minus: "promptBrnEnergyMinus",
  },
  {
    name: "brn_time_mean",
    on: PROMPT_BRN,
    plus: "promptBrnTimeMeanPlus",
    minus: "promptBrnTimeMeanMinus",
  },
  { name: "brn_time_width", on: PROMPT_BRN, plus: "promptBrnTimeWidth" },
] as const satisfies readonly {
  name: string;
  on: "signal" | number;
  plus: keyof LarData["shapes"];
  minus?: keyof LarData["shapes"];
}[];

const flatten = (histogram: readonly (readonly (readonly number[])[])[]) =>
  Float64Array.from(histogram.flat(2));

/**
 * Divides a signal histogram of the release, which is that of the SM, among exponents and charges:
 * each has its share, in the (energy, time) bin, of what we predict for the SM, the same for all F90.
 * @param ours our templates in energy × time
 */
function divider(data: LarData, signal: SignalOptions, ours: SignalTemplates) {
  const standard = signalTemplates(larTarget(data, PULSE), { ...signal, exponents: [2] });
  const predicted = standardModelCounts(standard);
  const f90Bins = data.bins.f90Edges.length - 1;
  const timeBins = data.bins.timeEdges.length - 1;
  const bins = ours.bins * f90Bins;
  return (histogram: Float64Array): Float64Array => {
    const rows = ours.values.length / ours.bins;
    return Float64Array.from({ length: rows * bins }, (_, i) => {
      const bin = i % bins;
      const energy = Math.floor(bin / (f90Bins * timeBins));
      const at = energy * timeBins + (bin % timeBins);
      const share = ours.values[Math.floor(i / bins) * ours.bins + at] / predicted[at];
      return histogram[bin] * share;
    });
  };
}

/**
 * LAr as released: 960 Poisson bins, the release's own CEvNS histogram as signal. The collaboration's
 * fit has no shape nuisances (it refits with shifted histograms instead); with `shapes` they are
 * profiled, as parabolas bin by bin through −1σ, nominal and +1σ, files as they are.
 * @param norms nuisances that each scale the signal
 */
export function larPiece(
  data: LarData,
  signal: SignalOptions,
  norms: readonly Nuisance[],
  shapes: boolean,
): Piece {
  const upper = Number.POSITIVE_INFINITY;
  const ours = signalTemplates(larTarget(data, PULSE), signal);
  const divide = divider(data, signal, ours);
  const central = { signal: flatten(data.cevns), [PROMPT_BRN]: flatten(data.promptBrn) };
  const first = { background: norms.length, shape: norms.length + BACKGROUND_NORMS.length };
  const varied = shapes ? SHAPES : [];
  const effects: Effect[] = [
    ...norms.map((_, nuisance): Effect => ({ kind: "scale", nuisance, component: "signal" })),
    ...BACKGROUND_NORMS.map((_, k): Effect => {
      return { kind: "scale", nuisance: first.background + k, component: k };
    }),
    ...varied.map((shape, k): Effect => {
      const { on } = shape;
      const plus = flatten(data.shapes[shape.plus]);
      const minus =
        "minus" in shape
          ? flatten(data.shapes[shape.minus])
          : plus.map((value, b) => 2 * central[on][b] - value);
      const linear = plus.map((value, b) => 0.5 * (value - minus[b]));
      const quadratic = plus.map((value, b) => 0.5 * (value + minus[b]) - central[on][b]);
      const table = (row: Float64Array) => (on === "signal" ? divide(row) : row);
      return {
        kind: "morph",
        nuisance: first.shape + k,
        component: on,
        linear: table(linear),
        quadratic: table(quadratic),
      };
    }),
  ];
  const observed = flatten(data.observed);
  const term: Omit<Term, "charges"> = {
    name: "lar",
    dataset: "lar",
    statistic: "poisson",
    bins: observed.length,
    axes: [
      { name: "energy", unit: "keVee", edges: pairs(data.bins.energyEdges) },
      { name: "F90", unit: "", edges: pairs(data.bins.f90Edges) },
      { name: "time", unit: "μs", edges: pairs(data.bins.timeEdges) },
    ],
    signal: divide(central.signal),
    backgrounds: [
      { name: "prompt_brn", counts: central[PROMPT_BRN] },
      { name: "delayed_brn", counts: flatten(data.delayedBrn) },
      { name: "ssb", counts: flatten(data.ssb) },
    ],
    effects,
  };
  const nuisances: Nuisance[] = [
    ...norms,
    ...BACKGROUND_NORMS.map((norm) => ({ ...norm, lower: -1, upper })),
    ...varied.map(({ name }) => ({
      name: `lar.${name}`,
      symbol: `\\eta_{\\mathrm{${name.replaceAll("_", "\\,")}}}`,
      sigma: 1,
      lower: Number.NEGATIVE_INFINITY,
      upper,
    })),
  ];
  return {
    nuisances,
    terms: [{ term, charges: ours.charges, observation: { counts: observed } }],
  };
}
