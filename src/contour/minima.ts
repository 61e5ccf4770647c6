import { minimise } from "../numerics/minimise.js";
import { basins } from "./basins.js";
import {
  type Bounds,
  type Objective,
  type PlaneGrid,
  type Point,
  rectangle,
  vertex,
} from "./plane.js";

import { isJoined } from "./same-basin.js";

export interface PlaneMinimum {
  readonly point: Point;
  readonly value: number;
}

type Place = readonly number[];

interface Polished {
  readonly point: readonly number[];
  readonly value: number;
}

export interface LocalMinimum extends PlaneMinimum {
  readonly deltaChi2: number;
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
 * Where else a search may start, given the minima found so far, at first and again in further rounds;
 * places beyond the box are moved in.
 */
export type FurtherStarts = (minima: readonly PlaneMinimum[], round: number) => readonly Point[];

export interface LocalMinimaOptions {
  /** Climb in χ² that separates two minima (default 0.05). */
  readonly prominence?: number;
  /** χ² that deltaChi2 is measured from (default: the lowest minimum). */
  readonly reference?: number;
  /** Distance over which χ² changes along each axis, [2], where that is known; default: the grid's step. */
  readonly scale?: readonly number[];
  /**
   * A cheap estimate of the objective around a point, right wherever the objective is about as low as
   * there: what it shows to be high is not evaluated. Default: none.
   */
  readonly estimate?: (point: Point) => Objective;
  /** Starts off the grid, asked for again as long as they lead to further minima. */
  readonly starts?: FurtherStarts;
}

/** Starts nearer to each other than this fraction of the scale are the same. */
const SAME_START = 1e-2;
/** Times that starts are asked for. */
const ROUNDS = 4;

/**
 * All local minima of the objective within the plane's rectangle, lowest first: the basins of the
 * grid and the further starts, each polished off the grid; of those between which one need not climb,
 * the lowest. None is above the lowest vertex. A basin narrower than a cell is seen only from a start.
 */
export function localMinima(
  plane: PlaneGrid,
  objective: Objective,
  options: LocalMinimaOptions = {},
): LocalMinimum[] {
  const prominence = options.prominence ?? PROMINENCE;
  const { x, y } = rectangle(plane);
  const box = { lower: [x[0], y[0]], upper: [x[1], y[1]] };
  // An axis of one value has no steps: any scale will do.
  const step = [
    (x[1] - x[0]) / (plane.x.length - 1) || 1,
    (y[1] - y[0]) / (plane.y.length - 1) || 1,
  ];
  const scale = step.map((width, axis) => Math.min(width, options.scale?.[axis] ?? width));
  const tried: Point[] = [];
  let minima: PlaneMinimum[] = [];
  /** Whether a start is at the bottom of a basin that is known. */
  const stands = (at: Place, known: PlaneMinimum): boolean => {
    const height = known.value + prominence;
    return objective(at) <= height && isJoined(objective, [at, known.point], height, box, scale, 0);
  };
  const follow = (at: Place | undefined): void => {
    if (at === undefined) return;
    const { point, value } = polish(objective, at, box, scale);
    if (Number.isFinite(value)) minima.push({ point: [point[0], point[1]], value });
  };
  const search = (starts: readonly Point[], isFurther: boolean): number => {
    const before = minima.length;
    for (const start of starts) {
      const at = start.map((v, i) => Math.min(Math.max(v, box.lower[i]), box.upper[i]));
      const same = (other: Point) =>
        at.every((v, i) => Math.abs(v - other[i]) <= SAME_START * scale[i]);
      if (tried.some(same)) continue;
      tried.push([at[0], at[1]]);
      if (minima.some((known) => stands(at, known))) continue;
      follow(isFurther ? alongFrame(objective, at, box, scale) : at);
    }
    minima.sort((a, b) => byDepth(a, b, step));
    minima = apart(minima, objective, prominence, box, scale, step, options.estimate);
    return minima.length - before;
  };
  const lowest = gridMinimum(plane);
  if (!Number.isFinite(lowest.value)) return [];
  search([...basins(plane, prominence).map((at) => vertex(plane, at)), lowest.point], false);
  if (options.starts) {
    for (let round = 0; round < ROUNDS; round++) {
      if (search(options.starts(minima, round), true) <= 0 && round > 0) break;
    }
  }
  const reference = options.reference ?? minima[0].value;
  return minima.map((minimum) => ({ ...minimum, deltaChi2: minimum.value - reference }));
}

/** Step off the frame, in units of the scale, that tells whether χ² falls inwards. */
const INWARDS = 1e-3;

/**
 * The start itself, or for one on the frame the minimum along its side; none where χ² falls from there
 * into the plane, so that it leads to no minimum on the frame.
 */
function alongFrame(
  objective: Objective,
  start: Place,
  { lower, upper }: Bounds,
  scale: readonly number[],
): Place | undefined {
  const held = start.findIndex((v, i) => lower[i] < upper[i] && (v === lower[i] || v === upper[i]));
  if (held === -1) return start;
  const side = start[held];
  const fixed = (limits: readonly number[]) => limits.map((v, i) => (i === held ? side : v));
  const box = { lower: fixed(lower), upper: fixed(upper) };
  const { point, value } = polish(objective, start, box, scale);
  const step = (side === lower[held] ? 1 : -1) * INWARDS * scale[held];
  const inside = point.map((v, i) => (i === held ? side + step : v));
  return objective(inside) < value ? undefined : point;
}

/** Above the lowest minimum: higher ones concern no level, and are told apart by their distance. */
const OF_INTEREST = 50;

/** Estimates so far above a height, in χ², are not doubted. */
const FAR_ABOVE = 5;

/** Of those that a climb of no more than `prominence` leads between, the lowest. */
function apart(
  sorted: readonly PlaneMinimum[],
  objective: Objective,
  prominence: number,
  box: Bounds,
  scale: readonly number[],
  step: readonly number[],
  estimate: LocalMinimaOptions["estimate"],
): PlaneMinimum[] {
  const kept: PlaneMinimum[] = [];
  for (const one of sorted) {
    const height = one.value + prominence;
    const about = kept.length > 0 ? estimate?.(one.point) : undefined;
    const screened: Objective = (place) => {
      const guess = about?.(place) ?? Number.NEGATIVE_INFINITY;
      return guess > height + FAR_ABOVE ? guess : objective(place);
    };
    const isNear = ({ point }: PlaneMinimum) =>
      point.every((v, axis) => Math.abs(v - one.point[axis]) < step[axis]);
    const joins = (other: PlaneMinimum) =>
      isJoined(screened, [one.point, other.point], height, box, scale);
    const matters = one.value < sorted[0].value + OF_INTEREST;
    if (!kept.some(matters ? joins : isNear)) kept.push(one);
  }
  return kept;
}
