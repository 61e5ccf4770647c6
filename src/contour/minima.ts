import { minimise } from "../numerics/minimise.js";
import { basins } from "./basins.js";
import { type PlaneGrid, type Point, rectangle, vertex } from "./plane.js";

/** χ² at a point of the plane, in float64, with all else (nuisances, further axes) profiled. */
export type Objective = (point: readonly number[]) => number;

export interface PlaneMinimum {
  readonly point: Point;
  readonly value: number;
}

interface Polished {
  readonly point: readonly number[];
  readonly value: number;
}

export interface LocalMinimum extends PlaneMinimum {
  readonly deltaChi2: number;
}

export interface Bounds {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Longest step of a polish, in grid steps: further, and it could leave its basin. */
const LONGEST_STEP = 2;

/** Prominence that makes a local minimum: well above the noise of a float32 grid, below any claim. */
const PROMINENCE = 0.05;

/** χ² below which two depths are the same: that of exact degeneracies, whose order rounding would toss. */
const SAME_DEPTH = 1e-6;

/** Lowest first, equal depths by position, to the grid step. */
function byDepth(a: Polished, b: Polished, step: readonly number[]): number {
  const key = ({ point, value }: Polished) => [
    Math.round(value / SAME_DEPTH),
    ...point.map((coordinate, axis) => Math.round(coordinate / step[axis])),
  ];
  const [first, second] = [key(a), key(b)];
  const differing = first.findIndex((part, k) => part !== second[k]);
  return differing === -1 ? 0 : first[differing] - second[differing];
}

/** The lowest vertex; the first one among equals. */
export function gridMinimum(plane: PlaneGrid): PlaneMinimum {
  let lowest = 0;
  for (let at = 1; at < plane.values.length; at++) {
    if (plane.values[at] < plane.values[lowest] || Number.isNaN(plane.values[lowest])) lowest = at;
  }
  return { point: vertex(plane, lowest), value: plane.values[lowest] };
}

/**
 * Follows the objective down from `start` to a local minimum within the box, off the grid.
 * @param step grid step along each axis, [n]
 */
export function polish(
  objective: Objective,
  start: readonly number[],
  box: Bounds,
  step: readonly number[],
): Polished {
  const { point, value } = minimise((p) => objective(Array.from(p)), start, {
    ...box,
    scale: step,
    longestStep: LONGEST_STEP,
  });
  return { point: Array.from(point), value };
}

/**
 * All local minima of the objective within the plane's rectangle, lowest first: the basins of the
 * grid, each polished off the grid, those that meet counted once. A basin narrower than a cell is
 * not seen.
 * @param options.prominence climb in χ² that separates two minima (default 0.05)
 * @param options.reference χ² that deltaChi2 is measured from (default: the lowest minimum)
 */
export function localMinima(
  plane: PlaneGrid,
  objective: Objective,
  options: { readonly prominence?: number; readonly reference?: number } = {},
): LocalMinimum[] {
  const prominence = options.prominence ?? PROMINENCE;
  const { x, y } = rectangle(plane);
  const box = { lower: [x[0], y[0]], upper: [x[1], y[1]] };
  // An axis of one value has no steps: any scale will do.
  const step = [
    (x[1] - x[0]) / (plane.x.length - 1) || 1,
    (y[1] - y[0]) / (plane.y.length - 1) || 1,
  ];
  const polished = basins(plane, prominence)
    .map((at) => polish(objective, vertex(plane, at), box, step))
    .sort((a, b) => byDepth(a, b, step));
  const distinct: PlaneMinimum[] = [];
  for (const { point, value } of polished) {
    const meets = (other: PlaneMinimum) =>
      value - other.value < prominence &&
      point.every((coordinate, axis) => Math.abs(coordinate - other.point[axis]) < step[axis]);
    if (!distinct.some(meets)) distinct.push({ point: [point[0], point[1]], value });
  }
  const reference = options.reference ?? distinct[0]?.value;
  return distinct.map((minimum) => ({ ...minimum, deltaChi2: minimum.value - reference }));
}
