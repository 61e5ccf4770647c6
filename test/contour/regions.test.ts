import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Region, regions } from "../../src/contour/regions.js";
import { drawn, linspace, sample } from "./planes.js";

/** A smooth random field: a few waves. */
const waves = fc.array(
  fc.record({
    amplitude: fc.double({ min: 0.2, max: 1, noNaN: true }),
    u: fc.double({ min: -6, max: 6, noNaN: true }),
    v: fc.double({ min: -6, max: 6, noNaN: true }),
    phase: fc.double({ min: 0, max: 6.28, noNaN: true }),
  }),
  { minLength: 2, maxLength: 5 },
);
type Waves = typeof waves extends fc.Arbitrary<infer T> ? T : never;
const field = (terms: Waves) => (x: number, y: number) =>
  terms.reduce((sum, { amplitude, u, v, phase }) => {
    return sum + amplitude * Math.sin(u * x + v * y + phase);
  }, 0);

const total = (found: readonly Region[]) => found.reduce((sum, region) => sum + region.area, 0);

/** Bilinear interpolant of n × n values, sampled `fine` times a cell. */
function refined(values: ArrayLike<number>, n: number, fine: number) {
  const size = (n - 1) * fine + 1;
  return sample(
    (p, q) => {
      const [i, j] = [Math.min(Math.floor(p / fine), n - 2), Math.min(Math.floor(q / fine), n - 2)];
      const [s, t] = [p / fine - i, q / fine - j];
      const at = (di: number, dj: number) => values[(i + di) * n + j + dj];
      return (
        (1 - s) * ((1 - t) * at(0, 0) + t * at(0, 1)) + s * ((1 - t) * at(1, 0) + t * at(1, 1))
      );
    },
    linspace(0, size - 1, size),
    linspace(0, size - 1, size),
  );
}

/** Number of 4-connected patches of {value ≤ level}, by flood fill. */
function patches(plane: ReturnType<typeof sample>, level: number): number {
  const columns = plane.y.length;
  const open = Array.from(plane.values, (value) => value <= level);
  let count = 0;
  for (let start = 0; start < open.length; start++) {
    if (!open[start]) continue;
    count++;
    const stack = [start];
    open[start] = false;
    while (stack.length > 0) {
      const at = stack.pop() as number;
      const next = [at - columns, at + columns];
      if (at % columns > 0) next.push(at - 1);
      if (at % columns < columns - 1) next.push(at + 1);
      for (const to of next.filter((k) => open[k])) {
        open[to] = false;
        stack.push(to);
      }
    }
  }
  return count;
}

