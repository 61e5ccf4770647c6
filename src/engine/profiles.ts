import { gridSize } from "./points.js";
import type { GridAxis } from "./sources.js";

/** χ² minimised over every axis but those shown. */
export interface Profile {
  /** Row-major over the axes shown; +Infinity where no point was counted, or none has a finite χ². */
  readonly chi2: Float64Array;
  /** Flat index of the minimum, the lowest among equals; +Infinity where no point was counted. */
  readonly index: Float64Array;
}

/** The lowest χ² of a combination, and the flat index where it lies. */
export interface BestPoint {
  readonly chi2: number;
  readonly index: number;
}

/** Profiles on the plane of two axes x < y (their places in the scan): [nx × ny], y fastest. */
export interface PlaneProfiles {
  readonly x: number;
  readonly y: number;
  /** By combination. */
  readonly profiles: readonly Profile[];
}

/** All that is kept of a grid, or of a part of it: its size depends on planes, never on points. */
export interface GridProfiles {
  /** Points that were reduced. */
  readonly points: number;
  /** By combination. */
  readonly best: readonly BestPoint[];
  /** [axis][combination]. */
  readonly lines: readonly (readonly Profile[])[];
  /** Every pair of axes, in the order (0, 1), (0, 2) … (1, 2) … */
  readonly planes: readonly PlaneProfiles[];
}

/** A part of a grid, reduced: the same shapes, cells without a point at +Infinity. */
export type TileReduction = GridProfiles;

/** Every pair x < y of `count` axes, in the order of {@link GridProfiles.planes}. */
export function axisPairs(count: number): readonly (readonly [number, number])[] {
  const axes = Array.from({ length: count }, (_, axis) => axis);
  return axes.flatMap((x) => axes.slice(x + 1).map((y) => [x, y] as const));
}

/** Profiles of no point at all: what merging starts from. */
export function emptyProfiles(axes: readonly GridAxis[], combinations: number): GridProfiles {
  const each = <T>(make: () => T): T[] => Array.from({ length: combinations }, make);
  const profiles = (shown: readonly GridAxis[]) => each(() => emptyProfile(gridSize(shown)));
  return {
    points: 0,
    best: each(() => ({ chi2: Number.POSITIVE_INFINITY, index: Number.POSITIVE_INFINITY })),
    lines: axes.map((axis) => profiles([axis])),
    planes: axisPairs(axes.length).map(([x, y]) => ({
      x,
      y,
      profiles: profiles([axes[x], axes[y]]),
    })),
  };
}

/** Cells of all profiles of a grid, those of one combination. */
export function profileCells(axes: readonly GridAxis[]): number {
  const shown = [
    ...axes.map((axis) => [axis]),
    ...axisPairs(axes.length).map(([x, y]) => [axes[x], axes[y]]),
  ];
  return shown.reduce((sum, each) => sum + gridSize(each), 0);
}

export function emptyProfile(cells: number): Profile {
  return {
    chi2: new Float64Array(cells).fill(Number.POSITIVE_INFINITY),
    index: new Float64Array(cells).fill(Number.POSITIVE_INFINITY),
  };
}

/**
 * The profiles of two disjoint parts of a grid together, written over the first one's. The order of
 * merging does not matter: the lower χ² wins, among equals the lower index.
 */
export function mergeProfiles(into: GridProfiles, other: GridProfiles): GridProfiles {
  into.lines.forEach((line, axis) => {
    line.forEach((profile, k) => {
      mergeProfile(profile, other.lines[axis][k]);
    });
  });
  into.planes.forEach(({ profiles }, plane) => {
    profiles.forEach((profile, k) => {
      mergeProfile(profile, other.planes[plane].profiles[k]);
    });
  });
  const best = into.best.map((one, k) => (isBelow(other.best[k], one) ? other.best[k] : one));
  return { ...into, best, points: into.points + other.points };
}

function isBelow(a: BestPoint, b: BestPoint): boolean {
  return a.chi2 < b.chi2 || (a.chi2 === b.chi2 && a.index < b.index);
}

function mergeProfile(into: Profile, other: Profile): void {
  for (let cell = 0; cell < into.chi2.length; cell++) {
    lower(into, cell, other.chi2[cell], other.index[cell]);
  }
}

/** Lowers a cell to a χ² found at `index`, if that is below what the cell has. */
export function lower({ chi2, index }: Profile, cell: number, value: number, at: number): void {
  if (!(value <= chi2[cell])) return;
  if (value === chi2[cell] && at >= index[cell]) return;
  chi2[cell] = value;
  index[cell] = at;
}

/** The line along one side of a plane: the minimum over the other side. */
export function lineOf(plane: Profile, rows: number, columns: number, along: "x" | "y"): Profile {
  const line = emptyProfile(along === "x" ? rows : columns);
  for (let i = 0, cell = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, cell++) {
      lower(line, along === "x" ? i : j, plane.chi2[cell], plane.index[cell]);
    }
  }
  return line;
}

/** The profile of a combination on a plane with x and y as they are asked for, in either order. */
export function planeProfile(
  { planes }: GridProfiles,
  axes: readonly GridAxis[],
  [x, y]: readonly [number, number],
  combination: number,
): Profile {
  const found = planes.find((plane) => plane.x === Math.min(x, y) && plane.y === Math.max(x, y));
  if (!found) throw new RangeError(`there is no plane of axes ${x} and ${y}`);
  const profile = found.profiles[combination];
  if (x < y) return profile;
  const [rows, columns] = [axes[x].points, axes[y].points];
  const turn = (values: Float64Array) =>
    values.map((_, cell) => values[(cell % columns) * rows + Math.floor(cell / columns)]);
  return { chi2: turn(profile.chi2), index: turn(profile.index) };
}
