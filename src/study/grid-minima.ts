import { basins } from "../contour/basins.js";
import type { PlaneGrid } from "../contour/plane.js";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import { NumericalError } from "../errors.js";
import type { Combination } from "../likelihood/description.js";
import { type Coarseness, coarsenessOf } from "./coarseness.js";
import { Follower, type GridMinimum } from "./follow.js";
import { naturalScale } from "./plane-starts.js";
import type { PreparedScan } from "./prepare.js";
import { requireLowest } from "./require-lowest.js";

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
    const starts = profiles.planes.map(({ x, y, profiles: own }) => {
      const { chi2: values, index } = own[k];
      const plane: PlaneGrid = { x: axisValues(axes[x]), y: axisValues(axes[y]), values };
      // Bumps that come from the grid's coarseness make no basins.
      const found = basins(plane, Math.max(PROMINENCE, coarseness.excess));
      const deep = found.filter((cell) => values[cell] <= best.chi2 + height);
      return deep.slice(0, MOST_BASINS).map((cell) => search(index[cell]));
    });
    const seen = distinct([lowest, ...starts.flat()], axes, follower);
    const further = fromImages(seen, follower, axes).filter(
      ({ value }) => value <= best.chi2 + height,
    );
    const minima = distinct([...seen, ...further], axes, follower);
    requireLowest(combination.name, minima[0].value, best.chi2);
    const byPlane = starts.map((own) =>
      distinct([minima[0], lowest, ...own, ...further], axes, follower),
    );
    return { combination, minima, byPlane, coarseness };
  });
}

/** Minima whose images are followed, the lowest ones, and images that are, the lowest ones too. */
const MOST_MINIMA = 6;
const MOST_IMAGES = 40;

/**
 * Minima that the images of those known lead to, and of the Standard Model: χ² depends on squares of
 * amplitudes only, so that minima between the grid's points have their charges from others.
 */
function fromImages(
  known: readonly GridMinimum[],
  follower: Follower,
  axes: readonly GridAxis[],
): GridMinimum[] {
  const near = nearness(axes);
  const images = [
    ...follower.images(),
    ...known.slice(0, MOST_MINIMA).flatMap(({ point }) => follower.images(point)),
  ].map((point) => ({ point, value: follower.value(point) }));
  const tried: (readonly number[])[] = known.map(({ point }) => point);
  return images
    .sort((a, b) => a.value - b.value)
    .filter(({ point }) => {
      const isNew = !tried.some((other) => near(point, other));
      if (isNew) tried.push(point);
      return isNew;
    })
    .slice(0, MOST_IMAGES)
    .map(({ point }) => follower.fromPoint(point));
}

/** Whether two points lie within a step of the grid, or within what χ² does where that is less. */
function nearness(axes: readonly GridAxis[]) {
  const natural = naturalScale(axes);
  const reach = axes.map(({ from, to, points }, i) =>
    Math.min(Math.abs(to - from) / (points - 1), natural[i]),
  );
  return (a: readonly number[], b: readonly number[]) =>
    a.every((value, i) => Math.abs(value - b[i]) < reach[i]);
}

/** Places looked at between two minima. */
const BETWEEN = 24;

/** The lowest of those that are one minimum, lowest first: near, or with no climb on the straight way. */
function distinct(
  minima: readonly GridMinimum[],
  axes: readonly GridAxis[],
  follower: Follower,
): GridMinimum[] {
  const near = nearness(axes);
  const kept: GridMinimum[] = [];
  for (const one of [...minima].sort((a, b) => a.value - b.value)) {
    const isLevel = (other: GridMinimum) =>
      Array.from({ length: BETWEEN }, (_, k) => (k + 1) / (BETWEEN + 1)).every((t) => {
        const place = one.point.map((value, i) => value + t * (other.point[i] - value));
        return follower.value(place) <= one.value + PROMINENCE;
      });
    const meets = (other: GridMinimum) =>
      (one.value - other.value < PROMINENCE && near(one.point, other.point)) || isLevel(other);
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
