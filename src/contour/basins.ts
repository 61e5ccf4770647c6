import { ascending } from "../numerics/ascending.js";
import { DisjointSets } from "./disjoint-sets.js";
import type { PlaneGrid } from "./plane.js";

/** Farthest that a valley's floor may lie from a vertex, in cells: half a cell's diagonal, and a bit. */
const REACH = 0.75;

/**
 * Each vertex's value, lowered to the floor of the valley it stands in: the minimum of its quadratic
 * model along the directions curved upwards, where that lies within {@link REACH}. A valley oblique
 * to the grid then is as flat as it is, without the false bumps between the vertices nearest to it.
 */
function floors({ x, y, values }: PlaneGrid): Float64Array {
  const columns = y.length;
  const raw = Float64Array.from(values, (v) => (Number.isNaN(v) ? Number.POSITIVE_INFINITY : v));
  const floor = raw.slice();
  for (let i = 0, at = 0; i < x.length; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const across = i > 0 && i + 1 < x.length ? columns : 0;
      const along = j > 0 && j + 1 < columns ? 1 : 0;
      const [left, right, below, above] = [
        raw[at - across],
        raw[at + across],
        raw[at - along],
        raw[at + along],
      ];
      const hxx = right - 2 * raw[at] + left;
      const hyy = above - 2 * raw[at] + below;
      const mixed =
        across && along
          ? raw[at + across + along] -
            raw[at + across - along] -
            raw[at - across + along] +
            raw[at - across - along]
          : 0;
      const [gx, gy] = [(right - left) / 2, (above - below) / 2];
      if (!Number.isFinite(gx + gy + hxx + hyy + mixed)) continue;
      const angle = Math.atan2(mixed / 2, hxx - hyy) / 2;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const split = Math.hypot(hxx - hyy, mixed / 2) / 2;
      const mean = (hxx + hyy) / 2;
      floor[at] -= descent(mean + split, cos * gx + sin * gy);
      floor[at] -= descent(mean - split, cos * gy - sin * gx);
    }
  }
  return floor;
}

/** From a vertex to the minimum along one direction, if that is near. */
function descent(curvature: number, slope: number): number {
  return curvature > 0 && Math.abs(slope) <= REACH * curvature ? slope ** 2 / (2 * curvature) : 0;
}

/**
 * The deepest vertex of each basin, lowest first. A basin counts if one must climb by more than
 * `prominence` (in χ²) to leave it for a lower one: bumps along a flat valley do not make basins.
 */
export function basins(plane: PlaneGrid, prominence: number): number[] {
  const floor = floors(plane);
  const [rows, columns] = [plane.x.length, plane.y.length];
  const order = ascending(floor);
  const sets = new DisjointSets(floor.length);
  // Deepest vertex of each set seen so far, by the set's root.
  const deepest = new Int32Array(floor.length).fill(-1);
  const kept: number[] = [];
  for (const at of order) {
    if (floor[at] === Number.POSITIVE_INFINITY) break;
    deepest[at] = at;
    const [i, j] = [Math.floor(at / columns), at % columns];
    for (let p = Math.max(i - 1, 0); p <= Math.min(i + 1, rows - 1); p++) {
      for (let q = Math.max(j - 1, 0); q <= Math.min(j + 1, columns - 1); q++) {
        const next = p * columns + q;
        // Not risen to yet, or itself.
        if (deepest[next] === -1 || next === at) continue;
        const [mine, other] = [sets.root(at), sets.root(next)];
        if (mine === other) continue;
        const [here, there] = [deepest[mine], deepest[other]];
        const [lower, higher] = floor[there] < floor[here] ? [there, here] : [here, there];
        if (floor[at] - floor[higher] > prominence) kept.push(higher);
        sets.join(mine, other);
        deepest[Math.min(mine, other)] = lower;
      }
    }
  }
  for (const at of order) if (sets.root(at) === at && deepest[at] !== -1) kept.push(deepest[at]);
  return kept.sort((a, b) => floor[a] - floor[b] || a - b);
}
