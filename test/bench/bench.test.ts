import { describe, expect, it } from "vitest";
import { bench } from "../../src/bench/bench.js";
import { measure } from "../../src/bench/measure.js";
import { benchGrids, benchProblem } from "../../src/bench/problems.js";
import type { FlatRange } from "../../src/engine/engine.js";
import { gridSize } from "../../src/engine/points.js";
import { emptyProfiles } from "../../src/engine/profiles.js";

describe("measure", () => {
  const axes = [{ parameter: "eps_ee_u", from: 0, to: 1, points: 1_000_000 }];

  it("grows to the time given, within the grid and around its middle", async () => {
    const ranges: FlatRange[] = [];
    const slow = {
      reduce: async (_: unknown, range: FlatRange) => {
        ranges.push(range);
        const until = performance.now() + range.count / 1e3;
        while (performance.now() < until);
        return emptyProfiles(axes, 1);
      },
    };
    const { points, size, seconds, pointsPerSecond } = await measure(slow, axes, 0.1);
    expect(size).toBe(1_000_000);
    expect(points).toBeLessThan(size);
    expect(ranges[0]).toEqual(ranges[1]);
    for (const { start, count } of ranges) {
      expect(Math.abs(start + count / 2 - size / 2)).toBeLessThanOrEqual(1);
    }
    expect(points).toBe(ranges.at(-1)?.count);
    expect(pointsPerSecond).toBeCloseTo(points / seconds, 6);
  });

  it("times a grid that is done sooner as a whole", async () => {
    const ranges: FlatRange[] = [];
    const fast = {
      reduce: async (_: unknown, range: FlatRange) => {
        ranges.push(range);
        return emptyProfiles(axes, 1);
      },
    };
    const { points, size } = await measure(fast, axes, 1e6);
    expect(points).toBe(size);
    expect(ranges.at(-1)).toEqual({ start: 0, count: size });
  });
});

describe("bench", () => {
  it("compares the CPU's modes with Newton on the fixed grids", async () => {
    const { rows, gaps } = await bench({
      large: false,
      seconds: 0.02,
      engines: ["cpu"],
      threads: 1,
    });
    expect(gaps).toEqual([]);
    expect(rows.map(({ grid, engine, mode }) => `${grid} ${engine} ${mode}`)).toEqual([
      "401² cpu newton",
      "41⁴ cpu newton",
      "401² cpu predicted",
      "41⁴ cpu predicted",
    ]);
    expect(rows[0].ratio).toBe(1);
    for (const { ratio, measurement, device } of rows) {
      expect(ratio).toBeGreaterThan(0);
      expect(measurement.points).toBeLessThanOrEqual(measurement.size);
      expect(device).toContain("float64");
    }
  });

  it("knows grids of 2 and 4 axes, and 104 million points", () => {
    expect(benchGrids(true).map(({ axes }) => gridSize(axes))).toEqual([
      401 ** 2,
      41 ** 4,
      101 ** 4,
    ]);
    expect(benchProblem().combinations).toHaveLength(5);
  });

  it("refuses engines that do not exist", async () => {
    const asked = bench({ large: false, seconds: 1, engines: ["abacus"] });
    await expect(asked).rejects.toMatchObject({ code: "unknown-engine" });
  });
});
