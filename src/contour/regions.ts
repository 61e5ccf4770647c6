import { polygonsAt } from "./cells.js";
import { DisjointSets } from "./disjoint-sets.js";
import { doubleArea, regionRings } from "./isolines.js";
import { polygonJoins, saddleJoins } from "./marching.js";
import {
  edgeOf,
  type Interval,
  type PlaneGrid,
  type Point,
  type Rectangle,
  rectangle,
  valueAt,
  vertex,
  vertexCount,
} from "./plane.js";

/** One connected part of {value ≤ level}; `x` and `y` are its extent. */
export interface Region extends Rectangle {
  /** In units of x times y, holes taken out: exact for the rings of the region. */
  readonly area: number;
  /** Whether it reaches the plane's frame, so that it may go on beyond. */
  readonly touchesFrame: boolean;
  /** Its lowest vertex. */
  readonly minimum: { readonly point: Point; readonly value: number };
}

/** Joins the vertices of a polygon that are inside: next to each other, or across it. */
function connectPolygon(
  plane: PlaneGrid,
  level: number,
  polygon: readonly number[],
  sets: DisjointSets,
): void {
  const values = polygon.map((index) => valueAt(plane, index) - level);
  const inside = [...polygon.keys()].filter((k) => values[k] <= 0);
  const across = inside.length > 1 && polygonJoins(values);
  inside.forEach((k, place) => {
    const next = (k + 1) % polygon.length;
    if (values[next] <= 0) sets.join(polygon[k], polygon[next]);
    if (across && place > 0) sets.join(polygon[inside[place - 1]], polygon[k]);
  });
}

/** Vertices inside, joined along grid edges and across the saddle cells that connect. */
function connect(plane: PlaneGrid, level: number): DisjointSets {
  const { x, y, values, refinement } = plane;
  const columns = y.length;
  const sets = new DisjointSets(vertexCount(plane));
  const isSplit = (at: number, axis: 0 | 1) => refinement?.splits.has(edgeOf(at, axis)) ?? false;
  const inside = (index: number) => values[index] <= level;
  const joinSaddle = (p: number, q: number, r: number, s: number): void => {
    if (!inside(p) || !inside(r) || inside(q) || inside(s)) return;
    const relative = (index: number) => values[index] - level;
    if (saddleJoins(relative(p), relative(q), relative(r), relative(s))) sets.join(p, r);
  };
  for (let i = 0, at = 0; i < x.length; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const isInside = inside(at);
      const [hasRight, hasAbove] = [i + 1 < x.length, j + 1 < columns];
      if (isInside && hasRight && inside(at + columns) && !isSplit(at, 0)) {
        sets.join(at, at + columns);
      }
      if (isInside && hasAbove && inside(at + 1) && !isSplit(at, 1)) sets.join(at, at + 1);
      if (!(hasRight && hasAbove)) continue;
      const polygons = refinement && polygonsAt(plane, at);
      if (polygons) {
        for (const polygon of polygons) connectPolygon(plane, level, polygon, sets);
      } else if (isInside) {
        joinSaddle(at, at + columns, at + columns + 1, at + 1);
      } else {
        joinSaddle(at + columns, at + columns + 1, at + 1, at);
      }
    }
  }
  return sets;
}

function hull(a: Interval | undefined, value: number): Interval {
  if (!a) return [value, value];
  if (value < a[0]) return [value, a[1]];
  return value > a[1] ? [a[0], value] : a;
}

interface Draft {
  x?: Interval;
  y?: Interval;
  area: number;
  touchesFrame: boolean;
  lowest: number;
}

/**
 * The connected parts of {value ≤ level}, deepest first. A region is seen if a vertex of the grid
 * lies in it: a smaller speck between vertices needs a finer grid.
 */
export function regions(plane: PlaneGrid, level: number): Region[] {
  const { x: across, y: along } = rectangle(plane);
  const sets = connect(plane, level);
  const drafts = new Map<number, Draft>();
  const extend = (draft: Draft, [px, py]: Point) => {
    draft.x = hull(draft.x, px);
    draft.y = hull(draft.y, py);
  };
  for (let index = 0; index < vertexCount(plane); index++) {
    const value = valueAt(plane, index);
    if (!(value <= level)) continue;
    const root = sets.root(index);
    const draft = drafts.get(root) ?? { area: 0, touchesFrame: false, lowest: index };
    drafts.set(root, draft);
    const point = vertex(plane, index);
    draft.touchesFrame ||= across.includes(point[0]) || along.includes(point[1]);
    if (value < valueAt(plane, draft.lowest)) draft.lowest = index;
    extend(draft, point);
  }
  for (const ring of regionRings(plane, level)) {
    const draft = drafts.get(sets.root(ring.seed)) as Draft;
    draft.area += doubleArea(ring.points) / 2;
    for (const point of ring.points) extend(draft, point);
  }
  return [...drafts.values()]
    .map((draft) => ({
      x: draft.x as Interval,
      y: draft.y as Interval,
      area: draft.area,
      touchesFrame: draft.touchesFrame,
      minimum: { point: vertex(plane, draft.lowest), value: valueAt(plane, draft.lowest) },
    }))
    .sort((a, b) => a.minimum.value - b.minimum.value);
}
