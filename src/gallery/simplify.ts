import type { Point } from "../contour/plane.js";

/**
 * Drops vertices that straight lines between the others replace (Douglas and Peucker, The Canadian
 * Cartographer 10 (1973) 112): none of them lies further than `tolerance` from the line that is left.
 * @param scale what each coordinate is divided by before distances are measured
 * @param tolerance in those units
 */
export function simplified(
  points: readonly Point[],
  scale: readonly [number, number],
  tolerance: number,
): Point[] {
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [first, last] = span;
    const { index, distance } = farthest(points, first, last, scale);
    if (distance <= tolerance) continue;
    keep[index] = 1;
    spans.push([first, index], [index, last]);
  }
  return points.filter((_, i) => keep[i] === 1);
}

/** The vertex between two others that is farthest from the segment between them. */
function farthest(
  points: readonly Point[],
  first: number,
  last: number,
  scale: readonly [number, number],
): { index: number; distance: number } {
  const place = (i: number) => [points[i][0] / scale[0], points[i][1] / scale[1]];
  const [ax, ay] = place(first);
  const [bx, by] = place(last);
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  let [index, distance] = [first, 0];
  for (let i = first + 1; i < last; i++) {
    const [x, y] = place(i);
    const along = squared === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / squared;
    const t = Math.min(Math.max(along, 0), 1);
    const away = Math.hypot(x - ax - t * dx, y - ay - t * dy);
    if (away > distance) [index, distance] = [i, away];
  }
  return { index, distance };
}
