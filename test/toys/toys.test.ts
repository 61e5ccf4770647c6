import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { parseLevel } from "../../src/contour/levels.js";
import { defaultRange } from "../../src/fit/best-fit.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { coverage } from "../../src/toys/coverage.js";
import { drawData } from "../../src/toys/draw.js";
import { type ToyPlan, toyMaker } from "../../src/toys/experiment.js";
import { Random } from "../../src/toys/random.js";
import { runToys } from "../../src/toys/run.js";
import { joinToySets, parseToySet, type ToySet } from "../../src/toys/set.js";

const plan: ToyPlan = {
  analysis: analysisNamed("coherent-2022").compile(),
  datasets: ["csi"],
  at: standardModelPoint(),
  free: [defaultRange("sigma_scale")],
  nuisances: "nominal",
  seed: 11,
};

function setOf(from: number, deltaChi2: number[], change: Partial<ToySet> = {}): ToySet {
  return {
    schema: "nsiscan-toys/1",
    analysis: "coherent-2022",
    datasets: ["csi"],
    descriptionHash: "abc",
    at: { sigma_scale: 1 },
    free: [{ name: "sigma_scale", lower: 0, upper: 10 }],
    nuisances: "nominal",
    seed: 1,
    from,
    to: from + deltaChi2.length,
    deltaChi2,
    chi2: deltaChi2.map((value) => 90 + value),
    best: deltaChi2.map((value) => [1 + value]),
    ...change,
  };
}

describe("a pseudo-experiment", () => {
  it("depends on its index only, not on those before it", async () => {
    const make = toyMaker(plan);
    const inOrder = [0, 1, 2, 3, 4].map(make);
    const again = toyMaker(plan);
    expect([4, 2, 0].map(again)).toEqual([inOrder[4], inOrder[2], inOrder[0]]);
    expect(await runToys(plan, 1, 4, { threads: 1 })).toEqual(inOrder.slice(1, 4));
    expect(toyMaker({ ...plan, seed: 12 })(0)).not.toEqual(inOrder[0]);
  });

  it("fluctuates counts and auxiliary measurements about the truth by their own widths", () => {
    const analysis = analysisNamed("liao-2024").compile();
    const chi2 = new ChiSquare(analysis, ["csi", "ge"]);
    const { expected, pulls } = chi2.profile(standardModelPoint());
    const { terms, nuisances } = analysis.description;
    const chosen = terms.filter(({ dataset }) => dataset !== "lar");
    const truth = {
      terms: chosen,
      expected,
      nuisances,
      theta: pulls,
      observations: analysis.observations,
    };
    const draws = Array.from({ length: 3000 }, (_, i) => drawData(truth, new Random(3, i)));
    const check = (values: number[], mean: number, variance: number) => {
      const n = values.length;
      const average = values.reduce((a, b) => a + b) / n;
      const spread = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
      expect(Math.abs(average - mean)).toBeLessThan(4.5 * Math.sqrt(variance / n));
      expect(Math.abs(spread / variance - 1)).toBeLessThan(5 * Math.sqrt((2 + 1 / variance) / n));
    };
    nuisances.forEach(({ sigma }, j) => {
      check(
        draws.map(({ auxiliary }) => auxiliary[j]),
        pulls[j],
        (sigma ?? 0) ** 2,
      );
    });
    chosen.forEach(({ name, statistic }, t) => {
      for (const bin of [0, 3, 6]) {
        const { signal, backgrounds } = expected[t];
        const mu = backgrounds.reduce((sum, row) => sum + row[bin], signal[bin]);
        const { variance } = analysis.observations[name];
        const width = statistic === "poisson" ? mu : (variance as Float64Array)[bin];
        check(
          draws.map(({ observations }) => observations[name].counts[bin]),
          mu,
          width,
        );
      }
    });
    expect(draws[0].observations.lar).toBe(analysis.observations.lar);
  });

  it("of a Gaussian likelihood has the Δχ² distribution of Wilks' theorem", () => {
    const gaussian: ToyPlan = {
      ...plan,
      analysis: analysisNamed("liao-2024").compile(),
      datasets: ["lar"],
      free: [{ name: "sigma_scale", lower: 0, upper: 30 }],
    };
    const make = toyMaker(gaussian);
    const n = 300;
    const values = Array.from({ length: n }, (_, i) => make(i).deltaChi2);
    const inside = (limit: number) => values.filter((value) => value <= limit).length / n;
    for (const [limit, probability] of [
      [0.4549, 0.5],
      [1, 0.6827],
      [2.7055, 0.9],
    ]) {
      const error = Math.sqrt((probability * (1 - probability)) / n);
      expect(Math.abs(inside(limit) - probability)).toBeLessThan(3.5 * error);
    }
  });

  it("finds the lower of two minima in whatever range holds both", () => {
    const analysis = analysisNamed("release").compile();
    const outcomes = [
      [-1.5, 1.5],
      [-0.7, 1.5],
      [-20, 20],
    ].map(([lower, upper]) => {
      const free = [{ name: "eps_ee_d", lower, upper }];
      const make = toyMaker({ ...plan, analysis, datasets: analysis.datasets, free, seed: 1 });
      return Array.from({ length: 8 }, (_, i) => make(i));
    });
    // Among these are experiments whose best fit is the Standard Model's mirror image.
    expect(outcomes[0].some(({ best }) => best[0] > 0.3)).toBe(true);
    for (const outcome of outcomes) {
      outcome.forEach(({ deltaChi2 }, i) => {
        expect(deltaChi2).toBeCloseTo(outcomes[0][i].deltaChi2, 6);
      });
    }
  });

  it("fits around its truth", () => {
    const at = standardModelPoint();
    at[parameterIndex("sigma_scale")] = 2;
    const make = toyMaker({ ...plan, at });
    const scales = Array.from({ length: 40 }, (_, i) => make(i).best[0]);
    const mean = scales.reduce((a, b) => a + b) / scales.length;
    expect(mean).toBeGreaterThan(1.8);
    expect(mean).toBeLessThan(2.3);
  });
});

