import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { holdNuisances } from "../../src/fit/hold.js";
import { chi2Shares } from "../../src/fit/shares.js";
import { pointAt } from "./points.js";

const point = pointAt({ eps_ee_u: 0.15, eps_mumu_d: -0.05 });
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe("χ² shared out", () => {
  it("gives independent data sets the χ² of fits of their own", () => {
    const analysis = analysisNamed("liao-2024").compile();
    const profile = new ChiSquare(analysis).profile(point);
    const { datasets, sharedPriors } = chi2Shares(analysis, profile);
    expect(sharedPriors).toBe(0);
    expect(Object.keys(datasets)).toEqual(["csi", "lar", "ge"]);
    for (const [name, share] of Object.entries(datasets)) {
      expect(share).toBeCloseTo(new ChiSquare(analysis, [name]).value(point), 7);
    }
    expect(sum(Object.values(datasets))).toBeCloseTo(profile.chi2, 9);
  });

  it("keeps the priors of a shared nuisance apart, unless one data set alone is fitted", () => {
    const analysis = analysisNamed("release").compile();
    const profile = new ChiSquare(analysis).profile(point);
    const { datasets, sharedPriors } = chi2Shares(analysis, profile);
    expect(sharedPriors).toBeGreaterThan(0);
    expect(sum(Object.values(datasets)) + sharedPriors).toBeCloseTo(profile.chi2, 8);

    const alone = new ChiSquare(analysis, ["ge"]).profile(point);
    const shares = chi2Shares(analysis, alone);
    expect(shares.sharedPriors).toBe(0);
    expect(shares.datasets).toEqual({ ge: expect.closeTo(alone.chi2, 8) });
  });
});

describe("data with auxiliary measurements", () => {
  const analysis = analysisNamed("liao-2024").compile();
  const { observations, description } = analysis;
  const auxiliary = new Float64Array(description.nuisances.length).fill(0.05);
  const moved = new ChiSquare(analysis).observe({ observations, auxiliary });
  const at = pointAt({});

  it("are shared out as they are: the shares sum to χ²", () => {
    const profile = moved.profile(at);
    const { datasets, sharedPriors } = chi2Shares(moved.analysis, profile);
    const sum = Object.values(datasets).reduce((a, b) => a + b, sharedPriors);
    expect(sum).toBeCloseTo(moved.value(at), 7);
    expect(sum).not.toBeCloseTo(new ChiSquare(analysis).value(at), 1);
  });

  it("stay with an analysis some of whose nuisances are held", () => {
    const { nuisances } = description;
    const { pulls } = moved.profile(at);
    const values = Object.fromEntries(nuisances.map(({ name }, j) => [name, pulls[j]]));
    const held = new ChiSquare(holdNuisances(moved.analysis, values));
    expect(held.value(at)).toBeCloseTo(moved.value(at), 7);
  });
});
