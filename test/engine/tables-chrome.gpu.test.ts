import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import { type ChromeEngine, createChromeEngine } from "../../src/engine/hosts/chrome/engine.js";
import { generator } from "../random.js";
import { naiveProfiles } from "./naive-profiles.js";
import { analysisProblem, randomPoints, worstError } from "./real.js";
import { tablesOf } from "./tabulated.js";

const problem = analysisProblem("liao-2024");
const width = problem.combinations.length;

describe("Chrome WebGPU, looked up from tables", () => {
  let engine: ChromeEngine;
  beforeAll(async () => {
    const tables = await tablesOf(problem);
    engine = await createChromeEngine(problem, { tables, adapter: "swiftshader" });
  });
  afterAll(() => engine?.close());

  it("takes tables where there are any", () => {
    expect(engine.mode).toBe("tables");
    expect(engine.notes.join()).toContain("certified");
  });

  it("agrees with float64 at random couplings", async () => {
    const points = randomPoints(4000, 1, generator(9));
    const reference = createCpuEngine(problem);
    const exact = await reference.evaluate(points);
    await reference.close();
    expect(worstError(await engine.evaluate(points), exact, width).error).toBeLessThan(0.3);
  });

  it("profiles a grid to what its points reduce to", async () => {
    const axes = ["eps_ee_u", "eps_emu_d", "eps_mumu_d"].map((parameter, k) => {
      return { parameter, from: -0.4, to: 0.7, points: 9 + 2 * k };
    });
    const count = 9 * 11 * 13;
    const chi2 = await engine.evaluate({ kind: "grid", axes, start: 0, count });
    const naive = naiveProfiles(axes, width, chi2);
    const found = await engine.profiles(axes);
    expect(found.points).toBe(count);
    naive.planes.forEach(({ profiles }, plane) => {
      profiles.forEach((other, k) => {
        const lowest = Float64Array.of(naive.best[k].chi2);
        const { chi2: own } = found.planes[plane].profiles[k];
        expect(worstError(own, other.chi2, 1, lowest).error).toBeLessThan(0.1);
      });
    });
  });
});
