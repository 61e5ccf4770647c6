import type { GridProfiles } from "../engine/profiles.js";
import type { Follower } from "./follow.js";

/** How far a grid's profiles lie above the true ones, where it shows most. */
export interface Coarseness {
  /** Δχ² by which a profile falls when the axes that it does not show leave the grid. */
  readonly excess: number;
  /** The axis whose profile that is, and the place along it. */
  readonly axis: number;
  readonly place: number;
}

/** Bumps of each line that are looked at, the highest ones. */
const BUMPS = 3;

/**
 * Between the points of a grid χ² may be lower, most of all in valleys oblique to it: profiles then
 * have bumps, whose tops are tried.
 * @param k place of the combination
 * @param height Δχ² above the lowest point up to which a profile matters
 */
export function coarsenessOf(
  { lines, best }: GridProfiles,
  k: number,
  follower: Follower,
  height: number,
): Coarseness {
  const found = lines.flatMap((byCombination, axis) => {
    const { chi2, index } = byCombination[k];
    const bumps = [...chi2.keys()]
      .filter((i) => i > 0 && i + 1 < chi2.length && chi2[i] - best[k].chi2 <= height)
      .filter((i) => chi2[i] >= chi2[i - 1] && chi2[i] >= chi2[i + 1])
      .sort((a, b) => chi2[b] - chi2[a]);
    return bumps.slice(0, BUMPS).map((place): Coarseness => {
      const { value } = follower.from(index[place], [axis]);
      return { excess: Math.max(chi2[place] - value, 0), axis, place };
    });
  });
  const lowest = Math.max(best[k].chi2 - follower.from(best[k].index).value, 0);
  const none: Coarseness = { excess: lowest, axis: 0, place: 0 };
  return found.reduce((worst, one) => (one.excess > worst.excess ? one : worst), none);
}
