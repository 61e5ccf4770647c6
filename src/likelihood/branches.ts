import type { Nuisance } from "./description.js";
import type { TermTemplates } from "./templates.js";

/** Turns of a morph further out than this, in widths of its prior, are not reached. */
const REACH = 3;

/** The least change of a bin on the way to its turn, as a fraction of its nominal counts. */
const LEAST_SWING = 0.1;

/**
 * The mirrored branches of a term. A bin morphed by M + θ L + θ² C has the same counts on either side of
 * its turn at −L/2C, so that χ² may have a minimum on both. Each morph of the signal that turns within
 * reach gives a branch.
 * @returns for each, by nuisance of the term, the mirror image of θ = 0
 */
export function mirroredBranches(
  templates: TermTemplates,
  nuisances: readonly Nuisance[],
  familyValue: number,
): number[][] {
  const { counts, linear, quadratic } = templates.signalAt(familyValue);
  const total = (rows: readonly Float64Array[]) =>
    rows[0].map((_, b) => rows.reduce((sum, row) => sum + row[b], 0));
  const nominal = total(counts);
  return templates.nuisances.flatMap((nuisance, j) => {
    const [first, second] = [linear[j], quadratic[j]];
    if (!first || !second) return [];
    const reach = REACH * (nuisances[nuisance].sigma ?? 1);
    const [slopes, bends] = [total(first), total(second)];
    let [slope, bend] = [0, 0];
    for (let b = 0; b < nominal.length; b++) {
      const turn = -slopes[b] / (2 * bends[b]);
      if (!(Math.abs(turn) <= reach)) continue;
      if (!(Math.abs(0.5 * turn * slopes[b]) >= LEAST_SWING * nominal[b])) continue;
      slope += slopes[b];
      bend += bends[b];
    }
    return bend === 0 ? [] : [templates.nuisances.map((_, k) => (k === j ? -slope / bend : 0))];
  });
}
