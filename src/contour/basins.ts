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
  const floor = Float64Array.from(values, (v) => (Number.isNaN(v) ? Number.POSITIVE_INFINITY : v));
  const raw = floor.slice();
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      const across = i > 0 && i + 1 < x.length ? columns : 0;
      const along = j > 0 && j + 1 < columns ? 1 : 0;
      const value = (di: number, dj: number) => raw[at + di * across + dj * along];
      const gx = (value(1, 0) - value(-1, 0)) / 2;
      const gy = (value(0, 1) - value(0, -1)) / 2;
      const hxx = value(1, 0) - 2 * raw[at] + value(-1, 0);
      const hyy = value(0, 1) - 2 * raw[at] + value(0, -1);
      const mixed = across && along ? value(1, 1) - value(1, -1) - value(-1, 1) + value(-1, -1) : 0;
      if (!Number.isFinite(gx + gy + hxx + hyy + mixed)) continue;
      const angle = Math.atan2(mixed / 2, hxx - hyy) / 2;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const split = Math.hypot(hxx - hyy, mixed / 2) / 2;
      for (const [curvature, slope] of [
        [(hxx + hyy) / 2 + split, cos * gx + sin * gy],
        [(hxx + hyy) / 2 - split, cos * gy - sin * gx],
      ]) {
        if (curvature > 0 && Math.abs(slope) <= REACH * curvature) {
          floor[at] -= slope ** 2 / (2 * curvature);
        }
      }
    }
  }
  return floor;
}

/** Flat indices of the up to eight neighbours of a vertex. */
function neighbours(index: number, rows: number, columns: number): number[] {
  const [i, j] = [Math.floor(index / columns), index % columns];
  const found: number[] = [];
  for (let p = Math.max(i - 1, 0); p <= Math.min(i + 1, rows - 1); p++) {
    for (let q = Math.max(j - 1, 0); q <= Math.min(j + 1, columns - 1); q++) {
      if (p !== i || q !== j) found.push(p * columns + q);
    }
  }
  return found;
}

/**
 * The deepest vertex of each basin, lowest first. A basin counts if one must climb by more than
 * `prominence` (in χ²) to leave it for a lower one: bumps along a flat valley do not make basins.
 */
export function basins(plane: PlaneGrid, prominence: number): number[] {
  const floor = floors(plane);
  const order = Uint32Array.from(floor.keys()).sort((a, b) => floor[a] - floor[b] || a - b);
  const sets = new DisjointSets(floor.length);
  // Deepest vertex of each set seen so far, by the set's root.
  const deepest = new Int32Array(floor.length).fill(-1);
  const kept: number[] = [];
  for (const at of order) {
    if (floor[at] === Number.POSITIVE_INFINITY) break;
    deepest[at] = at;
    for (const next of neighbours(at, plane.x.length, plane.y.length)) {
      const [here, there] = [deepest[sets.root(at)], deepest[sets.root(next)]];
      if (there === -1 || here === there) continue;
      const [lower, higher] = floor[there] < floor[here] ? [there, here] : [here, there];
      if (floor[at] - floor[higher] > prominence) kept.push(higher);
      sets.join(at, next);
      deepest[sets.root(at)] = lower;
    }
  }
  const roots = new Set(Array.from(order, (at) => deepest[sets.root(at)]));
  return [...kept, ...roots].filter((at) => at !== -1).sort((a, b) => floor[a] - floor[b]);
}
