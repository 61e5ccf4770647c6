import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../../src/analysis/registry.js";
import { ChiSquare } from "../../../src/fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../../src/model/parameters.js";
import { NUISANCES, profileByHand } from "./by-hand.js";

const analysis = analysisNamed("coherent-2022").compile();
const chi2 = new ChiSquare(analysis);

function point(values: Record<string, number>): Float64Array {
  const parameters = standardModelPoint();
  for (const [name, value] of Object.entries(values)) parameters[parameterIndex(name)] = value;
  return parameters;
}

describe("coherent-2022", () => {
  it("has C22's nuisances", () => {
    expect(analysis.description.nuisances.map(({ name }) => name)).toEqual(NUISANCES);
  });

  it.each([
    {},
    { sigma_scale: 0.87 },
    { sigma_scale: 0 },
    { sigma_scale: 2.5 },
    { sigma_scale_e: 2.6, sigma_scale_mu: 0 },
    { sigma_scale_e: 0, sigma_scale_mu: 1.26 },
    { sigma_scale_e: 0.05, sigma_scale_mu: 0.05 },
    { sin2_theta_w: 0.3, eps_ee_u: 0.1, eps_mumu_d: -0.05, eps_etau_d: 0.2 },
    { eps_ee_d: 0.6, eps_mutau_u: 0.3 },
  ])("agrees at %o with C22's text, minimised by another route", (values) => {
    const parameters = point(values);
    expect(Math.abs(chi2.value(parameters) - profileByHand(parameters))).toBeLessThan(2e-5);
  });

  it("profiles as it evaluates", () => {
    for (const values of [{}, { sigma_scale: 0.3 }, { eps_ee_u: 0.4, eps_mumu_u: -0.2 }]) {
      const parameters = point(values);
      const profile = chi2.profile(parameters);
      expect(profile.converged).toBe(true);
      expect(profile.chi2).toBeCloseTo(chi2.value(parameters), 7);
    }
  });

  it("leaves the signal norm alone where the cross section is fitted: a scale takes over from it", () => {
    const norm = analysis.description.nuisances.findIndex((n) => n.name === "csi.signal_norm");
    const { pulls } = chi2.profile(point({}));
    const scale = 1 + pulls[norm];
    const prior = (pulls[norm] / 0.1) ** 2;
    const shifted = chi2.profile(point({ sigma_scale: scale }));
    expect(shifted.chi2).toBeLessThan(chi2.value(point({})) - prior + 1e-9);
  });

  it("is blind to the sign of all couplings that change flavour together", () => {
    expect(chi2.value(point({ eps_emu_d: -0.2 }))).toBeCloseTo(
      chi2.value(point({ eps_emu_d: 0.2 })),
      9,
    );
    expect(chi2.value(point({ eps_etau_u: 0.1, eps_mutau_d: -0.3 }))).toBeCloseTo(
      chi2.value(point({ eps_etau_u: -0.1, eps_mutau_d: 0.3 })),
      9,
    );
  });

  it("keeps only the onset without systematics, and then has a narrower minimum", () => {
    const bare = analysisNamed("coherent-2022").compile({ systematics: false });
    expect(bare.description.nuisances.map(({ name }) => name)).toEqual(["csi.onset"]);
    const rise = (of: ChiSquare) =>
      of.value(point({ sigma_scale: 1.1 })) - of.value(point({ sigma_scale: 0.87 }));
    expect(rise(new ChiSquare(bare))).toBeGreaterThan(1.5 * rise(chi2));
  });

  it("has the same χ² with the exponent tabulated, where it is 2", () => {
    const scanned = new ChiSquare(analysisNamed("coherent-2022").compile({}, "scanned"));
    expect(scanned.value(point({}))).toBeCloseTo(chi2.value(point({})), 7);
    expect(scanned.value(point({ exponent_x: 1.9 }))).not.toBeCloseTo(chi2.value(point({})), 2);
  });
});