describe("regions", () => {
  it("measures an ellipse: area, extent, minimum, away from the frame", () => {
    const plane = sample(
      (x, y) => ((x - 0.25) / 0.5) ** 2 + ((y + 0.5) / 1.2) ** 2,
      linspace(-1, 1, 201),
      linspace(-2, 2, 201),
    );
    const [ellipse, ...others] = regions(plane, 1);
    expect(others).toEqual([]);
    expect(Math.abs(ellipse.area - Math.PI * 0.5 * 1.2)).toBeLessThan(1e-3);
    [...ellipse.x, ...ellipse.y].forEach((edge, k) => {
      expect(edge).toBeCloseTo([-0.25, 0.75, -1.7, 0.7][k], 3);
    });
    expect(ellipse.minimum.point[0]).toBeCloseTo(0.25, 12);
    expect(ellipse.minimum.point[1]).toBeCloseTo(-0.5, 1);
    expect(ellipse.touchesFrame).toBe(false);
  });

  it("takes holes out, and tells regions apart from what lies in their holes", () => {
    const plane = sample(
      (x, y) => Math.min(Math.abs(Math.hypot(x, y) - 1), Math.hypot(x, y) * 2 - 0.01),
      linspace(-1.5, 1.5, 301),
      linspace(-1.5, 1.5, 301),
    );
    const [dot, annulus, ...others] = regions(plane, 0.2);
    expect(others).toEqual([]);
    expect(Math.abs(dot.area - Math.PI * 0.105 ** 2)).toBeLessThan(1e-3);
    expect(Math.abs(annulus.area - Math.PI * (1.2 ** 2 - 0.8 ** 2))).toBeLessThan(1e-3);
    expect(annulus.x[1]).toBeCloseTo(1.2, 3);
  });

  it("counts every region that touches the frame as touching it, on all four sides", () => {
    for (const [cx, cy] of [
      [0, 0.5],
      [1, 0.5],
      [0.5, 0],
      [0.5, 1],
    ]) {
      const axis = linspace(0, 1, 41);
      const [half] = regions(
        sample((x, y) => Math.hypot(x - cx, y - cy), axis, axis),
        0.3,
      );
      expect(half.touchesFrame).toBe(true);
      expect(Math.abs(half.area - (Math.PI * 0.09) / 2)).toBeLessThan(1e-3);
    }
  });

  it("has exact areas for the linear interpolant, saddles and infinities included", () => {
    const corner = 1 / 8;
    // Two opposite corners inside, saddle value 0.5: apart below it, joined above it.
    const saddle = drawn([
      [1, 0],
      [0, 1],
    ]);
    expect(regions(saddle, 0.4).map((region) => region.area)).toEqual([
      expect.closeTo(0.08, 14),
      expect.closeTo(0.08, 14),
    ]);
    expect(regions(saddle, 0.5).map((region) => region.area)).toEqual([1 - 2 * corner]);
    const mirrored = { ...saddle, values: [1, 0, 0, 1] };
    expect(regions(mirrored, 0.5).map((region) => region.area)).toEqual([1 - 2 * corner]);
    const wall = drawn([
      [0, 0, Number.POSITIVE_INFINITY, 0],
      [0, 0, Number.POSITIVE_INFINITY, 0],
    ]);
    const found = regions(wall, 1);
    expect(found.map((region) => region.area).sort()).toEqual([0, 1]);
    // A line of vertices has an extent even without area.
    expect(found.find((region) => region.area === 0)).toMatchObject({ x: [3, 3], y: [0, 1] });
  });

  it("is sorted by depth and empty below the minimum", () => {
    const plane = sample((x) => Math.cos(3 * x) + 0.1 * x, linspace(-4, 4, 101), linspace(0, 1, 3));
    const depths = regions(plane, -0.5).map((region) => region.minimum.value);
    expect(depths.length).toBe(4);
    expect(depths).toEqual([...depths].sort((a, b) => a - b));
    expect(regions(plane, -3)).toEqual([]);
  });

  it("agrees with flood fill of the finely sampled bilinear interpolant", () => {
    const n = 6;
    const grid = linspace(0, 1, n);
    const smooth = waves.map((terms) => sample(field(terms), grid, grid).values);
    // Full of saddles.
    const rough = fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), {
      minLength: n * n,
      maxLength: n * n,
    });
    const level = fc.double({ min: -0.6, max: 0.6, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(smooth, rough), level, (values, at) => {
        const found = regions({ x: grid, y: grid, values }, at);
        const dense = refined(values, n, 20);
        const counts = [-0.01, 0, 0.01].map((shift) => patches(dense, at + shift));
        // Where the count changes within the sampling's resolution there is nothing to compare.
        fc.pre(new Set(counts).size === 1);
        expect(found.length).toBe(counts[1]);
      }),
      { numRuns: 100 },
    );
  });

  it("has the area of the field itself, sampled densely, up to the interpolation's error", () => {
    const [coarse, dense] = [linspace(0, 1, 60), linspace(0.5 / 400, 1 - 0.5 / 400, 400)];
    fc.assert(
      fc.property(waves, fc.double({ min: -0.6, max: 0.6, noNaN: true }), (terms, level) => {
        let below = 0;
        for (const value of sample(field(terms), dense, dense).values)
          below += Number(value <= level);
        const found = total(regions(sample(field(terms), coarse, coarse), level));
        expect(Math.abs(found - below / dense.length ** 2)).toBeLessThan(0.01);
      }),
      { numRuns: 30 },
    );
  });

  it("partitions the plane: areas below and above the level add up to the rectangle", () => {
    fc.assert(
      fc.property(waves, fc.double({ min: -1, max: 1, noNaN: true }), (terms, level) => {
        const [x, y] = [linspace(-1, 2, 17), linspace(1, -1, 23)];
        const plane = sample(field(terms), x, y);
        const opposite = { x, y, values: plane.values.map((value) => -value) };
        expect(total(regions(plane, level)) + total(regions(opposite, -level))).toBeCloseTo(6, 9);
      }),
    );
  });
});
