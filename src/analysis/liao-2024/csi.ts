import { csiNeutrons, csiTarget } from "../../experiments/csi.js";
import type { CsiData } from "../../experiments/data/csi.js";
import type { SignalOptions } from "../../experiments/recoils.js";
import { signalTemplates } from "../../experiments/templates.js";
import type { Nuisance, Observation, Term } from "../../likelihood/description.js";
import { normEffects, type Piece, pairs } from "../assemble.js";
import { PULSE } from "../shared/l24-pulse.js";

/** The first PE bin of the release's binning, which L24 leaves out. */
const FIRST_BIN = 1;

/** L24 eq. (4): CEvNS, BRN, SSB, NIN norms with these widths; 1 + α is never negative. */
const NUISANCES: readonly Nuisance[] = [
  { name: "csi.signal_norm", symbol: "\\alpha_0", sigma: 0.1145, lower: -1, upper: Infinity },
  { name: "csi.brn_norm", symbol: "\\alpha_1", sigma: 0.25, lower: -1, upper: Infinity },
  { name: "csi.ssb_norm", symbol: "\\alpha_2", sigma: 0.021, lower: -1, upper: Infinity },
  { name: "csi.nin_norm", symbol: "\\alpha_3", sigma: 0.35, lower: -1, upper: Infinity },
];

/** CsI of L24 eq. (4): 88 Poisson bins; the SSB is the anti-coincidence histogram itself, bin by bin. */
export function csiPiece(data: CsiData, signal: SignalOptions): Piece {
  const { energyEdges, timeEdges } = data.bins;
  const edges = energyEdges.slice(FIRST_BIN);
  const flatten = (histogram: readonly (readonly number[])[]) =>
    Float64Array.from(histogram.slice(FIRST_BIN).flat());
  const templates = signalTemplates(csiTarget(data, edges, PULSE), signal);
  const term: Omit<Term, "charges"> = {
    name: "csi",
    dataset: "csi",
    statistic: "poisson",
    bins: templates.bins,
    axes: [
      { name: "energy", unit: "PE", edges: pairs(edges) },
      { name: "time", unit: "μs", edges: pairs(timeEdges) },
    ],
    signal: templates.values,
    backgrounds: [
      csiNeutrons(data, "brn", edges),
      { name: "ssb", counts: flatten(data.antiCoincidence) },
      csiNeutrons(data, "nin", edges),
    ],
    effects: normEffects(["signal", 0, 1, 2]),
  };
  const observation: Observation = { counts: flatten(data.observed) };
  return { nuisances: NUISANCES, terms: [{ term, charges: templates.charges, observation }] };
}
