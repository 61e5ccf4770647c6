import { describe, expect, it } from "vitest";
import { liao2024 } from "../../src/analysis/liao-2024/index.js";
import { createEngine, ENGINES } from "../../src/engine/registry.js";
import { standardModelPoint } from "../../src/model/parameters.js";
import { syntheticProblem } from "./problem.js";

describe("an engine by name", () => {
  it("is refused where there is none of it, with the names there are", async () => {
    const refused = createEngine("cuda", syntheticProblem);
    await expect(refused).rejects.toMatchObject({ code: "unknown-engine", exitStatus: 2 });
    for (const name of ENGINES) await expect(refused).rejects.toThrow(name);
  });

  it("has no adapter where that means nothing", async () => {
    const refused = createEngine("cpu", syntheticProblem, { adapter: "lavapipe" });
    await expect(refused).rejects.toMatchObject({ code: "no-adapter-choice", exitStatus: 2 });
  });

  it("is the CPU for a short job, without a word", async () => {
    const reasons: string[] = [];
    const onChoice = (reason: string) => reasons.push(reason);
    const engine = await createEngine("auto", syntheticProblem, { points: 100, onChoice });
    expect(engine.name).toBe("cpu");
    expect(reasons).toEqual([]);
    await engine.close();
  });

  it("is the CPU where templates depend on a scanned parameter", async () => {
    const { datasets, ...compiled } = liao2024.compile({}, "scanned");
    const combinations = [{ name: "all", datasets }];
    const problem = { ...compiled, combinations, base: standardModelPoint() };
    const reasons: string[] = [];
    const onChoice = (reason: string) => reasons.push(reason);
    const engine = await createEngine("auto", problem, { points: 1e12, onChoice });
    expect(engine.name).toBe("cpu");
    expect(reasons[0]).toContain("exponent_x");
    await engine.close();
  });
});
