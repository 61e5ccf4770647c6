import type { PlaneGrid, Point } from "./plane.js";

/**
 * Marching squares. A vertex is inside where value ≤ level; the boundary crosses each grid edge with
 * one end inside, at the linear interpolant's level. Within a cell the crossings are joined so that
 * the inside lies on the left (seen with i to the right, j upwards); a saddle cell, with two opposite
 * corners inside, is resolved as its bilinear interpolant would be (the asymptotic decider of
 * Nielson and Hamann, Proc. IEEE Visualization 1991, p. 83).
 *
 * Edge ids: 2 (i ny + j) from vertex (i, j) to (i + 1, j), and 2 (i ny + j) + 1 from (i, j) to (i, j + 1).
 */
export interface Crossing {
  readonly point: Point;
  /** Flat index of the edge's vertex inside the region. */
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

/** Follow-up edge of every crossed edge: each cell contributes one segment, a saddle two. */
function segments({ x, y, values }: PlaneGrid, level: number): Map<number, number> {
  const columns = y.length;
  const next = new Map<number, number>();
  for (let i = 0; i + 1 < x.length; i++) {
    for (let j = 0; j + 1 < columns; j++) {
      const at = i * columns + j;
      const first = values[at] <= level;
      if (
        values[at + 1] <= level === first &&
        values[at + columns] <= level === first &&
        values[at + columns + 1] <= level === first
      ) {
        continue;
      }
      // Corners anticlockwise, edge k between corners k and k + 1.
      const corners = [at, at + columns, at + columns + 1, at + 1].map((v) => values[v] - level);
      const inside = corners.map((value) => value <= 0);
      const edges = [2 * at, 2 * (at + columns) + 1, 2 * (at + 1), 2 * at + 1];
      const leaves = (k: number) => inside[k] && !inside[(k + 1) % 4];
      const enters = (k: number) => !inside[k] && inside[(k + 1) % 4];
      const saddle = inside[0] === inside[2] && inside[1] === inside[3];
      for (let k = 0; k < 4; k++) {
        if (!leaves(k)) continue;
        let end = [0, 1, 2, 3].findIndex(enters);
        if (saddle) {
          const [a, b, c, d] = [0, 1, 2, 3].map((m) => corners[(k + m) % 4]);
          end = (saddleJoins(a, b, c, d) ? k + 1 : k + 3) % 4;
        }
        next.set(edges[k], edges[end]);
      }
    }
  }
  return next;
}

function crossing({ x, y, values }: PlaneGrid, level: number, edge: number): Crossing {
  const columns = y.length;
  const start = edge >> 1;
  const end = edge % 2 === 0 ? start + columns : start + 1;
  const [inside, outside] = values[start] <= level ? [start, end] : [end, start];
  // Towards +∞ (or NaN) the level is reached at once: the crossing is the inside vertex itself.
  const rise = values[outside] - values[inside];
  const t = rise < Number.POSITIVE_INFINITY ? (level - values[inside]) / rise : 0;
  const along = (axis: ArrayLike<number>, from: number, to: number) =>
    from === to ? axis[from] : axis[from] + t * (axis[to] - axis[from]);
  return {
    point: [
      along(x, Math.floor(inside / columns), Math.floor(outside / columns)),
      along(y, inside % columns, outside % columns),
    ],
    inside,
  };
}

/** Maximal chains of the boundary of {value ≤ level}: open ones run from frame to frame. */
export function chains(plane: PlaneGrid, level: number): Chain[] {
  const next = segments(plane, level);
  const found: Chain[] = [];
  const follow = (first: number) => {
    const crossings: Crossing[] = [];
    let edge: number | undefined = first;
    do {
      crossings.push(crossing(plane, level, edge));
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
