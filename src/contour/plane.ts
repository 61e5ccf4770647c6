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
  /** Cells that are cut into smaller ones, if any. */
  readonly refinement?: Refinement;
}

/**
 * Further vertices of a plane and the cells that they make. A vertex has an index: those of the grid
 * their flat index, further ones follow.
 */
export interface Refinement {
  /** Of the further vertices, in the order of their indices. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly values: readonly number[];
  /** What a grid cell, by its first vertex, is cut into: polygons of vertices, anticlockwise in (i, j). */
  readonly cells: ReadonlyMap<number, readonly (readonly number[])[]>;
  /** By grid cell, by its first vertex: 1 where it is cut, or an edge of it is, else 0. */
  readonly touched: Uint8Array;
  /** Further vertices on edges of the grid, in the order of the axis, by {@link edgeOf}. */
  readonly splits: ReadonlyMap<number, readonly number[]>;
}

/** Key of the edge of the grid from a vertex to the next one along x (0) or y (1). */
export const edgeOf = (vertexIndex: number, axis: 0 | 1): number => 2 * vertexIndex + axis;

/** χ² at a point of the plane, in float64, with all else (nuisances, further axes) profiled. */
export type Objective = (point: readonly number[]) => number;

export interface Bounds {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
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

/** Coordinates of the vertex with this index. */
export function vertex(plane: PlaneGrid, index: number): Point {
  const columns = plane.y.length;
  const further = index - plane.x.length * columns;
  const { refinement } = plane;
  if (refinement && further >= 0) return [refinement.x[further], refinement.y[further]];
  return [plane.x[Math.floor(index / columns)], plane.y[index % columns]];
}

/** Value at the vertex with this index; NaN counts as it does everywhere. */
export function valueAt({ values, refinement }: PlaneGrid, index: number): number {
  return index < values.length || !refinement
    ? values[index]
    : refinement.values[index - values.length];
}

/** Number of vertices, further ones included. */
export function vertexCount({ values, refinement }: PlaneGrid): number {
  return values.length + (refinement?.x.length ?? 0);
}
