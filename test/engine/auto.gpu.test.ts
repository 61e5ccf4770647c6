import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import { createEngine } from "../../src/engine/registry.js";
import { syntheticProblem } from "./problem.js";

const axes = ["eps_ee_d", "eps_mumu_u"].map((parameter) => {
  return { parameter, from: -0.5, to: 0.5, points: 40 };
});
const grid = { kind: "grid", axes, start: 0, count: 1600 } as const;
const hasGpu = existsSync("/dev/nvidiactl") || existsSync("/dev/dri");

describe("the fastest engine here", () => {
  it("is told with its speed and that of the others, and gives the same numbers", async () => {
    const cpu = createCpuEngine(syntheticProblem, { threads: 0 });
    const expected = await cpu.evaluate(grid);
    await cpu.close();
    for (const name of ["auto", "webgpu"] as const) {
      const reasons: string[] = [];
      const onChoice = (reason: string) => reasons.push(reason);
      const engine = await createEngine(name, syntheticProblem, { points: 1e12, onChoice });
      expect(reasons).toHaveLength(1);
      expect(reasons[0]).toMatch(
        new RegExp(`^${engine.name}, the fastest here: [\\d.e+]+ points/s`),
      );
      if (name === "auto") expect(reasons[0]).toContain("cpu");
      else expect(engine.name).toMatch(/^webgpu-/);
      const chi2 = await engine.evaluate(grid);
      const worst = Math.max(...expected.map((value, i) => Math.abs(chi2[i] - value)));
      expect(worst).toBeLessThan(1e-3);
      await engine.close();
    }
  });

  it.skipIf(hasGpu)("is not there where a GPU is asked for and none is", async () => {
    const refused = createEngine("webgpu", syntheticProblem, { adapter: "hardware" });
    await expect(refused).rejects.toMatchObject({ code: "no-gpu-engine", exitStatus: 3 });
    await expect(refused).rejects.toThrow(/webgpu-dawn: .*webgpu-chrome: .*no GPU/);
  });
});
