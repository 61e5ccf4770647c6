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
    const { points, size, seconds, pointsPerSecond } = await measure(slow, axes, 0.1, 512);
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
    const few = [{ ...axes[0], points: 3000 }];
    const fast = {
      reduce: async (_: unknown, range: FlatRange) => {
        ranges.push(range);
        return emptyProfiles(few, 1);
      },
    };
    const { points, size } = await measure(fast, few, 0.1, 512);
    expect(points / size).toBeGreaterThan(1);
    expect(points % size).toBe(0);
    expect(ranges.slice(-points / size)).toEqual(
      Array.from({ length: points / size }, () => ({ start: 0, count: size })),
    );
  });

  it("reads the device's clock around what it times, and distrusts one that went back", async () => {
    const reduce = async () => emptyProfiles(axes, 1);
    let now = 5;
    const clock = { seconds: async () => now++ };
    const { deviceSeconds } = await measure({ reduce, gauge: clock }, axes, 0.001, 512);
    expect(deviceSeconds).toBe(1);
    const restarted = { seconds: async () => now-- };
    const back = await measure({ reduce, gauge: restarted }, axes, 0.001, 512);
    expect(back.deviceSeconds).toBeNull();
    const none = await measure({ reduce }, axes, 0.001, 512);
    expect(none.deviceSeconds).toBeNull();
  });
});

describe("bench", () => {
  const options = { large: false, seconds: 0.02, threads: 1 };

  it("compares the CPU's modes with exact profiles on the fixed grids", async () => {
    const { rows, gaps } = await bench({
      ...options,
      analyses: ["liao-2024", "liao-2024"],
      engines: ["cpu"],
    });
    const told = rows.map((row) => `${row.analysis} ${row.grid} ${row.engine} ${row.mode}`);
    expect(told.slice(0, 4)).toEqual([
      "liao-2024 401² cpu exact",
      "liao-2024 41⁴ cpu exact",
      "liao-2024 401² cpu tables",
      "liao-2024 41⁴ cpu tables",
    ]);
    expect(told).toHaveLength(4);
    for (const { ratio, mode, measurement, device, arithmetic } of rows) {
      if (mode === "exact") expect(ratio).toBe(1);
      expect(ratio).toBeGreaterThan(0);
      expect(measurement.pointsPerSecond).toBeGreaterThan(0);
      expect(device).toContain("float64");
      expect(measurement.deviceSeconds).toBeNull();
      expect(arithmetic).toBeNull();
    }
    for (const { reason } of gaps) expect(reason).not.toBe("");
  });

  it("knows grids of 2 and 4 axes, and 104 million points", () => {
    const sizes = (large: boolean) => benchGrids(large).map(({ axes }) => gridSize(axes));
    expect(sizes(true)).toEqual([401 ** 2, 41 ** 4, 101 ** 4, 101 ** 3]);
    expect(sizes(false)).toEqual([401 ** 2, 41 ** 4]);
  });

  it("times each data set and their sums", () => {
    const named = (analysis: string) => benchProblem(analysis).combinations.map(({ name }) => name);
    expect(named("liao-2024")).toEqual(["csi", "lar", "ge", "csi+lar", "csi+lar+ge"]);
    expect(named("coherent-2022")).toEqual(["csi"]);
  });

  it("refuses engines and analyses that do not exist", async () => {
    const engine = bench({ ...options, analyses: ["release"], engines: ["abacus"] });
    await expect(engine).rejects.toMatchObject({ code: "unknown-engine" });
    const analysis = bench({ ...options, analyses: ["tea-leaves"], engines: ["cpu"] });
    await expect(analysis).rejects.toMatchObject({ code: "unknown-analysis" });
  });
});
