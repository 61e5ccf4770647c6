import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { mirroredBranches } from "../../src/likelihood/branches.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { expectedCounts } from "../../src/likelihood/profile.js";
import { TermTemplates } from "../../src/likelihood/templates.js";
import { chargeModel } from "../../src/model/charges.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { drawData } from "../../src/toys/draw.js";
import { Random } from "../../src/toys/random.js";

const { description, observations } = analysisNamed("coherent-2022").compile();
const { terms, nuisances, charges } = description;
const [templates] = terms.map((term) => new TermTemplates(term, description));
const evaluator = new LikelihoodEvaluator({
  description,
  observations,
  combinations: [{ name: "csi", datasets: ["csi"] }],
});

function chargesAt(scale: number): Float64Array {
  const point = standardModelPoint();
  point[parameterIndex("sigma_scale")] = scale;
  const squared = new Float64Array(charges.length);
  chargeModel(charges).fill(point, squared);
  return squared;
}

/** Pseudo-data of seed 1. */
function draw(scale: number, index: number) {
  const theta = new Float64Array(nuisances.length);
  const expected = [expectedCounts(templates, chargesAt(scale), 2, theta)];
  return drawData({ terms, expected, nuisances, theta, observations }, new Random(1, index));
}

/** χ² of pseudo-data at given nuisances, by formula. */
function formula(
  { observations, auxiliary }: ReturnType<typeof draw>,
  scale: number,
  at: number[],
) {
  const theta = Float64Array.from(at);
  const { signal, backgrounds } = expectedCounts(templates, chargesAt(scale), 2, theta);
  const prior = nuisances.reduce((sum, { sigma }, j) => {
    return sigma === null ? sum : sum + ((theta[j] - auxiliary[j]) / sigma) ** 2;
  }, 0);
  return observations.csi.counts.reduce((sum, n, b) => {
    const mu = backgrounds.reduce((total, row) => total + row[b], signal[b]);
    return sum + 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
  }, prior);
}

function profiled({ observations, auxiliary }: ReturnType<typeof draw>, scale: number): number {
  const out = new Float64Array(1);
  evaluator.observe({ observations, auxiliary }).chi2(chargesAt(scale), 2, out);
  return out[0];
}

describe("the lowest minimum of a morphed signal", () => {
  // [drawn at, index, tested at, χ² of a local minimum nearer to the start, θ of a lower one], from 60
  // random starts each: in turn χ² is lower on the other side of where the first bin turns, at
  // another onset, and where shapes take what norms might.
  it.each([
    [0.4, 44, 2, 161.754, [-0.18, -0.17, -0.04, -0.23, -1.97, -0.71, 0.31, 4.86, -0.05]],
    [0.4, 90, 1, 118.6146, [-0.12, -0.49, -0.02, 0.03, -2.17, 2.55, 0.53, 2.13, 0.01]],
    [0.2, 43, 2, 167.9685, [-0.45, 0.12, -0.02, -0.31, -2.14, -0.17, 1.2, 3.41, 0.07]],
    [0, 94, 1, 184.5069, [-0.22, 0.1, -0.02, -0.34, -2.25, -1.31, 2.0, 3.79, -0.2]],
    [0.2, 40, 4, 174.2774, [-0.87, -0.04, -0.01, -0.03, -1.27, 0.54, 2.55, 2.14, -0.2]],
    [0.4, 3, 4, 226.5146, [-0.06, -0.44, -0.01, -0.18, -1.6, -0.95, 4.77, 8.16, -0.16]],
    [0, 18, 4, 212.7501, [-0.23, -0.3, 0, 0.38, -1.6, -2.32, 3.96, 9.32, -0.2]],
    [0, 67, 4, 239.0422, [-0.1, 0.09, -0.03, 0.04, -1.74, -1.73, 5.45, 8.11, 0.2]],
  ])(
    "is found in pseudo-data drawn at %d, number %d, tested at %d",
    (scale, index, at, other, theta) => {
      const data = draw(scale, index);
      const known = formula(data, at, theta);
      expect(known).toBeLessThan(other - 2);
      expect(profiled(data, at)).toBeLessThan(known);
    },
  );

  it("is no lower than what the formula gives at the pulls", () => {
    const data = draw(0.4, 44);
    const fitted = evaluator.observe(data);
    const { pulls, chi2, converged } = fitted.profile(chargesAt(2), 2, 0);
    expect(converged).toBe(true);
    expect(chi2).toBeCloseTo(formula(data, 2, [...pulls]), 8);
    expect(chi2).toBeCloseTo(profiled(data, 2), 8);
  });
});

describe("mirrored branches", () => {
  it("belong to the efficiency alone: its −1σ leaves nothing in the first bins of energy", () => {
    const branches = mirroredBranches(templates, nuisances, 2);
    expect(branches).toHaveLength(1);
    const [moved, ...rest] = branches[0].flatMap((value, at) => (value === 0 ? [] : [at]));
    expect(rest).toEqual([]);
    expect(nuisances[templates.nuisances[moved]].name).toBe("csi.efficiency");
    expect(branches[0][moved]).toBeCloseTo(-2, 1);
    // The first bins have the same counts on both branches.
    const counts = (efficiency: number) => {
      const theta = Float64Array.from(nuisances, ({ name }) => {
        return name === "csi.efficiency" ? efficiency : 0;
      });
      return expectedCounts(templates, chargesAt(1), 2, theta).signal.slice(0, 11);
    };
    const sum = (row: Float64Array) => row.reduce((total, value) => total + value, 0);
    expect(sum(counts(branches[0][moved])) / sum(counts(0))).toBeCloseTo(1, 2);
    expect(sum(counts(-1)) / sum(counts(0))).toBeLessThan(0.1);
  });

  it("are none where morphs turn out of reach or bins hardly change", () => {
    const narrow = nuisances.map((nuisance) => ({ ...nuisance, sigma: 0.2 }));
    expect(mirroredBranches(templates, narrow, 2)).toEqual([]);
  });
});
