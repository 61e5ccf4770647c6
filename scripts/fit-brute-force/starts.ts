import { lineValues } from "./line.js";
import type { Search } from "./search.js";
import type { Found } from "./simplex.js";

/** The best of the last coordinate for every node of a grid of the others, best first. */
export function gridStarts(search: Search, moving: readonly number[], held: Float64Array): Found[] {
  const { box, indices, nuclei, whole } = search.objective;
  const [inner, ...outer] = [...moving].reverse();
  const found: Found[] = [];
  const visit = (depth: number, point: Float64Array) => {
    if (depth === outer.length) {
      found.push(search.line(inner, { point, value: Number.POSITIVE_INFINITY }));
      return;
    }
    const k = outer[depth];
    const values = lineValues(whole(point).slice(), indices[k], box[k], nuclei, outer.length === 1);
    const [lower, upper] = box[k];
    const closest = (upper - lower) / 400;
    let last = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      if (value - last < closest) continue;
      last = value;
      const moved = point.slice();
      moved[k] = value;
      visit(depth + 1, moved);
    }
  };
  visit(0, held.slice());
  return found;
}

/** A random point: over the whole box, or near where charges are those of the Standard Model. */
export function randomStart(
  search: Search,
  moving: readonly number[],
  held: Float64Array,
): Float64Array {
  const { box, indices, nuclei, whole } = search.objective;
  const point = held.slice();
  for (const k of moving) {
    const [lower, upper] = box[k];
    point[k] = lower + (upper - lower) * search.random();
  }
  for (const k of moving) {
    if (search.random() < 0.5) continue;
    const values = lineValues(whole(point).slice(), indices[k], box[k], nuclei, false);
    point[k] = values[Math.floor(search.random() * values.length)];
  }
  return point;
}
