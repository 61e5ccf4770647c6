import type { GridAxis } from "../../src/engine/engine.js";
import type { GridProfiles, Profile } from "../../src/engine/profiles.js";

/**
 * Profiles of a whole grid by their definition: for every cell of every line and plane, the lowest of
 * all the grid's points that show it. Written for sight, not for speed.
 */
export function naiveProfiles(
  axes: readonly GridAxis[],
  combinations: number,
  chi2: ArrayLike<number>,
  counted: (index: number) => boolean = () => true,
): GridProfiles {
  const size = axes.reduce((product, axis) => product * axis.points, 1);
  const all = Array.from({ length: size }, (_, index) => index).filter(counted);
  const coordinate = (index: number, axis: number) => {
    const inner = axes.slice(axis + 1).reduce((product, { points }) => product * points, 1);
    return Math.floor(index / inner) % axes[axis].points;
  };
  const shown = (shownAxes: readonly number[], k: number): Profile => {
    const cells = shownAxes.reduce((product, axis) => product * axes[axis].points, 1);
    const winners = Array.from({ length: cells }, () => Number.POSITIVE_INFINITY);
    for (const index of all) {
      let cell = 0;
      for (const axis of shownAxes) cell = cell * axes[axis].points + coordinate(index, axis);
      const value = (at: number) => chi2[at * combinations + k];
      // `all` ascends: the first among equals stays.
      if (winners[cell] === Number.POSITIVE_INFINITY || value(index) < value(winners[cell])) {
        winners[cell] = index;
      }
    }
    const lowest = winners.map((at) => (Number.isFinite(at) ? chi2[at * combinations + k] : at));
    return { chi2: Float64Array.from(lowest), index: Float64Array.from(winners) };
  };
  const each = (shownAxes: readonly number[]) =>
    Array.from({ length: combinations }, (_, k) => shown(shownAxes, k));
  const places = [...axes.keys()];
  return {
    points: all.length,
    best: each([]).map((profile) => ({ chi2: profile.chi2[0], index: profile.index[0] })),
    lines: places.map((axis) => each([axis])),
    planes: places.flatMap((x) =>
      places.slice(x + 1).map((y) => ({ x, y, profiles: each([x, y]) })),
    ),
  };
}
