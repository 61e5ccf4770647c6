/** A point of a plane in the coordinates of its axes. */
export type Point = readonly [x: number, y: number];

/**
 * Values (χ² or Δχ²) at the vertices of a rectilinear grid, [x.length × y.length] row-major: vertex
 * (i, j) has the flat index i · y.length + j. Axes are strictly monotonic, in either direction.
 * +∞ is legal and NaN counts as +∞: both lie above every level.
 */
export interface PlaneGrid {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export type Interval = readonly [low: number, high: number];

/** The rectangle a plane covers, in coordinates. */
export interface Rectangle {
  readonly x: Interval;
  readonly y: Interval;
}

function span(axis: ArrayLike<number>): Interval {
  const [first, last] = [axis[0], axis[axis.length - 1]];
  return first <= last ? [first, last] : [last, first];
}

export function rectangle(plane: PlaneGrid): Rectangle {
  return { x: span(plane.x), y: span(plane.y) };
}

/** Coordinates of the vertex with this flat index. */
export function vertex(plane: PlaneGrid, index: number): Point {
  const columns = plane.y.length;
  return [plane.x[Math.floor(index / columns)], plane.y[index % columns]];
}
