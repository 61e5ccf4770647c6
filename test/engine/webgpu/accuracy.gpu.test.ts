import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liao2024 } from "../../../src/analysis/liao-2024/index.js";
import { createCpuEngine } from "../../../src/engine/cpu/engine.js";
import type { Engine, EngineProblem, PointList, PointSource } from "../../../src/engine/engine.js";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import {
  createWebGpuEngine,
  type WebGpuEngine,
  type WebGpuMode,
} from "../../../src/engine/webgpu/engine.js";
import { generator } from "../../../src/engine/webgpu/samples.js";
import { parameterIndex, standardModelPoint } from "../../../src/model/parameters.js";
import { onOffProblem } from "./on-off.js";
import { couplings, randomPoints, realProblem, worstError } from "./real.js";

const problem = realProblem();
const width = problem.combinations.length;

const list = (points: readonly Record<string, number>[]): PointList => {
  const names = [...new Set(points.flatMap((point) => Object.keys(point)))];
  const value = (point: Record<string, number>, name: string) =>
    point[name] ?? (name === "sin2_theta_w" ? 0.238 : name.startsWith("sigma") ? 1 : 0);
  const values = points.flatMap((point) => names.map((name) => value(point, name)));
  return { kind: "list", names, values: Float64Array.from(values) };
};

/** Where a charge of Cs vanishes: the coupling to d that cancels the Standard Model's. */
const cancels = ((0.5 - 2 * 0.238) * 55 - 39) / -(55 + 2 * 78);

/** Of the error that SPEC allows, what kernels may take up. */
const allowed = 0.3;

describe.each(["predicted", "newton", "counts"] as const)("mode %s", (mode) => {
  let engine: WebGpuEngine;
  let reference: Engine;
  beforeAll(async () => {
    engine = await createWebGpuEngine(problem, await openDawn(), { mode });
    reference = createCpuEngine(problem);
  });
  afterAll(async () => {
    await engine.close();
    await reference.close();
  });

  async function expectAccurate(source: PointSource): Promise<void> {
    const [chi2, exact] = [await engine.evaluate(source), await reference.evaluate(source)];
    const { error, point } = worstError(chi2, exact, width);
    expect(error, `at point ${point}`).toBeLessThan(allowed);
  }

  it("agrees with float64 at random couplings up to 1", async () => {
    await expectAccurate(randomPoints(mode === "counts" ? 5000 : 50_000, 1, generator(7)));
    await expectAccurate(randomPoints(mode === "counts" ? 5000 : 50_000, 0.1, generator(8)));
  });

  it("agrees where charges vanish, the signal is switched off, or is very large", async () => {
    const lone = couplings.flatMap((name) => [-1, 1, -5, 5].map((value) => ({ [name]: value })));
    await expectAccurate(
      list([
        {},
        { eps_ee_d: cancels },
        { eps_mumu_d: cancels },
        { eps_ee_d: cancels, eps_mumu_d: cancels },
        { sigma_scale: 0 },
        { sigma_scale_e: 0 },
        { sigma_scale_mu: 0 },
        { sigma_scale: 50 },
        { sin2_theta_w: 0 },
        { sin2_theta_w: 1 },
        ...lone,
      ]),
    );
  });

  it("leaves to float64 what float32 cannot tell", async () => {
    const before = engine.recomputed;
    const far = list([{ eps_ee_u: 25, eps_ee_d: -25 }, { eps_ee_u: 12 }, { eps_etau_d: -10.5 }]);
    expect(await engine.evaluate(far)).toEqual(await reference.evaluate(far));
    expect(engine.recomputed - before).toBe(3);
  });

  it("agrees in a plane and along an axis", async () => {
    const axis = (parameter: string) => ({ parameter, from: -1, to: 1.2, points: 101 });
    const plane = [axis("eps_ee_d"), axis("eps_ee_u")];
    await expectAccurate({ kind: "grid", axes: plane, start: 0, count: 101 ** 2 });
    const line = [{ parameter: "sin2_theta_w", from: 0, to: 1, points: 301 }];
    await expectAccurate({ kind: "grid", axes: line, start: 7, count: 290 });
  });
});

