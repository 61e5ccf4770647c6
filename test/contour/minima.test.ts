import { describe, expect, it } from "vitest";
import { gridMinimum, localMinima, polish } from "../../src/contour/minima.js";
import type { Objective } from "../../src/contour/plane.js";
import { linspace, sample } from "./planes.js";

const plane = (f: Objective, x: ArrayLike<number>, y: ArrayLike<number>) =>
  sample((u, v) => f([u, v]), x, y);

/** Two squared charges, each reached by two couplings: four minima, as in L24's figure 8. */
const fourWells: Objective = ([x, y]) => {
  const e = (1 + 5.6 * (x - 0.177) ** 2 * 5.6) / 2;
  const mu = (1 + 5.6 * (y - 0.177) ** 2 * 5.6) / 2;
  return 240 + 30 * (e - 1.1) ** 2 + 80 * (mu - 1.02) ** 2 + 0.7 * x + 1.1 * y + 4 * x * y;
};

describe("gridMinimum", () => {
  it("is the first lowest vertex, NaN and +∞ passed over", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, 3, 2, 5, 2];
    expect(gridMinimum({ x: [10, 20, 30], y: [1, 2], values })).toEqual({
      point: [20, 2],
      value: 2,
    });
  });
});

describe("polish", () => {
  it("goes to the minimum off the grid, and no further than the box", () => {
    const bowl: Objective = ([x, y]) => (x - 0.123) ** 2 + 3 * (y - 0.9) ** 2 + (x - 0.123) * y;
    const box = { lower: [0, 0], upper: [1, 0.5] };
    const { point, value } = polish(bowl, [0.5, 0.25], box, [0.1, 0.1]);
    expect(point[1]).toBe(0.5);
    expect(point[0]).toBe(0);
    expect(value).toBe(bowl([0, 0.5]));
    const free = polish(bowl, [0.1, 0.8], { lower: [-9, -9], upper: [9, 9] }, [0.1, 0.1]);
    // Gradient zero: 2 u + y = 0, 6 (y − 0.9) + u = 0 with u = x − 0.123.
    expect(free.point[1]).toBeCloseTo(5.4 / 5.5, 6);
    expect(free.point[0]).toBeCloseTo(0.123 - 2.7 / 5.5, 6);
  });
});

describe("polish from a slope", () => {
  it("stays in the basin of its start", () => {
    const wavy: Objective = ([x]) => Math.cos(6 * x) + 0.05 * x * x;
    const box = { lower: [-9], upper: [9] };
    // Just past the inflection the curvature is positive but tiny, and a Newton step far too long.
    const inflection = Math.acos(0.1 / 36) / 6;
    for (const start of [...linspace(-3, 3, 61), inflection + 1e-5]) {
      const { point } = polish(wavy, [start], box, [0.05]);
      // Half a period at most, and a little for the tilt.
      expect(Math.abs(point[0] - start)).toBeLessThan(0.6);
    }
  });
});

