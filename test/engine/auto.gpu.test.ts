import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import { vulkanDrivers } from "../../src/engine/hosts/vulkan.js";
import { createEngine } from "../../src/engine/registry.js";
import { syntheticProblem } from "./problem.js";

const axes = ["eps_ee_d", "eps_mumu_u"].map((parameter) => {
  return { parameter, from: -0.5, to: 0.5, points: 40 };
});
const grid = { kind: "grid", axes, start: 0, count: 1600 } as const;
const hasDevice =
  existsSync("/dev/nvidiactl") ||
  (existsSync("/dev/dri") && readdirSync("/dev/dri").some((name) => name.startsWith("render")));
const hasGpu = hasDevice && vulkanDrivers().some(({ name }) => name === "hardware");

async function expectedValues(): Promise<Float64Array> {
  const cpu = createCpuEngine(syntheticProblem, { threads: 0 });
  const chi2 = await cpu.evaluate(grid);
  await cpu.close();
  return chi2;
}

function expectSame(chi2: Float64Array, expected: Float64Array): void {
  expect(chi2).toHaveLength(expected.length);
  const worst = Math.max(...expected.map((value, i) => Math.abs(chi2[i] - value)));
  expect(worst).toBeLessThan(1e-3);
}

describe("an engine that nsiscan chooses", () => {
  it("is the CPU unless there is a GPU, and says so where the work is long", async () => {
    const reasons: string[] = [];
    const onChoice = (reason: string) => reasons.push(reason);
    const engine = await createEngine("auto", syntheticProblem, { points: 1e12, onChoice });
    expect(engine.name).toBe(hasGpu ? "webgpu-dawn" : "cpu");
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(hasGpu ? /^webgpu-dawn, as there is a GPU/ : /^cpu, as there is no/);
    expectSame(await engine.evaluate(grid), await expectedValues());
    await engine.close();
  });

  it("is WebGPU on any adapter where that is asked for", async () => {
    const reasons: string[] = [];
    const onChoice = (reason: string) => reasons.push(reason);
    const engine = await createEngine("webgpu", syntheticProblem, { points: 1e12, onChoice });
    expect(engine.name).toMatch(/^webgpu-/);
    expect(reasons[0]).toContain(engine.device);
    expectSame(await engine.evaluate(grid), await expectedValues());
    await engine.close();
  });

  it("is a GPU's where one is asked for, and none is where there is none", async () => {
    const asked = createEngine("webgpu", syntheticProblem, { adapter: "hardware" });
    if (hasGpu) {
      const engine = await asked;
      expect(engine.device).not.toMatch(/swiftshader|llvmpipe/i);
      const chi2 = await engine.evaluate(grid);
      await engine.close();
      expectSame(chi2, await expectedValues());
      return;
    }
    await expect(asked).rejects.toMatchObject({ code: "no-gpu-engine", exitStatus: 3 });
    await expect(asked).rejects.toThrow(/webgpu-dawn: .*webgpu-chrome: /);
    if (!hasDevice) await expect(asked).rejects.toThrow(/webgpu-chrome: .*no GPU/);
  });
});
