import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isolines, regionRings } from "../../src/contour/isolines.js";
import type { Point } from "../../src/contour/plane.js";
import { drawn, linspace, sample } from "./planes.js";

function length(points: readonly Point[]): number {
  let sum = 0;
  for (let k = 1; k < points.length; k++) {
    sum += Math.hypot(points[k][0] - points[k - 1][0], points[k][1] - points[k - 1][1]);
  }
  return sum;
}

/** Signed area about the origin, independent of the code's own shoelace. */
function area(points: readonly Point[]): number {
  let sum = 0;
  for (let k = 1; k < points.length; k++) {
    sum += (points[k - 1][0] * points[k][1] - points[k][0] * points[k - 1][1]) / 2;
  }
  return sum;
}

const infinity = Number.POSITIVE_INFINITY;

describe("isolines", () => {
  it("converges to a circle and an ellipse with the square of the spacing", () => {
    for (const [a, b] of [
      [1, 1],
      [1.5, 0.4],
    ]) {
      const errors = [50, 100, 200].map((n) => {
        const grid = linspace(-2, 2.01, n);
        const lines = isolines(
          sample((x, y) => (x / a) ** 2 + (y / b) ** 2, grid, grid),
          1,
        );
        expect(lines).toHaveLength(1);
        expect(lines[0].closed).toBe(true);
        expect(lines[0].points[0]).toEqual(lines[0].points.at(-1));
        return Math.abs(area(lines[0].points) - Math.PI * a * b);
      });
      expect(errors[0]).toBeLessThan(0.02);
      expect(errors[1]).toBeLessThan(errors[0] / 3);
      expect(errors[2]).toBeLessThan(errors[1] / 3);
    }
    const grid = linspace(-2, 2, 400);
    const [circle] = isolines(
      sample((x, y) => x * x + y * y, grid, grid),
      1,
    );
    expect(Math.abs(length(circle.points) - 2 * Math.PI)).toBeLessThan(1e-4);
  });

  it("is exact for linear fields on any axes, ends on the frame and keeps {≤ level} on its left", () => {
    const coefficient = fc.double({ min: -3, max: 3, noNaN: true });
    const size = fc.integer({ min: 2, max: 9 });
    const axis = size.chain((n) =>
      fc.record({
        steps: fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), {
          minLength: n,
          maxLength: n,
        }),
        start: coefficient,
        down: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(axis, axis, coefficient, coefficient, coefficient, (ax, ay, a, b, level) => {
        const [x, y] = [ax, ay].map(({ steps, start, down }) => {
          let at = start;
          return steps.map((step) => (at += down ? -step : step));
        });
        const lines = isolines(
          sample((u, v) => a * u + b * v, x, y),
          level,
        );
        expect(lines.length).toBeLessThan(2);
        for (const { points, closed } of lines) {
          expect(closed).toBe(false);
          for (const [u, v] of points) expect(a * u + b * v).toBeCloseTo(level, 10);
          for (const [u, v] of [points[0], points[points.length - 1]]) {
            const framed = [x[0], x.at(-1)].includes(u) || [y[0], y.at(-1)].includes(v);
            expect(framed).toBe(true);
          }
          const [first, last] = [points[0], points[points.length - 1]];
          // (a, b) is the gradient: it must point to the right of the line.
          const left = (last[0] - first[0]) * b - (last[1] - first[1]) * a;
          expect(left).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("passes exactly through a row of vertices at the level", () => {
    const plane = sample((x) => x, [0, 1, 2], [0, 1, 2]);
    expect(isolines(plane, 1)).toEqual([
      {
        closed: false,
        points: [
          [1, 0],
          [1, 1],
          [1, 2],
        ],
      },
    ]);
  });

  it("resolves the saddle of x·y as the hyperbola goes, on both sides of its level", () => {
    // One cell around the saddle, whose own value is 0: not the mean of the corners, 0.75.
    const plane = sample((x, y) => -x * y, [-1, 2], [-1, 2]);
    for (const level of [-0.5, 0.5]) {
      const lines = isolines(plane, level);
      expect(lines).toHaveLength(2);
      for (const { points } of lines) {
        // Each branch of −x y = level stays in one quadrant.
        const quadrants = new Set(points.map(([x, y]) => `${x > 0} ${y > 0}`));
        expect(quadrants.size).toBe(1);
      }
    }
  });

  it("keeps away from cells at infinity: the line runs along their finite vertices", () => {
    const plane = drawn([
      [infinity, 0, 0],
      [0, 0, 0],
      [0, 0, Number.NaN],
    ]);
    const lines = isolines(plane, 1);
    expect(lines.map(({ points }) => points)).toEqual([
      [
        [1, 2],
        [0, 1],
      ],
      [
        [1, 0],
        [2, 1],
      ],
    ]);
  });

  it("finds nothing below, above, or on a plane of one row", () => {
    const plane = sample((x, y) => x + y, linspace(0, 1, 5), linspace(0, 1, 5));
    expect(isolines(plane, -1)).toEqual([]);
    expect(isolines(plane, 3)).toEqual([]);
    expect(
      isolines(
        sample((x) => x, linspace(0, 1, 5), [0]),
        0.5,
      ),
    ).toEqual([]);
  });

  it("joins lines as far as they go", () => {
    // Nine wells of cos · cos within a frame that cuts the outer eight.
    const grid = linspace(-3 * Math.PI, 3 * Math.PI, 181);
    const lines = isolines(
      sample((x, y) => -Math.cos(x) - Math.cos(y), grid, grid),
      -0.5,
    );
    const wells = lines.filter((line) => line.closed);
    expect(wells).toHaveLength(9);
    expect(lines).toHaveLength(9);
  });
});

describe("regionRings", () => {
  it("closes a region along the frame, corners included, exactly", () => {
    const axis = linspace(0, 1, 5);
    const [ring, ...others] = regionRings(
      sample((x, y) => x + y, axis, axis),
      0.6,
    );
    expect(others).toEqual([]);
    expect(ring.hole).toBe(false);
    expect(ring.points[0]).toEqual(ring.points.at(-1));
    expect(area(ring.points)).toBeCloseTo(0.18, 12);
    expect(ring.points).toContainEqual([0, 0]);
    expect(new Set(ring.points.map(String)).size).toBe(ring.points.length - 1);
    for (const [x, y] of ring.points) {
      expect(x === 0 || y === 0 || Math.abs(x + y - 0.6) < 1e-12).toBe(true);
    }
    const [whole] = regionRings(
      sample(() => 0, axis, linspace(-2, 3, 4)),
      1,
    );
    expect(area(whole.points)).toBeCloseTo(5, 12);
  });

  it("turns outer rings anticlockwise and holes clockwise, on descending axes too", () => {
    for (const x of [linspace(-2, 2, 90), linspace(2, -2, 90)]) {
      const annulus = sample((u, v) => Math.abs(Math.hypot(u, v) - 1), x, linspace(-2, 2, 80));
      const rings = regionRings(annulus, 0.3);
      expect(rings.map((ring) => ring.hole).sort()).toEqual([false, true]);
      for (const ring of rings) expect(area(ring.points) < 0).toBe(ring.hole);
      const total = rings.reduce((sum, ring) => sum + area(ring.points), 0);
      expect(Math.abs(total - Math.PI * (1.3 ** 2 - 0.7 ** 2))).toBeLessThan(0.01);
      for (const ring of rings) expect(annulus.values[ring.seed]).toBeLessThanOrEqual(0.3);
    }
  });

  it("drops rings that enclose nothing", () => {
    const lonely = drawn([
      [infinity, infinity, infinity],
      [infinity, 0, infinity],
      [infinity, infinity, infinity],
    ]);
    expect(regionRings(lonely, 1)).toEqual([]);
  });
});
