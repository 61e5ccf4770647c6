import fc from "fast-check";
import { expect, it } from "vitest";
import { clipLine, clipRing, isInside } from "../../src/figures/clip.js";

type Point = [number, number];

const box = { x: 2, y: -1, width: 5, height: 3 };
const grid = fc.integer({ min: -40, max: 100 }).map((n) => n / 8);
const points = fc.array(fc.tuple(grid, grid), { minLength: 2, maxLength: 9 });

function isInBox([x, y]: readonly number[], margin: number): boolean {
  const { x: x0, y: y0, width, height } = box;
  return x > x0 - margin && x < x0 + width + margin && y > y0 - margin && y < y0 + height + margin;
}

function distance([x, y]: Point, a: readonly number[], b: readonly number[]): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : ((x - a[0]) * dx + (y - a[1]) * dy) / length2;
  const s = Math.max(0, Math.min(1, t));
  return Math.hypot(x - a[0] - s * dx, y - a[1] - s * dy);
}

it("a clipped line is the part of the line in the box, no more and no less", () => {
  fc.assert(
    fc.property(points, fc.double({ min: 0, max: 1, noNaN: true }), (line: Point[], t) => {
      const runs = clipLine(line, box);
      for (const point of runs.flat()) {
        expect(isInBox(point, 1e-9)).toBe(true);
      }
      line.slice(1).forEach((b, i) => {
        const a = line[i];
        const sample: Point = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
        if (!isInBox(sample, -1e-9)) return;
        const near = runs.flatMap((run) => run.slice(1).map((q, k) => distance(sample, run[k], q)));
        expect(Math.min(Number.POSITIVE_INFINITY, ...near)).toBeLessThan(1e-9);
      });
    }),
    { numRuns: 500 },
  );
});

it("a line that stays in the box comes back whole", () => {
  const line: Point[] = [
    [3, 0],
    [4, 1],
    [5, 0],
    [3, 0],
  ];
  expect(clipLine(line, box)).toEqual([line]);
});

it("clipped rings bound the same region within the box", () => {
  fc.assert(
    fc.property(
      fc.array(points, { minLength: 1, maxLength: 3 }),
      fc.double({ min: 2.01, max: 6.99, noNaN: true }),
      fc.double({ min: -0.99, max: 1.99, noNaN: true }),
      (rings, x, y) => {
        const edges = rings.flatMap((ring) =>
          ring.map((a, i) => distance([x, y], a, ring[(i + 1) % ring.length])),
        );
        fc.pre(Math.min(...edges) > 1e-6);
        const cut = rings.map((ring) => clipRing(ring, box));
        for (const point of cut.flat()) expect(isInBox(point, 1e-9)).toBe(true);
        expect(isInside([x, y], cut)).toBe(isInside([x, y], rings));
      },
    ),
    { numRuns: 500 },
  );
});

it("inside follows the even-odd rule", () => {
  const square = (h: number): Point[] => [
    [-h, -h],
    [h, -h],
    [h, h],
    [-h, h],
  ];
  const rings = [square(3), square(2), square(1)];
  expect([0, 1.5, 2.5, 3.5].map((x) => isInside([x, 0.1], rings))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
