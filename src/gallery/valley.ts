import type { PlaneGrid, Point } from "../contour/plane.js";

/** Fewest columns that a slope is measured from. */
const FEWEST = 5;

/** Places along a column where χ² is lower than on both sides, refined by a parabola. */
function columnMinima({ y, values }: PlaneGrid, column: number): number[] {
  const found: number[] = [];
  for (let j = 1; j < y.length - 1; j++) {
    const [below, here, above] = [-1, 0, 1].map((k) => values[column * y.length + j + k]);
    if (!(here <= below && here < above)) continue;
    const shift = (0.5 * (below - above)) / (below - 2 * here + above);
    found.push(y[j] + shift * (y[j + 1] - y[j]));
  }
  return found;
}

const nearest = (values: readonly number[], to: number) =>
  values.reduce((a, b) => (Math.abs(b - to) < Math.abs(a - to) ? b : a));

/**
 * The bottom of the valley that passes near a point, one place per column of the plane, followed from
 * column to column as far as it goes.
 */
export function valley(plane: PlaneGrid, near: Point): Point[] {
  const { x, y } = plane;
  const columns = Array.from(x, (_, column) => columnMinima(plane, column));
  const start = Array.from(x, (value) => Math.abs(value - near[0])).reduce(
    (best, distance, column, all) => (distance < all[best] ? column : best),
    0,
  );
  /** Steps of a valley steeper than this many cells a column would be jumps to another one. */
  const reach = 4 * (y[1] - y[0]);
  const follow = (direction: 1 | -1): Point[] => {
    const path: Point[] = [];
    let previous = near[1];
    for (let column = start; column >= 0 && column < x.length; column += direction) {
      if (columns[column].length === 0) break;
      const next = nearest(columns[column], previous);
      if (path.length > 0 && Math.abs(next - previous) > reach) break;
      path.push([x[column], next]);
      previous = next;
    }
    return path;
  };
  return [...follow(-1).reverse().slice(0, -1), ...follow(1)];
}

/** Slope dy/dx of a straight line through the points by least squares; NaN for too few points. */
export function slopeOf(points: readonly Point[]): number {
  if (points.length < FEWEST) return Number.NaN;
  const mean = (axis: 0 | 1) => points.reduce((sum, p) => sum + p[axis], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const sum = (term: (p: Point) => number) => points.reduce((total, p) => total + term(p), 0);
  return sum(([x, y]) => (x - mx) * (y - my)) / sum(([x]) => (x - mx) ** 2);
}
