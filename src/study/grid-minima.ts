import { basins } from "../contour/basins.js";
import type { PlaneGrid } from "../contour/plane.js";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import { NumericalError } from "../errors.js";
import type { Combination } from "../likelihood/description.js";
import { type Coarseness, coarsenessOf } from "./coarseness.js";
import { Follower, type GridMinimum } from "./follow.js";
import type { PreparedScan } from "./prepare.js";

/** What the search for one combination's minima found. */
export interface CombinationMinima {
  readonly combination: Combination;
  /** Distinct ones, lowest first; at least one. */
  readonly minima: readonly GridMinimum[];
  /** By plane: those that its profile's basins lead to, lowest first. */
  readonly byPlane: readonly (readonly GridMinimum[])[];
  readonly coarseness: Coarseness;
}

/** Basins of a plane that are followed at most, the deepest ones. */
const MOST_BASINS = 8;
/** Climb in χ² that separates two minima, at least: that of a two-dimensional scan. */
const PROMINENCE = 0.05;

/**
 * Minima of every combination over all axes: the basins of every profile plane, each followed from its
 * deepest grid point. Along a degeneracy minima are many; those that lie within a grid step of each
 * other count once.
 * @param height Δχ² above the lowest grid point up to which basins are followed
 */
export function gridMinima(
  prepared: PreparedScan,
  profiles: GridProfiles,
  height: number,
): CombinationMinima[] {
  const { axes, combinations } = prepared.scan;
  return combinations.map((combination, k) => {
    const best = profiles.best[k];
    if (!Number.isFinite(best.chi2)) throw noMinimum(combination.name);
    const follower = new Follower(prepared, combination);
    const search = remember((index: number) => follower.from(index));
    const lowest = search(best.index);
    const coarseness = coarsenessOf(profiles, k, follower, height);
    const byPlane = profiles.planes.map(({ x, y, profiles: own }) => {
      const { chi2: values, index } = own[k];
      const plane: PlaneGrid = { x: axisValues(axes[x]), y: axisValues(axes[y]), values };
      // Bumps that come from the grid's coarseness make no basins.
      const found = basins(plane, Math.max(PROMINENCE, coarseness.excess));
      const deep = found.filter((cell) => values[cell] <= best.chi2 + height);
      const starts = deep.slice(0, MOST_BASINS).map((cell) => index[cell]);
      return distinct([lowest, ...starts.map(search)], axes);
    });
    return { combination, minima: distinct(byPlane.flat(), axes), byPlane, coarseness };
  });
}

/** The lowest of those that are one minimum, lowest first. */
function distinct(minima: readonly GridMinimum[], axes: readonly GridAxis[]): GridMinimum[] {
  const kept: GridMinimum[] = [];
  for (const one of [...minima].sort((a, b) => a.value - b.value)) {
    const meets = (other: GridMinimum) =>
      one.value - other.value < PROMINENCE &&
      axes.every(({ from, to, points }, axis) => {
        return Math.abs(one.point[axis] - other.point[axis]) < Math.abs(to - from) / (points - 1);
      });
    if (!kept.some(meets)) kept.push(one);
  }
  return kept;
}

function remember<T>(make: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

function noMinimum(combination: string): NumericalError {
  return new NumericalError(
    "no-minimum",
    `χ² of ${combination} is not finite anywhere on the grid, so that there is no minimum to measure Δχ² from. Check the ranges of the axes.`,
    { combination },
  );
}
