import type { Bounds, Objective } from "./plane.js";

/** Places tried along a line, at least and at most, and their distance in units of the scale. */
const FEWEST = 8;
const MOST = 96;
const SPACING = 0.25;
/** Lowest places of a line that a path may go through, and the bends that it may have. */
const WAYS = 3;
const BENDS = 4;
/** Evaluations after which two points count as apart. */
const MOST_EVALUATIONS = 3000;
/** Halvings of the bracket about the lowest place of a line. */
const HALVINGS = 16;

type Place = readonly number[];
type Segment = readonly [Place, Place];

const between = ([from, to]: Segment, t: number): Place => from.map((x, i) => x + t * (to[i] - x));

/** Where along a segment the objective is looked at, as fractions of its length. */
function fractions([from, to]: Segment, scale: readonly number[]): number[] {
  const length = Math.hypot(...from.map((x, i) => (to[i] - x) / scale[i]));
  const count = Math.min(Math.max(Math.ceil(length / SPACING), FEWEST), MOST);
  return Array.from({ length: count + 1 }, (_, k) => k / count);
}

/** The line half-way between two places, across what joins them in units of the scale, in the box. */
function bisector([a, b]: Segment, { lower, upper }: Bounds, scale: readonly number[]): Segment {
  const middle = between([a, b], 0.5);
  const [dx, dy] = a.map((x, i) => (b[i] - x) / scale[i]);
  const across = [-dy * scale[0], dx * scale[1]];
  const reach = (sign: 1 | -1) =>
    Math.min(
      ...across.map((d, i) => {
        const room = (sign * d > 0 ? upper[i] : lower[i]) - middle[i];
        return d === 0 ? Number.POSITIVE_INFINITY : room / (sign * d);
      }),
    );
  const end = (sign: 1 | -1) => {
    const t = reach(sign);
    return middle.map((x, i) => (Number.isFinite(t) ? x + sign * t * across[i] : x));
  };
  return [end(-1), end(1)];
}

/** The lowest place of a segment between two fractions that bracket it. */
function lowestBetween(objective: Objective, line: Segment, from: number, to: number): Place {
  const value = (t: number) => objective(between(line, t));
  let [low, high] = [from, to];
  for (let k = 0; k < HALVINGS; k++) {
    const [p, q] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
    if (value(p) <= value(q)) high = q;
    else low = p;
  }
  return between(line, (low + high) / 2);
}

/**
 * Whether a path leads from one point of a plane to another on which the objective stays at or below
 * `height`: the straight one, or one bent towards the valleys that cross the line half-way. Every path
 * crosses that line; where all of it is higher, there is none.
 * @param scale distance over which the objective changes along each axis, [2]
 * @param bends times that the path may be bent; 0 for the straight one only
 */
export function isJoined(
  objective: Objective,
  ends: Segment,
  height: number,
  box: Bounds,
  scale: readonly number[],
  bends = BENDS,
): boolean {
  let left = MOST_EVALUATIONS;
  const value: Objective = (place) => {
    left--;
    return objective(place);
  };
  const joins = (parts: Segment, more: number): boolean => {
    if (fractions(parts, scale).every((t) => value(between(parts, t)) <= height)) return true;
    if (more === 0 || left <= 0) return false;
    const across = bisector(parts, box, scale);
    const places = fractions(across, scale);
    const values = places.map((t) => value(between(across, t)));
    const rises = (k: number, other: number) => !(values[k] > (values[other] ?? Infinity));
    return [...places.keys()]
      .filter((k) => rises(k, k - 1) && rises(k, k + 1))
      .map((k) => lowestBetween(value, across, places[k - 1] ?? 0, places[k + 1] ?? 1))
      .map((place) => ({ place, depth: value(place) }))
      .filter(({ depth }) => depth <= height)
      .sort((p, q) => p.depth - q.depth)
      .slice(0, WAYS)
      .some(({ place }) => parts.every((end) => joins([end, place], more - 1)));
  };
  return joins(ends, bends);
}
