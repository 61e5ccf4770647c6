import { describe, expect, it } from "vitest";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import type { EngineProblem } from "../../src/engine/engine.js";
import { expectedCounts } from "../../src/likelihood/profile.js";
import { TermTemplates } from "../../src/likelihood/templates.js";
import { chargeModel } from "../../src/model/charges.js";
import { parameterIndex } from "../../src/model/parameters.js";
import { minimise } from "../../src/numerics/minimise.js";
import { analysisProblem, listOf } from "./real.js";

/** χ² of the last combination by the textbook: counts written out effect by effect, at nuisances θ. */
function plainChi2({ description, observations, base }: EngineProblem, point: object) {
  const parameters = Float64Array.from(base);
  for (const [name, value] of Object.entries(point)) parameters[parameterIndex(name)] = value;
  const charges = new Float64Array(description.charges.length);
  chargeModel(description.charges).fill(parameters, charges);
  const terms = description.terms.map((term) => new TermTemplates(term, description));
  return (theta: Float64Array): number => {
    let sum = description.nuisances.reduce((s, { sigma }, j) => {
      return sigma === null ? s : s + (theta[j] / sigma) ** 2;
    }, 0);
    for (const templates of terms) {
      const { counts } = observations[templates.term.name];
      const { signal, backgrounds } = expectedCounts(templates, charges, 2, theta);
      for (let b = 0; b < counts.length; b++) {
        const mu = backgrounds.reduce((total, row) => total + row[b], signal[b]);
        const n = counts[b];
        if (mu < 0 || (mu === 0 && n > 0)) return Number.POSITIVE_INFINITY;
        sum += 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
      }
    }
    return sum;
  };
}

/** Its minimum by quasi-Newton with differences, from some onsets of the signal. */
function plainMinimum(problem: EngineProblem, point: object, onsets: readonly number[]): number {
  const { nuisances } = problem.description;
  const onset = nuisances.findIndex(({ sigma, lower }) => sigma === null && lower > -1);
  const minima = onsets.map((start) => {
    const theta = Float64Array.from(nuisances, (_, j) => (j === onset ? start : 0));
    return minimise(plainChi2(problem, point), theta, {
      lower: nuisances.map(({ lower }) => lower),
      upper: nuisances.map(({ upper }) => upper),
      scale: nuisances.map(({ sigma }) => sigma ?? 0.1),
    }).value;
  });
  return Math.min(...minima);
}

const points = [
  {},
  { eps_ee_d: 0.3, eps_mumu_u: -0.2, eps_emu_d: 0.4, sin2_theta_w: 0.3 },
  { sigma_scale_e: 2.2, sigma_scale_mu: 0.4 },
  { sigma_scale: 0 },
];

describe("the CPU engine on analyses with morphs, scales and floating onsets", () => {
  it.each([
    ["coherent-2022", {}, points, [-0.12, 0, 0.12]],
    ["release", {}, points, [0]],
    ["release", { lar_shapes: true }, points.slice(1, 2), [0]],
  ])("finds the minimum that a plain minimiser finds: %s %j", async (name, options, at, onsets) => {
    const whole = analysisProblem(name, options);
    const problem = { ...whole, combinations: whole.combinations.slice(-1) };
    const engine = createCpuEngine(problem);
    const chi2 = await engine.evaluate(listOf(at));
    await engine.close();
    at.forEach((point, i) => {
      const plain = plainMinimum(problem, point, onsets);
      expect(Math.abs(chi2[i] - plain)).toBeLessThan(1e-5);
    });
  });
});
