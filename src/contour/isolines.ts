import { type Crossing, chains } from "./marching.js";
import type { PlaneGrid, Point } from "./plane.js";

export interface Polyline {
  readonly points: readonly Point[];
  /** A closed line repeats its first point at the end; an open one ends on the frame. */
  readonly closed: boolean;
}

/** A closed line around {value ≤ level} or around a hole in it; its first point is repeated. */
export interface Ring {
  readonly points: readonly Point[];
  readonly hole: boolean;
  /** Index of a vertex of the plane inside the region that the ring bounds. */
  readonly seed: number;
}

/** Drops consecutive repetitions, which crossings exactly at a vertex leave. */
function distinct(crossings: readonly Crossing[], closed: boolean, turn: boolean): Point[] {
  const points = crossings.map((crossing) => crossing.point);
  if (closed) points.push(points[0]);
  if (turn) points.reverse();
  return points.filter(([x, y], k) => k === 0 || x !== points[k - 1][0] || y !== points[k - 1][1]);
}

/** Whether the axes form a left-handed frame, in which marching squares runs clockwise. */
function leftHanded({ x, y }: PlaneGrid): boolean {
  return x[0] < x[x.length - 1] !== y[0] < y[y.length - 1];
}

/**
 * Lines of value = level in the plane's coordinates, exact for a field linear along grid edges. Lines
 * are as long as they can be, and {value ≤ level} lies on their left (x to the right, y upwards).
 */
export function isolines(plane: PlaneGrid, level: number): Polyline[] {
  const turn = leftHanded(plane);
  return chains(plane, level)
    .map(({ crossings, closed }) => ({ points: distinct(crossings, closed, turn), closed }))
    .filter(({ points }) => points.length > 1);
}

/** Twice the area to the left of a closed ring (shoelace), taken about its first point. */
export function doubleArea(points: readonly Point[]): number {
  const [x0, y0] = points[0];
  let sum = 0;
  for (let k = 1; k < points.length; k++) {
    const [[xa, ya], [xb, yb]] = [points[k - 1], points[k]];
    sum += (xa - x0) * (yb - y0) - (xb - x0) * (ya - y0);
  }
  return sum;
}

/**
 * Closed rings of {value ≤ level}, running along the frame where the region touches it: outer rings
 * anticlockwise, holes clockwise (x to the right, y upwards); filled even-odd they are the region.
 */
export function regionRings(plane: PlaneGrid, level: number): Ring[] {
  const turn = leftHanded(plane);
  return chains(plane, level, true)
    .map(({ crossings }) => {
      const points = distinct(crossings, true, turn);
      return { points, hole: doubleArea(points) < 0, seed: crossings[0].inside };
    })
    .filter(({ points }) => doubleArea(points) !== 0);
}
