import { csiNeutrons } from "../../experiments/csi.js";
import type { CsiData } from "../../experiments/data/csi.js";
import type { SignalTemplates } from "../../experiments/templates.js";
import type { Background, Effect, Term } from "../../likelihood/description.js";
import { pairs } from "../assemble.js";

/**
 * CsI as one Poisson term in energy × time, time fastest; its backgrounds are BRN, SSB and NIN.
 * @param edges of the energy bins, PE
 * @param steadyState the SSB, in those bins × the release's time bins
 */
export function csiTerm(
  data: CsiData,
  edges: readonly number[],
  signal: SignalTemplates,
  steadyState: Background,
  effects: readonly Effect[],
): Omit<Term, "charges"> {
  return {
    name: "csi",
    dataset: "csi",
    statistic: "poisson",
    bins: signal.bins,
    axes: [
      { name: "energy", unit: "PE", edges: pairs(edges) },
      { name: "time", unit: "μs", edges: pairs(data.bins.timeEdges) },
    ],
    signal: signal.values,
    backgrounds: [csiNeutrons(data, "brn", edges), steadyState, csiNeutrons(data, "nin", edges)],
    effects,
  };
}