describe("other problems", () => {
  async function compare(other: EngineProblem, points: PointList, mode: WebGpuMode) {
    const engine = await createWebGpuEngine(other, await openDawn(), { mode });
    const reference = createCpuEngine(other, { threads: 1 });
    try {
      const chi2 = await engine.evaluate(points);
      const exact = await reference.evaluate(points);
      return { engine, error: worstError(chi2, exact, other.combinations.length).error };
    } finally {
      await engine.close();
      await reference.close();
    }
  }

  it.each(["auto", "newton", "counts"] as const)("agrees at another exponent: %s", async (mode) => {
    const base = standardModelPoint();
    base[parameterIndex("exponent_x")] = 1.5;
    const { description, observations } = liao2024.compile({}, 1.5);
    const powered = { ...problem, description, observations, base };
    const points = randomPoints(3000, 0.5, generator(3));
    const { error, engine } = await compare(powered, points, mode);
    expect(error).toBeLessThan(0.3);
    expect(engine.recomputed).toBe(0);
  });

  it.each(["auto", "newton", "counts"] as const)(
    "agrees for on/off terms with free backgrounds and empty bins: %s",
    async (mode) => {
      const { error } = await compare(onOffProblem, randomPoints(3000, 0.4, generator(5)), mode);
      expect(error).toBeLessThan(0.3);
    },
  );

  it.each(["predicted", "newton"] as const)(
    "agrees with its bins in a loop, as GPUs have them: %s",
    async (mode) => {
      const host = await openDawn({ adapter: "swiftshader" });
      const engine = await createWebGpuEngine(problem, host, { mode });
      const reference = createCpuEngine(problem);
      const points = randomPoints(4000, 0.5, generator(9));
      const [chi2, exact] = [await engine.evaluate(points), await reference.evaluate(points)];
      expect(worstError(chi2, exact, width).error).toBeLessThan(allowed);
      expect(engine.recomputed).toBe(0);
      await engine.close();
      await reference.close();
    },
  );

  it("agrees with an NSI background and bounded norms", async () => {
    const real = realProblem({ bound_norms: true });
    const base = real.base.slice();
    base[1] = 0.1;
    const bounded = { ...real, base };
    const engine = await createWebGpuEngine(bounded, await openDawn());
    const reference = createCpuEngine(bounded);
    const points = list(
      Array.from({ length: 400 }, (_, i) => ({ eps_ee_u: -1 + i / 200, eps_mumu_d: i / 900 })),
    );
    const chi2 = await engine.evaluate(points);
    expect(worstError(chi2, await reference.evaluate(points), width).error).toBeLessThan(0.3);
    // The bound is reached where the signal is large, and is float64's there.
    expect(engine.recomputed).toBeGreaterThan(0);
    await engine.close();
    await reference.close();
  });
});

describe("what fused kernels do not cover", () => {
  const auxiliary = new Float64Array(problem.description.nuisances.length).fill(0.05);
  const shifted = { ...problem, auxiliary };

  it("is done by counts, and right", async () => {
    const engine = await createWebGpuEngine(shifted, await openDawn());
    const reference = createCpuEngine(shifted, { threads: 1 });
    expect(engine.mode).toBe("counts");
    expect(engine.notes.join()).toContain("auxiliary");
    const points = randomPoints(500, 0.5, generator(2));
    const [chi2, exact] = [await engine.evaluate(points), await reference.evaluate(points)];
    expect(worstError(chi2, exact, width).error).toBeLessThan(allowed);
    await engine.close();
    await reference.close();
  });

  it.each(["predicted", "newton"] as const)(
    "is refused where mode %s is asked for",
    async (mode) => {
      const host = await openDawn();
      await expect(createWebGpuEngine(shifted, host, { mode })).rejects.toMatchObject({
        name: "InputError",
        code: "engine-cannot",
      });
      await host.close();
    },
  );
});