describe("localMinima", () => {
  it.each([15, 40, 101])(
    "finds the four minima of a figure-8 surface on %d points an axis",
    (n) => {
      const [x, y] = [linspace(-0.5, 0.8, n), linspace(-0.3, 0.7, n)];
      const found = localMinima(plane(fourWells, x, y), fourWells, { reference: 239 });
      expect(found).toHaveLength(4);
      expect(new Set(found.map(({ point: [u, v] }) => `${u > 0.177} ${v > 0.177}`)).size).toBe(4);
      for (const { point, value, deltaChi2 } of found) {
        expect(fourWells(point)).toBe(value);
        expect(deltaChi2).toBe(value - 239);
        for (const [du, dv] of [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ]) {
          expect(fourWells([point[0] + 1e-3 * du, point[1] + 1e-3 * dv])).toBeGreaterThan(value);
        }
      }
      const values = found.map(({ value }) => value);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    },
  );

  it("agrees with a grid a hundred times finer about a double well's depths", () => {
    const wells: Objective = ([x, y]) => 20 * (x * x - 0.5) ** 2 + x + 2 * (y - 0.3 * x) ** 2;
    const found = localMinima(plane(wells, linspace(-1, 1, 21), linspace(-1, 1, 21)), wells);
    const fine = linspace(-1, 1, 20001);
    const depths: number[] = [];
    for (let k = 1; k + 1 < fine.length; k++) {
      const [before, at, after] = [-1, 0, 1].map((d) => wells([fine[k + d], 0.3 * fine[k + d]]));
      if (at < before && at < after) depths.push(at);
    }
    expect(found.map(({ value }) => value)).toEqual(
      depths.sort((a, b) => a - b).map((depth) => expect.closeTo(depth, 5)),
    );
    expect(found[0].deltaChi2).toBe(0);
    expect(found[1].deltaChi2).toBeCloseTo(depths[1] - depths[0], 5);
  });

  it("orders exactly degenerate minima by position, not by rounding", () => {
    const twins: Objective = ([x, y]) => 30 * (x * x - 0.3) ** 2 + 30 * (y * y - 0.2) ** 2;
    for (const n of [20, 33, 47, 58]) {
      const found = localMinima(plane(twins, linspace(-1, 1, n), linspace(-1, 1, n + 7)), twins);
      const signs = found.map(({ point: [x, y] }) => `${Math.sign(x)} ${Math.sign(y)}`);
      expect(signs).toEqual(["-1 -1", "-1 1", "1 -1", "1 1"]);
    }
  });

  it("lists one minimum along a flat valley oblique to the grid, on any grid", () => {
    for (const [p, q] of [
      [1, 0.37],
      [0.8, -1.21],
      [1, 1],
    ]) {
      const trough: Objective = ([x, y]) => 400 * (p * x + q * y - 0.1) ** 2 + 1e-3 * x;
      for (const n of [21, 50, 133]) {
        const grid = plane(trough, linspace(-1, 1, n), linspace(-1, 1, n + 3));
        expect(localMinima(grid, trough)).toHaveLength(1);
      }
    }
  });

  it("lists one minimum around a ring, and the ring apart from a well at its centre", () => {
    const ring: Objective = ([x, y]) => 200 * (Math.hypot(x / 1.4, y) - 0.6) ** 2;
    const both: Objective = ([x, y]) => Math.min(ring([x, y]), 0.5 + 300 * (x * x + y * y));
    for (const n of [31, 64, 150]) {
      const axis = linspace(-1, 1, n);
      expect(localMinima(plane(ring, axis, axis), ring)).toHaveLength(1);
      const found = localMinima(plane(both, axis, axis), both);
      expect(found).toHaveLength(2);
      expect(found[1].value).toBeCloseTo(0.5, 6);
      expect(Math.hypot(...found[1].point)).toBeLessThan(1e-3);
    }
  });

  it("counts a minimum on the frame, on its bound exactly", () => {
    const slope: Objective = ([x, y]) => 10 * x + (y - 0.234) ** 2;
    const found = localMinima(plane(slope, linspace(-1, 1, 11), linspace(0, 1, 11)), slope);
    expect(found).toHaveLength(1);
    expect(found[0].point[0]).toBe(-1);
    expect(found[0].point[1]).toBeCloseTo(0.234, 4);
  });

  it("polishes the bumps of a noisy grid into one minimum", () => {
    const bowl: Objective = ([x, y]) => 4 * (x - 0.03) ** 2 + 4 * (y + 0.02) ** 2;
    const { x, y, values } = plane(bowl, linspace(-1, 1, 21), linspace(-1, 1, 21));
    const noisy = values.map((value, at) => value + (at % 2 === 0 ? 0 : 0.2));
    // Two vertices with a spike between them: each is a basin of its own.
    for (const at of [10 * 21 + 9, 10 * 21 + 11]) noisy[at] -= 0.3;
    const found = localMinima({ x, y, values: noisy }, bowl);
    expect(found).toHaveLength(1);
    expect(found[0].point[0]).toBeCloseTo(0.03, 4);
  });

  it("works on one axis, beside infinities and without any finite vertex", () => {
    const wells: Objective = ([x]) => (x > 1.2 ? Number.POSITIVE_INFINITY : 9 * (x * x - 0.5) ** 2);
    const found = localMinima(plane(wells, linspace(-2, 2, 41), [0]), wells);
    expect(found.map(({ point }) => Math.abs(point[0]))).toEqual(
      [0, 1].map(() => expect.closeTo(Math.SQRT1_2, 4)),
    );
    const empty = plane(() => Number.POSITIVE_INFINITY, [0, 1], [0, 1]);
    expect(localMinima(empty, wells)).toEqual([]);
  });

  it("takes a prominence below which bumps do not count", () => {
    const ripple: Objective = ([x, y]) => 0.5 * Math.cos(9 * x) + x * x + y * y;
    const grid = plane(ripple, linspace(-1.5, 1.5, 61), linspace(-1, 1, 21));
    expect(localMinima(grid, ripple).length).toBe(4);
    expect(localMinima(grid, ripple, { prominence: 2 })).toHaveLength(1);
  });

  it("finds both minima that lie within one cell, and those that only a start leads to", () => {
    const pair: Objective = ([x, y]) => 1e3 * ((x - 0.3) ** 2 - 0.01) ** 2 * 100 + x + y * y;
    const grid = plane(pair, linspace(-2, 2, 9), linspace(-1, 1, 9));
    const scale = [0.05, 0.05];
    const starts = () => [[0.2, 0] as const, [0.4, 0] as const];
    const found = localMinima(grid, pair, { scale, starts });
    expect(found.map(({ point }) => point[0])).toEqual([
      expect.closeTo(0.2, 2),
      expect.closeTo(0.4, 2),
    ]);
  });
});
