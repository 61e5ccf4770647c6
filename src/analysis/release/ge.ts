import type { GeData } from "../../experiments/data/ge.js";
import { cleanCounts, geTarget, rowTimes } from "../../experiments/ge.js";
import type { SignalOptions } from "../../experiments/recoils.js";
import { signalTemplates } from "../../experiments/templates.js";
import type { Effect, Nuisance, Term } from "../../likelihood/description.js";
import { type Piece, pairs } from "../assemble.js";

/**
 * Ge as an on/off measurement: Poisson counts with and without beam in the clean energy columns × 10
 * time rows, over the same live time. The background of each column is flat in time and free; both
 * terms share it.
 * @param norms nuisances that each scale the signal
 */
export function gePiece(data: GeData, signal: SignalOptions, norms: readonly Nuisance[]): Piece {
  const on = cleanCounts(data, data.onBeam);
  const off = cleanCounts(data, data.offBeam);
  const columns = on.ranges.length;
  const bins = on.counts.length;
  const rows = bins / columns;
  const energies = on.ranges.map((range) => [range]);
  const templates = signalTemplates(geTarget(data, energies, rowTimes(data)), signal);
  const backgrounds = on.ranges.map(([low, high], column) => {
    const inColumn = (bin: number) => Math.floor(bin / rows) === column;
    const seen = off.counts.reduce((sum, count, bin) => (inColumn(bin) ? sum + count : sum), 0);
    const counts = off.counts.map((_, bin) => (inColumn(bin) ? seen / rows : 0));
    return { name: `background_${low}_${high}`, counts };
  });
  const columnNorms = on.ranges.map(
    ([low, high], column): Nuisance => ({
      name: `ge.background_${low}_${high}`,
      symbol: `b_{${column + 1}}`,
      sigma: null,
      lower: -1,
      upper: Number.POSITIVE_INFINITY,
    }),
  );
  const free = backgrounds.map((_, k): Effect => {
    return { kind: "norm", nuisance: norms.length + k, component: k };
  });
  const scales = norms.map((_, nuisance): Effect => {
    return { kind: "scale", nuisance, component: "signal" };
  });
  const term = (name: string): Omit<Term, "charges" | "signal" | "effects"> => ({
    name,
    dataset: "ge",
    statistic: "poisson",
    bins,
    axes: [
      { name: "energy", unit: "keVee", edges: on.ranges },
      { name: "time", unit: "μs", edges: pairs(data.bins.timeEdges) },
    ],
    backgrounds,
  });
  return {
    nuisances: [...norms, ...columnNorms],
    terms: [
      {
        term: { ...term("ge.on"), signal: templates.values, effects: [...scales, ...free] },
        charges: templates.charges,
        observation: { counts: on.counts },
      },
      {
        term: { ...term("ge.off"), signal: new Float64Array(0), effects: free },
        charges: [],
        observation: { counts: off.counts },
      },
    ],
  };
}
