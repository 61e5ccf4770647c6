import { describe, expect, it } from "vitest";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import type { EngineProblem } from "../../src/engine/engine.js";
import { EnvironmentError, InputError, NumericalError } from "../../src/errors.js";
import { parameterIndex } from "../../src/model/parameters.js";
import { packError, unpackError } from "../../src/threads/failure.js";
import { directly } from "./directly.js";
import { naiveProfiles } from "./naive-profiles.js";
import { syntheticProblem } from "./problem.js";
import { engineSuite } from "./suite.js";

const exact = { tolerance: 1e-8, share: 1e-3, points: 4000, reference: directly };
const newton = (threads: number) => (problem: EngineProblem) =>
  createCpuEngine(problem, { threads });
engineSuite("one-thread CPU", newton(0), exact);
engineSuite("three-thread CPU", newton(3), exact);
engineSuite("CPU at predicted nuisances", (problem) => createCpuEngine(problem, { threads: 2 }), {
  ...exact,
  tolerance: 3e-4,
  share: 0.5,
});

const axes = [
  { parameter: "eps_ee_d", from: -1, to: 1, points: 60 },
  { parameter: "eps_mumu_d", from: -1, to: 1, points: 60 },
];
const grid = { kind: "grid", axes, start: 0, count: 3600 } as const;

async function evaluate(threads: number, problem: EngineProblem = syntheticProblem) {
  const engine = createCpuEngine(problem, { threads });
  try {
    return await engine.evaluate(grid);
  } finally {
    await engine.close();
  }
}

describe("worker threads", () => {
  it("give the same bits however many they are", async () => {
    const one = await evaluate(0);
    for (const threads of [1, 2, 5]) expect(await evaluate(threads)).toEqual(one);
  });

  it("reduce a grid to the profiles of its points, however many they are", async () => {
    const chi2 = await evaluate(0);
    const width = syntheticProblem.combinations.length;
    for (const threads of [0, 2, 5]) {
      const engine = createCpuEngine(syntheticProblem, { threads });
      expect(await engine.profiles(axes)).toEqual(naiveProfiles(axes, width, chi2));
      await engine.close();
    }
  });

  it("share jobs asked for at once", async () => {
    const engine = createCpuEngine(syntheticProblem, { threads: 2 });
    const halves = await Promise.all([
      engine.evaluate({ ...grid, count: 1800 }),
      engine.evaluate({ ...grid, start: 1800, count: 1800 }),
    ]);
    await engine.close();
    expect(Float64Array.from(halves.flatMap((half) => [...half]))).toEqual(await evaluate(0));
  });

  it("pass on a failure with its code and the point it happened at", async () => {
    // A cross section whose square overflows.
    const base = syntheticProblem.base.slice();
    base[parameterIndex("sigma_scale")] = 1e200;
    for (const threads of [0, 2]) {
      const engine = createCpuEngine({ ...syntheticProblem, base }, { threads });
      const failed = engine.evaluate(grid);
      await expect(failed).rejects.toBeInstanceOf(NumericalError);
      await expect(failed).rejects.toMatchObject({
        code: "chi2-not-a-number",
        message: expect.stringMatching(/eps_mumu_d = -?\d.*sigma_scale = 1e\+200/),
        fields: { point: { sin2_theta_w: 0.238 } },
      });
      // The threads outlive it.
      const again = engine.evaluate({ ...grid, count: 1 });
      await expect(again).rejects.toBeInstanceOf(NumericalError);
      await engine.close();
    }
  });

  it("leave an evaluation rejected, not hanging, when the engine closes on it", async () => {
    const engine = createCpuEngine(syntheticProblem, { threads: 2 });
    const long = axes.map((axis) => ({ ...axis, points: 2000 }));
    const running = engine.evaluate({ kind: "grid", axes: long, start: 0, count: 4e6 });
    const rejected = expect(running).rejects.toThrow("closed");
    await engine.close();
    await rejected;
    await expect(engine.evaluate(grid)).rejects.toThrow("closed");
  });
});

describe("errors between threads", () => {
  it("keep class, code, message and fields", () => {
    for (const Class of [InputError, EnvironmentError, NumericalError]) {
      const error = new Class("some-code", "What is wrong. What to do.", { value: 3 });
      const copy = unpackError(structuredClone(packError(error)));
      expect(copy).toBeInstanceOf(Class);
      expect(copy).toMatchObject({
        code: "some-code",
        message: error.message,
        fields: { value: 3 },
      });
    }
  });

  it("keep message and stack of a bug", () => {
    const bug = new RangeError("no such nucleus: Xe");
    const copy = unpackError(structuredClone(packError(bug)));
    expect(copy.message).toBe(bug.message);
    expect(copy.stack).toBe(bug.stack);
    expect(unpackError(packError("thrown text")).message).toBe("thrown text");
  });
});
