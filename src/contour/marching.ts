import { frameOf, polygonsAt } from "./cells.js";
import { type PlaneGrid, type Point, valueAt, vertex, vertexCount } from "./plane.js";

/**
 * Marching squares, and polygons where cells are cut. A vertex is inside where value ≤ level; the
 * boundary crosses each edge with one end inside, at the linear interpolant's level. Within a cell the
 * crossings are joined so that the inside lies on the left (seen with i to the right, j upwards); a
 * saddle cell, with two opposite corners inside, is resolved as its bilinear interpolant would be (the
 * asymptotic decider of Nielson and Hamann, Proc. IEEE Visualization 1991, p. 83), a polygon crossed
 * more than twice by the mean of its vertices.
 */
export interface Crossing {
  readonly point: Point;
  /** Index of the edge's vertex inside the region. */
  readonly inside: number;
}

/** Crossings in order; closed chains do not repeat their first. */
export interface Chain {
  readonly crossings: readonly Crossing[];
  readonly closed: boolean;
}

/** Whether the inside corners a and c of a saddle cell join; all values are relative to the level. */
export function saddleJoins(a: number, b: number, c: number, d: number): boolean {
  return a * c >= b * d;
}

/** Whether the parts of a polygon that are inside join in it; values are relative to the level. */
export function polygonJoins(values: readonly number[]): boolean {
  if (values.length === 4) {
    const first = values[0] <= 0 ? 0 : 1;
    const [a, b, c, d] = [0, 1, 2, 3].map((m) => values[(first + m) % 4]);
    return saddleJoins(a, b, c, d);
  }
  return values.reduce((sum, value) => sum + value, 0) <= 0;
}

/** Follow-up edge of every crossed edge, by the two vertices of the edge as one number. */
class Segments {
  readonly next = new Map<number, number>();
  readonly #size: number;

  /** Vertices of the rim come behind all others. */
  constructor(
    readonly plane: PlaneGrid,
    readonly level: number,
  ) {
    this.#size = 2 * vertexCount(plane);
  }

  /** +∞ on the rim. */
  value(index: number): number {
    const own = index < this.#size / 2;
    return own ? valueAt(this.plane, index) : Number.POSITIVE_INFINITY;
  }

  rim(index: number): number {
    return index + this.#size / 2;
  }

  place(index: number): Point {
    return vertex(this.plane, index % (this.#size / 2));
  }

  ends(edge: number): readonly [number, number] {
    return [Math.floor(edge / this.#size), edge % this.#size];
  }

  add(polygon: readonly number[]): void {
    const { level } = this;
    const values = polygon.map((v) => this.value(v) - level);
    const inside = values.map((value) => value <= 0);
    const n = polygon.length;
    const edge = (k: number) => {
      const [a, b] = [polygon[k], polygon[(k + 1) % n]];
      return Math.min(a, b) * this.#size + Math.max(a, b);
    };
    const leaving: number[] = [];
    for (let k = 0; k < n; k++) if (inside[k] && !inside[(k + 1) % n]) leaving.push(k);
    if (leaving.length === 0) return;
    const joins = leaving.length > 1 && polygonJoins(values);
    for (const k of leaving) {
      // Around what is outside next to it where the inside joins, around what is inside where not.
      let end = k;
      if (joins)
        do end = (end + 1) % n;
        while (!(!inside[end] && inside[(end + 1) % n]));
      else
        do end = (end + n - 1) % n;
        while (!(!inside[end] && inside[(end + 1) % n]));
      this.next.set(edge(k), edge(end));
    }
  }

  crossing(edge: number): Crossing {
    const { level } = this;
    const [first, second] = this.ends(edge);
    const [inside, outside] = this.value(first) <= level ? [first, second] : [second, first];
    const [low, high] = [this.value(inside), this.value(outside)];
    const [from, to] = [this.place(inside), this.place(outside)];
    // Towards +∞ (or NaN) the level is reached at once: the crossing is the inside vertex itself.
    const rise = high - low;
    const t = rise < Number.POSITIVE_INFINITY ? (level - low) / rise : 0;
    const along = (axis: 0 | 1) =>
      from[axis] === to[axis] ? from[axis] : from[axis] + t * (to[axis] - from[axis]);
    return { point: [along(0), along(1)], inside };
  }
}

function segments(plane: PlaneGrid, level: number, isClosed: boolean): Segments {
  const { x, y, values } = plane;
  const columns = y.length;
  const found = new Segments(plane, level);
  for (let i = 0; i + 1 < x.length; i++) {
    for (let j = 0; j + 1 < columns; j++) {
      const at = i * columns + j;
      const polygons = polygonsAt(plane, at);
      if (polygons) {
        for (const polygon of polygons) found.add(polygon);
        continue;
      }
      const first = values[at] <= level;
      const crossed =
        values[at + 1] <= level !== first ||
        values[at + columns] <= level !== first ||
        values[at + columns + 1] <= level !== first;
      if (crossed) found.add([at, at + columns, at + columns + 1, at + 1]);
    }
  }
  if (!isClosed) return found;
  // A rim of zero width at +∞ closes every line along the frame.
  const frame = frameOf(plane);
  for (let k = 0; k + 1 < frame.length; k++) {
    const [a, b] = [frame[k], frame[k + 1]];
    found.add([b, a, found.rim(a), found.rim(b)]);
  }
  return found;
}

/**
 * Maximal chains of the boundary of {value ≤ level}: open ones run from frame to frame, and there are
 * none with `isClosed`, which closes them along the frame.
 */
export function chains(plane: PlaneGrid, level: number, isClosed = false): Chain[] {
  const all = segments(plane, level, isClosed);
  const { next } = all;
  const found: Chain[] = [];
  const follow = (first: number) => {
    const crossings: Crossing[] = [];
    let edge: number | undefined = first;
    do {
      crossings.push(all.crossing(edge));
      const following = next.get(edge);
      next.delete(edge);
      edge = following;
    } while (edge !== undefined && edge !== first);
    found.push({ crossings, closed: edge === first });
  };
  const reached = new Set(next.values());
  for (const edge of [...next.keys()].filter((key) => !reached.has(key))) follow(edge);
  for (const edge of next.keys()) follow(edge);
  return found;
}
