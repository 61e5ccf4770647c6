import { describe, expect, it } from "vitest";
import { ANALYSES } from "../../src/analysis/registry.js";
import { CountsEvaluator } from "../../src/likelihood/counted.js";
import type { Problem } from "../../src/likelihood/description.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { chargeModel } from "../../src/model/charges.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { barycentricWeights, cardinalValues } from "../../src/numerics/interpolation.js";

import { generator } from "./naive.js";
import { randomCharges, randomProblem } from "./random-problem.js";

/** Points with every coupling away from zero, and the exponent too where it is scanned. */
function points(scansExponent: boolean): Float64Array[] {
  return [0, 1, 2, 3, 4].map((i) => {
    const point = standardModelPoint();
    PARAMETERS.forEach(({ name }, k) => {
      if (name.startsWith("eps")) point[k] = 0.4 * Math.sin(1 + 7 * i + 3 * k);
    });
    if (scansExponent) point[parameterIndex("exponent_x")] = 1.5 + 0.2 * i;
    return point;
  });
}

/** Counts by the definition of their rows: a matrix times the charges, node after node. */
function countsOf(problem: Problem, evaluator: CountsEvaluator, q: Float64Array, x: number) {
  const { rows, columns, matrix } = evaluator.counts;
  const { family } = problem.description;
  const along = family
    ? cardinalValues(family.nodes, barycentricWeights(family.nodes), x)
    : Float64Array.of(1);
  const vector = Array.from(along).flatMap((cardinal) =>
    Array.from(q, (charge) => cardinal * charge),
  );
  expect(columns).toBe(vector.length);
  return Float64Array.from({ length: rows }, (_, row) =>
    vector.reduce((sum, value, c) => sum + matrix[row * columns + c] * value, 0),
  );
}

describe("χ² from event counts", () => {
  const cases = ANALYSES.flatMap(({ name }) =>
    ([2, "scanned"] as const).map((exponent) => ({ name, exponent })),
  );
  it.each(cases)("is that from charges: $name, exponent $exponent", ({ name, exponent }) => {
    const analysis = ANALYSES.find((one) => one.name === name);
    const compiled = analysis?.compile({}, exponent);
    if (!compiled) throw new Error(name);
    const { description, observations, datasets } = compiled;
    const combinations = [...datasets.map((one) => [one]), datasets].map((chosen) => {
      return { name: chosen.join("+"), datasets: chosen };
    });
    const problem = { description, observations, combinations };
    const reference = new LikelihoodEvaluator(problem);
    const counted = new CountsEvaluator(problem);
    const model = chargeModel(description.charges);
    const q = new Float64Array(description.charges.length);
    const [expected, found] = [0, 1].map(() => new Float64Array(combinations.length));
    for (const point of points(exponent === "scanned")) {
      const x = point[parameterIndex("exponent_x")];
      model.fill(point, q);
      reference.chi2(q, x, expected);
      counted.chi2(q, x, countsOf(problem, counted, q, x), found);
      found.forEach((value, k) => {
        expect(Math.abs(value / expected[k] - 1)).toBeLessThan(1e-9);
      });
    }
  });

  it("is that from charges where effects of every kind meet, in either statistic", () => {
    const random = generator(11);
    for (let seed = 0; seed < 8; seed++) {
      const made = randomProblem(seed, { statistics: ["poisson", "gaussian"] });
      const auxiliary = Float64Array.from(made.description.nuisances, () => 0.1 * random());
      const problem = { ...made, auxiliary };
      const reference = new LikelihoodEvaluator(problem);
      const counted = new CountsEvaluator(problem);
      const [expected, found] = [0, 1].map(() => new Float64Array(problem.combinations.length));
      for (let i = 0; i < 5; i++) {
        const q = randomCharges(random, problem.description.charges.length);
        reference.chi2(q, 0, expected);
        counted.chi2(q, 0, countsOf(problem, counted, q, 0), found);
        found.forEach((value, k) => {
          expect(Math.abs(value - expected[k])).toBeLessThan(1e-8 * (1 + expected[k]));
        });
      }
    }
  });

  it("follows the counts, not the charges", () => {
    const [{ compile }] = ANALYSES;
    const { description, observations, datasets } = compile({}, 2);
    const problem = { description, observations, combinations: [{ name: "all", datasets }] };
    const counted = new CountsEvaluator(problem);
    const q = new Float64Array(description.charges.length);
    chargeModel(description.charges).fill(standardModelPoint(), q);
    const counts = countsOf(problem, counted, q, 2);
    const [doubled, expected] = [new Float64Array(1), new Float64Array(1)];
    counted.chi2(
      q,
      2,
      counts.map((value) => 2 * value),
      doubled,
    );
    new LikelihoodEvaluator(problem).chi2(
      q.map((value) => 2 * value),
      2,
      expected,
    );
    expect(Math.abs(doubled[0] / expected[0] - 1)).toBeLessThan(1e-9);
  });
});
