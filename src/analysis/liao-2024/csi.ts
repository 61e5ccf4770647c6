import { csiTarget } from "../../experiments/csi.js";
import type { CsiData } from "../../experiments/data/csi.js";
import type { SignalOptions } from "../../experiments/recoils.js";
import { signalTemplates } from "../../experiments/templates.js";
import type { Nuisance, Observation } from "../../likelihood/description.js";
import { normEffects, type Piece } from "../assemble.js";
import { positiveNorm } from "../nuisances.js";
import { csiTerm } from "../shared/csi-term.js";
import { PULSE } from "../shared/l24-pulse.js";

/** The first PE bin of the release's binning, which L24 leaves out. */
const FIRST_BIN = 1;

/** L24 eq. (4): CEvNS, BRN, SSB, NIN norms with these widths; 1 + α is never negative. */
const NUISANCES: readonly Nuisance[] = [
  positiveNorm("csi.signal_norm", "\\alpha_0", 0.1145),
  positiveNorm("csi.brn_norm", "\\alpha_1", 0.25),
  positiveNorm("csi.ssb_norm", "\\alpha_2", 0.021),
  positiveNorm("csi.nin_norm", "\\alpha_3", 0.35),
];

/** CsI of L24 eq. (4): 88 Poisson bins; the SSB is the anti-coincidence histogram itself, bin by bin. */
export function csiPiece(data: CsiData, signal: SignalOptions): Piece {
  const edges = data.bins.energyEdges.slice(FIRST_BIN);
  const flatten = (histogram: readonly (readonly number[])[]) =>
    Float64Array.from(histogram.slice(FIRST_BIN).flat());
  const templates = signalTemplates(csiTarget(data, edges, PULSE), signal);
  const steadyState = { name: "ssb", counts: flatten(data.antiCoincidence) };
  const effects = normEffects(["signal", 0, 1, 2]);
  const term = csiTerm(data, edges, templates, steadyState, effects);
  const observation: Observation = { counts: flatten(data.observed) };
  return { nuisances: NUISANCES, terms: [{ term, charges: templates.charges, observation }] };
}
