import { edgeOf, type PlaneGrid } from "./plane.js";

/** An edge of the grid as the vertices on it, from a vertex to its neighbour along an axis. */
function edge({ y, refinement }: PlaneGrid, from: number, axis: 0 | 1): readonly number[] {
  const to = axis === 0 ? from + y.length : from + 1;
  const between = refinement?.splits.get(edgeOf(from, axis));
  return between ? [from, ...between, to] : [from, to];
}

/** The polygon of the cell at a vertex, anticlockwise, with what lies on its edges. */
function outline(plane: PlaneGrid, at: number): number[] {
  const columns = plane.y.length;
  const turned = (vertices: readonly number[]) => [...vertices].reverse();
  return [
    edge(plane, at, 0),
    edge(plane, at + columns, 1),
    turned(edge(plane, at + 1, 0)),
    turned(edge(plane, at, 1)),
  ].flatMap((side) => side.slice(0, -1));
}

/**
 * The polygons that the cell at a vertex consists of; none where they would be the bare cell of the
 * grid, of four vertices.
 */
export function polygonsAt(
  plane: PlaneGrid,
  at: number,
): readonly (readonly number[])[] | undefined {
  const { refinement } = plane;
  if (!refinement || refinement.touched[at] === 0) return undefined;
  return refinement.cells.get(at) ?? [outline(plane, at)];
}

/** The vertices of the frame in order, anticlockwise in (i, j), from the first one back to it. */
export function frameOf(plane: PlaneGrid): number[] {
  const [rows, columns] = [plane.x.length, plane.y.length];
  const side = (starts: readonly number[], axis: 0 | 1) =>
    starts.flatMap((from) => edge(plane, from, axis).slice(0, -1));
  const along = (count: number, from: number, step: number) =>
    Array.from({ length: count }, (_, k) => from + k * step);
  const back = (starts: readonly number[], axis: 0 | 1) =>
    [...starts].reverse().flatMap((from) => [...edge(plane, from, axis)].reverse().slice(0, -1));
  return [
    ...side(along(rows - 1, 0, columns), 0),
    ...side(along(columns - 1, (rows - 1) * columns, 1), 1),
    ...back(along(rows - 1, columns - 1, columns), 0),
    ...back(along(columns - 1, 0, 1), 1),
    0,
  ];
}
