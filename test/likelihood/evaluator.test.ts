import { describe, expect, it } from "vitest";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { bruteForce, chi2Of, generator, naiveChi2, naiveCounts } from "./naive.js";
import { type RandomOptions, randomCharges, randomProblem } from "./random-problem.js";

const kinds: Record<string, RandomOptions> = {
  "Poisson, linear": { statistics: ["poisson"], morphs: false },
  "Poisson, morphs": { statistics: ["poisson"] },
  "Poisson, hardly any counts": { statistics: ["poisson"], morphs: false, level: 0.3 },
  "Gaussian, unbounded": { statistics: ["gaussian"], morphs: false, bounded: false },
  "Gaussian, bounded": { statistics: ["gaussian"], morphs: false },
  "Gaussian, morphs": { statistics: ["gaussian"] },
  "Poisson and Gaussian, one nuisance shared": {
    statistics: ["poisson", "gaussian"],
    morphs: false,
  },
  "two Gaussian, one nuisance shared": { statistics: ["gaussian", "gaussian"], morphs: false },
  "Poisson and Gaussian, nothing shared": { statistics: ["poisson", "gaussian"], shared: false },
};

describe.each(Object.entries(kinds))("%s", (_, options) => {
  const count = options.statistics.length > 1 ? 12 : 30;
  const cases = Array.from({ length: count }, (_unused, i) => {
    const problem = randomProblem(1000 + i, options);
    const charges = randomCharges(generator(i), problem.description.charges.length);
    return { problem, charges, evaluator: new LikelihoodEvaluator(problem) };
  });
  const datasets = options.statistics.map((_unused, t) => `t${t}`);

  it("agrees with a brute-force minimum", () => {
    for (const { problem, charges, evaluator } of cases) {
      const [chi2] = chi2Of(evaluator, charges);
      const f = (theta: Float64Array) => naiveChi2(problem, datasets, charges, theta);
      const widths = problem.description.nuisances.map(({ sigma }) => sigma ?? 0.5);
      const brute = bruteForce(f, new Float64Array(widths.length), widths);
      expect(Math.abs(chi2 - brute.chi2)).toBeLessThan(1e-6);
    }
  });

  it("profiles to the same χ² without compression, and its pieces add up", () => {
    for (const { problem, charges, evaluator } of cases) {
      const [chi2] = chi2Of(evaluator, charges);
      const profile = evaluator.profile(charges, 0, 0);
      expect(profile.converged).toBe(true);
      expect(profile.chi2).toBeCloseTo(chi2, 9);
      expect(naiveChi2(problem, datasets, charges, profile.pulls)).toBeCloseTo(chi2, 9);
      const byTerm = Object.values(profile.chi2ByTerm).reduce((a, b) => a + b);
      const byDataset = Object.values(profile.chi2ByDataset).reduce((a, b) => a + b);
      expect(byTerm + profile.priorChi2).toBeCloseTo(profile.chi2, 9);
      expect(byDataset).toBeCloseTo(byTerm, 10);
    }
  });

  it("expects the counts that the description's head prescribes", () => {
    for (const { problem, charges, evaluator } of cases) {
      const { pulls, expected } = evaluator.profile(charges, 0, 0);
      problem.description.terms.forEach((term, t) => {
        const total = Array.from(expected[t].signal, (s, b) =>
          expected[t].backgrounds.reduce((sum, row) => sum + row[b], s),
        );
        naiveCounts(term, charges, pulls).forEach((mu, b) => {
          expect(total[b]).toBeCloseTo(mu, 10);
        });
      });
    }
  });

  it("has the gradient of central differences", () => {
    for (const { charges, evaluator } of cases) {
      const inside = charges.map((q) => q + 0.05);
      const { chargeGradient } = evaluator.profile(inside, 0, 0);
      inside.forEach((q, c) => {
        const h = 1e-4;
        const at = (value: number) => evaluator.profile(inside.with(c, value), 0, 0).chi2;
        const slope = (8 * (at(q + h) - at(q - h)) - (at(q + 2 * h) - at(q - 2 * h))) / (12 * h);
        expect(Math.abs(chargeGradient[c] - slope)).toBeLessThan(2e-5 * (1 + Math.abs(slope)));
      });
    }
  });

  it("has the same χ² and gradient by compressed terms, in one go", () => {
    for (const { charges, evaluator } of cases) {
      const inside = Float64Array.from(charges, (q) => q + 0.05);
      const gradient = new Float64Array(inside.length);
      const chi2 = evaluator.chargeGradient(inside, 0, 0, gradient);
      const whole = evaluator.profile(inside, 0, 0);
      expect(chi2).toBeCloseTo(whole.chi2, 8);
      whole.chargeGradient.forEach((slope, c) => {
        expect(Math.abs(gradient[c] - slope)).toBeLessThan(2e-4 * (1 + Math.abs(slope)));
      });
    }
  });

  it("does not depend on the order of terms, nuisances or points", () => {
    const { problem, charges, evaluator } = cases[0];
    const { description } = problem;
    const last = description.nuisances.length - 1;
    const reversed = new LikelihoodEvaluator({
      ...problem,
      description: {
        ...description,
        nuisances: description.nuisances.toReversed(),
        terms: description.terms.toReversed().map((term) => ({
          ...term,
          effects: term.effects.map((effect) => ({ ...effect, nuisance: last - effect.nuisance })),
        })),
      },
    });
    expect(chi2Of(reversed, charges)[0]).toBeCloseTo(chi2Of(evaluator, charges)[0], 9);
    const first = chi2Of(evaluator, charges)[0];
    chi2Of(
      evaluator,
      charges.map((q) => 5 * q + 1),
    );
    expect(chi2Of(evaluator, charges)[0]).toBe(first);
  });
});
