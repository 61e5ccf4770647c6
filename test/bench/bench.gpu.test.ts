import { describe, expect, it } from "vitest";
import { bench } from "../../src/bench/bench.js";
import { benchProblem } from "../../src/bench/problems.js";
import { openDawn } from "../../src/engine/hosts/dawn.js";
import { createWebGpuEngine } from "../../src/engine/webgpu/engine.js";

describe("bench on a device", () => {
  it.each(["webgpu-dawn", "webgpu-chrome"])("tells the time and the peak of %s", async (engine) => {
    const { rows, gaps } = await bench({
      analyses: ["liao-2024"],
      engines: [engine],
      seconds: 0.3,
      large: false,
      threads: 1,
    });
    expect(gaps).toEqual([]);
    const own = rows.filter((row) => row.engine === engine);
    expect(new Set(own.map(({ mode }) => mode))).toEqual(new Set(["tables", "counts"]));
    for (const { measurement, arithmetic, mode } of own) {
      // Both software adapters have timestamp queries.
      expect(measurement.deviceSeconds).toBeGreaterThan(0);
      expect(measurement.deviceSeconds).toBeLessThanOrEqual(measurement.seconds);
      const share = (arithmetic?.achieved ?? 0) / (arithmetic?.peak ?? 1);
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(5); // other work may have slowed down the one or the other
      expect(arithmetic?.operationsPerPoint).toBeGreaterThan(mode === "counts" ? 500 : 30);
    }
  });

  it("runs no clock where none was asked for", async () => {
    const problem = benchProblem("liao-2024");
    const engine = await createWebGpuEngine(problem, await openDawn(), { mode: "counts" });
    expect(await engine.gauge.seconds()).toBeUndefined();
    await engine.close();
  });
});