describe("auxiliary measurements", () => {
  it("centre the priors: moved with the nuisances of both compressed and binned terms", () => {
    const analysis = analysisNamed("liao-2024").compile();
    const { nuisances } = analysis.description;
    const chi2 = new ChiSquare(analysis);
    const auxiliary = Float64Array.from(nuisances, (_, j) => 0.3 * Math.sin(j + 1));
    const moved = chi2.observe({ observations: analysis.observations, auxiliary });
    const { pulls, priorChi2, chi2: value } = moved.profile(standardModelPoint());
    const prior = nuisances.reduce((sum, { sigma }, j) => {
      return sigma === null ? sum : sum + ((pulls[j] - auxiliary[j]) / sigma) ** 2;
    }, 0);
    expect(priorChi2).toBeCloseTo(prior, 9);
    expect(moved.value(standardModelPoint())).toBeCloseTo(value, 7);
    expect(value).not.toBeCloseTo(chi2.value(standardModelPoint()), 1);
  });
});

describe("coverage", () => {
  it("counts what lies within each level, with its binomial error", () => {
    const values = Array.from({ length: 100 }, (_, i) => 0.1 * (i + 0.5));
    const [oneSigma, ninety] = coverage(setOf(0, values), [
      parseLevel("1sigma"),
      parseLevel("90%"),
    ]);
    expect(oneSigma.observed).toBe(0.1);
    expect(oneSigma.error).toBeCloseTo(0.0304, 3);
    expect(ninety.observed).toBe(0.27);
    expect(ninety.calibrated).toBeCloseTo(8.95, 10);
    expect(ninety.calibratedError).toBeCloseTo(0.3, 10);
  });

  it("gives no quantile that the pseudo-experiments are too few for", () => {
    const levels = ["1sigma", "90%", "3sigma"].map((level) => parseLevel(level));
    const [oneSigma, ninety, threeSigma] = coverage(
      setOf(0, [4, 1, 3, 2, 5, 7, 6, 9, 8, 10]),
      levels,
    );
    expect(oneSigma.calibrated).toBe(7);
    for (const { calibrated, calibratedError } of [ninety, threeSigma]) {
      expect([calibrated, calibratedError]).toEqual([null, null]);
    }
  });
});

describe("parts of an ensemble", () => {
  it("join to what one run gives, in any order", () => {
    const values = [0.1, 2, 0.3, 4, 0.5, 6];
    const parts = [
      setOf(2, values.slice(2, 3)),
      setOf(3, values.slice(3)),
      setOf(0, values.slice(0, 2)),
    ];
    expect(joinToySets(parts)).toEqual(setOf(0, values));
  });

  it.each([
    ["a gap", [setOf(0, [1]), setOf(2, [1])], /experiments 1 to 1 are missing/],
    ["an overlap", [setOf(0, [1, 2]), setOf(1, [2])], /experiments 1 to 1 are there twice/],
    ["another seed", [setOf(0, [1]), setOf(1, [1], { seed: 2 })], /differ in "seed"/],
    ["another point", [setOf(0, [1]), setOf(1, [1], { at: { sigma_scale: 2 } })], /differ in "at"/],
    ["nothing", [], /no files/],
  ])("do not join over %s", (_, parts, message) => {
    expect(() => joinToySets(parts)).toThrow(message);
  });

  it("are read back as written, and nothing else is", () => {
    const set = setOf(0, [1, 2]);
    expect(parseToySet(JSON.stringify(set), "a.json")).toEqual(set);
    for (const text of [
      "",
      "{}",
      JSON.stringify({ ...set, to: 3 }),
      JSON.stringify(set).slice(0, -9),
    ]) {
      expect(() => parseToySet(text, "a.json")).toThrow(/a\.json is no complete file/);
    }
  });
});
