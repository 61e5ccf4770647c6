import type { Box } from "./outline.js";

type Point = readonly [number, number];

/**
 * The parts of a polyline inside a box (Liang–Barsky, segment by segment). Keeps coordinates within
 * what PDF and raster renderers compute exactly: a Δχ² of 10⁶ is millions of pt off a page.
 */
export function clipLine(line: readonly Point[], box: Box): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1], line[i]];
    const span = insideSpan(a, b, box);
    if (span === null) continue;
    const [from, to] = span;
    if (from > 0 || run.length === 0) {
      if (run.length > 1) runs.push(run);
      run = [along(a, b, from)];
    }
    run.push(along(a, b, to));
    if (to < 1) {
      runs.push(run);
      run = [];
    }
  }
  if (run.length > 1) runs.push(run);
  return runs;
}

function along(a: Point, b: Point, t: number): Point {
  if (t === 0) return a;
  if (t === 1) return b;
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

/** The parameters [from, to] of the part of segment ab in the box; null where it misses the box. */
export function insideSpan(a: Point, b: Point, box: Box): [number, number] | null {
  let from = 0;
  let to = 1;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const sides: [number, number][] = [
    [-dx, a[0] - box.x],
    [dx, box.x + box.width - a[0]],
    [-dy, a[1] - box.y],
    [dy, box.y + box.height - a[1]],
  ];
  for (const [p, q] of sides) {
    if (p === 0 && q < 0) return null;
    if (p < 0) from = Math.max(from, q / p);
    if (p > 0) to = Math.min(to, q / p);
  }
  return from <= to ? [from, to] : null;
}

/** A ring cut to a box (Sutherland–Hodgman); may run along the box's sides. */
export function clipRing(ring: readonly Point[], box: Box): Point[] {
  const sides: [0 | 1, 1 | -1, number][] = [
    [0, 1, box.x],
    [0, -1, -(box.x + box.width)],
    [1, 1, box.y],
    [1, -1, -(box.y + box.height)],
  ];
  let points = [...ring];
  for (const [axis, sign, limit] of sides) {
    const depth = (p: Point) => sign * p[axis] - limit;
    points = points.flatMap((p, i) => {
      const q = points[(i + points.length - 1) % points.length];
      const [dp, dq] = [depth(p), depth(q)];
      const kept = dp >= 0 ? [p] : [];
      return dp >= 0 === dq >= 0 ? kept : [along(q, p, dq / (dq - dp)), ...kept];
    });
  }
  return points;
}

/** Whether a point lies in the region that the rings bound by the even-odd rule. */
export function isInside([x, y]: Point, rings: readonly (readonly Point[])[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [a, b] = [ring[i], ring[j]];
      if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) {
        inside = !inside;
      }
    }
  }
  return inside;
}
