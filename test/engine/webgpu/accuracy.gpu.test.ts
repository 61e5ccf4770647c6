import { expect, it } from "vitest";
import { createCpuEngine } from "../../../src/engine/cpu/engine.js";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { createWebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { generator } from "../../random.js";
import { analysisProblem, listOf, randomPoints } from "../real.js";

const problem = analysisProblem("liao-2024");

it("counts where there are no tables, and says so", async () => {
  for (const name of ["liao-2024", "coherent-2022", "release"]) {
    const engine = await createWebGpuEngine(analysisProblem(name), await openDawn());
    expect(engine.mode).toBe("counts");
    expect(engine.notes.join()).toContain("no tables");
    await engine.close();
  }
});

it("leaves to float64 what float32 cannot tell, and no more", async () => {
  const engine = await createWebGpuEngine(problem, await openDawn(), { mode: "counts" });
  const reference = createCpuEngine(problem);
  const far = listOf([{ eps_ee_u: 25, eps_ee_d: -25 }, { eps_ee_u: 12 }, { eps_etau_d: -10.5 }]);
  expect(await engine.evaluate(far)).toEqual(await reference.evaluate(far));
  expect(engine.recomputed).toBe(3);
  await engine.evaluate(randomPoints(4000, 0.5, generator(9)));
  expect(engine.recomputed).toBe(3);
  await engine.close();
  await reference.close();
});

it("is refused where tables are asked for and there are none", async () => {
  const host = await openDawn();
  await expect(createWebGpuEngine(problem, host, { mode: "tables" })).rejects.toMatchObject({
    name: "InputError",
    code: "engine-cannot",
  });
  await host.close();
});
