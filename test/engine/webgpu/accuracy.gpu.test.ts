import { describe, expect, it } from "vitest";
import { createCpuEngine } from "../../../src/engine/cpu/engine.js";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { createWebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { generator } from "../../../src/engine/webgpu/samples.js";
import { analysisProblem, listOf, randomPoints, worstError } from "../real.js";

const problem = analysisProblem("liao-2024");
const width = problem.combinations.length;

it("predicts nuisances of liao-2024, and counts where kernels cannot profile", async () => {
  const modes = { "liao-2024": "predicted", "coherent-2022": "counts", release: "counts" };
  for (const [name, mode] of Object.entries(modes)) {
    const engine = await createWebGpuEngine(analysisProblem(name), await openDawn());
    expect(engine.mode).toBe(mode);
    await engine.close();
  }
});

describe.each(["predicted", "newton", "counts"] as const)("mode %s", (mode) => {
  it("leaves to float64 what float32 cannot tell, and no more", async () => {
    const engine = await createWebGpuEngine(problem, await openDawn(), { mode });
    const reference = createCpuEngine(problem);
    const far = listOf([{ eps_ee_u: 25, eps_ee_d: -25 }, { eps_ee_u: 12 }, { eps_etau_d: -10.5 }]);
    expect(await engine.evaluate(far)).toEqual(await reference.evaluate(far));
    expect(engine.recomputed).toBe(3);
    await engine.evaluate(randomPoints(4000, 0.5, generator(9)));
    expect(engine.recomputed).toBe(3);
    await engine.close();
    await reference.close();
  });
});

it.each(["predicted", "newton"] as const)(
  "agrees with its bins in a loop, as GPUs have them: %s",
  async (mode) => {
    const host = await openDawn({ adapter: "swiftshader" });
    const engine = await createWebGpuEngine(problem, host, { mode });
    const reference = createCpuEngine(problem);
    const points = randomPoints(4000, 0.5, generator(9));
    const [chi2, exact] = [await engine.evaluate(points), await reference.evaluate(points)];
    expect(worstError(chi2, exact, width).error).toBeLessThan(0.3);
    expect(engine.recomputed).toBe(0);
    await engine.close();
    await reference.close();
  },
);

describe("what fused kernels do not cover", () => {
  const auxiliary = new Float64Array(problem.description.nuisances.length).fill(0.05);
  const shifted = { ...problem, auxiliary };

  it("is done by counts, with the reason", async () => {
    const engine = await createWebGpuEngine(shifted, await openDawn());
    expect(engine.mode).toBe("counts");
    expect(engine.notes.join()).toContain("auxiliary");
    await engine.close();
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
