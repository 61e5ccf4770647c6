import { expect, it } from "vitest";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { pointCount, pointWriter } from "../../../src/engine/points.js";
import { createWebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { chargeModel } from "../../../src/model/charges.js";
import { LikelihoodLookUp } from "../../../src/tables/likelihood-look-up.js";
import { generator } from "../../random.js";
import { analysisProblem, randomPoints } from "../real.js";
import { syntheticTables } from "../tables/synthetic.js";

const liao = analysisProblem("liao-2024");
const problem = { ...liao, combinations: liao.combinations.slice(-1) };
const width = 1;

it.each([0.02, -0.05])(
  "a scale that tables share is minimised as in float64: %d",
  async (measured) => {
    const scale = { nuisance: 0, sigma: 0.1, measured, step: 0.1, first: -12, last: 6, reach: 3 };
    const { charges } = problem.description;
    const all = syntheticTables({ seed: 2, scale, charges, reach: 4000 });
    const tables = { ...all, profiles: all.profiles.slice(-1), members: [[0]] };
    const engine = await createWebGpuEngine(problem, await openDawn(), { mode: "tables", tables });
    const points = randomPoints(3000, 0.5, generator(5));
    const chi2 = await engine.evaluate(points);
    const lookUp = new LikelihoodLookUp(tables);
    const [write, model] = [pointWriter(points), chargeModel(charges)];
    const squared = new Float64Array(charges.length);
    const expected = new Float64Array(width);
    const parameters = problem.base.slice();
    let worst = 0;
    for (let i = 0; i < pointCount(points); i++) {
      write(i, parameters);
      model.fill(parameters, squared);
      lookUp.chi2(squared, 2, expected);
      expected.forEach((value, k) => {
        const allowed = Math.max(3e-4, 3e-6 * Math.abs(value));
        worst = Math.max(worst, Math.abs(chi2[i * width + k] - value) / allowed);
      });
    }
    expect(worst).toBeLessThan(1);
    expect(engine.recomputed).toBe(0);
    await engine.close();
  },
);
