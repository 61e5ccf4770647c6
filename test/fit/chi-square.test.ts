import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liao2024 } from "../../src/analysis/liao-2024/index.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { PARAMETERS, parameterIndex } from "../../src/model/parameters.js";
import { nucleus } from "../../src/physics/nuclei.js";
import { uniform } from "../physics/uniform.js";
import { pointAt } from "./points.js";

const usual = liao2024.compile();
const all = new ChiSquare(usual);
const single = (dataset: string) => new ChiSquare(usual, [dataset]);
const SM = all.value(pointAt());

const coupling = uniform(-0.5, 0.5);
const COUPLINGS = PARAMETERS.filter(({ name }) => name.startsWith("eps_")).map(({ name }) => name);
const couplings = fc.record(Object.fromEntries(COUPLINGS.map((name) => [name, coupling])));

describe("the gradient of χ²", () => {
  /** Fourth-order central difference of a function of one parameter. */
  const slope = (f: (shift: number) => number, step: number) =>
    (8 * (f(step) - f(-step)) - (f(2 * step) - f(-2 * step))) / (12 * step);

  const agreesWithDifferences = (chi2: ChiSquare, point: Float64Array, names: string[]) => {
    const gradient = chi2.gradient(point);
    for (const name of names) {
      const index = parameterIndex(name);
      const along = (shift: number) => {
        const moved = point.slice();
        moved[index] += shift;
        return chi2.value(moved);
      };
      const expected = slope(along, 1e-3);
      expect(Math.abs(gradient[index] - expected), name).toBeLessThan(
        1e-4 * Math.max(1, Math.abs(expected)),
      );
    }
  };
  const others = {
    sin2_theta_w: uniform(0.1, 0.4),
    sigma_scale: uniform(0.5, 1.5),
    sigma_scale_e: uniform(0.5, 1.5),
    sigma_scale_mu: uniform(0.5, 1.5),
  };

  it("is that of finite differences in every parameter at random points", () => {
    const names = [...COUPLINGS, ...Object.keys(others)];
    fc.assert(
      fc.property(couplings, fc.record(others), (eps, rest) => {
        agreesWithDifferences(all, pointAt({ ...eps, ...rest }), names);
      }),
      { numRuns: 15 },
    );
  });

  it("is that of finite differences with the exponent scanned too", () => {
    const scanned = new ChiSquare(liao2024.compile({}, "scanned"));
    const names = PARAMETERS.map(({ name }) => name);
    fc.assert(
      fc.property(couplings, uniform(1.5, 2.5), (eps, exponent_x) => {
        agreesWithDifferences(scanned, pointAt({ ...eps, exponent_x }), names);
      }),
      { numRuns: 5 },
    );
  });

  it("vanishes at ε = 0 in every coupling that changes flavour", () => {
    const gradient = all.gradient(pointAt());
    const changing = COUPLINGS.filter((name) => /_(emu|etau|mutau)_/.test(name));
    expect(changing).toHaveLength(6);
    for (const name of changing) expect(gradient[parameterIndex(name)]).toBe(0);
    expect(Math.abs(gradient[parameterIndex("eps_ee_d")])).toBeGreaterThan(1);
  });
});

describe("χ² keeps the symmetries of the squared weak charges (L24 eq. 12)", () => {
  /** Vector couplings of the proton and the neutron. */
  const vector = (sin2 = 0.238) => ({ p: 0.5 - 2 * sin2, n: -0.5 });

  /** (ε^u, ε^d) that turns the charge of a flavour around for every nucleus (L24 eq. 14). */
  const mirrored = (u: number, d: number): [number, number] => {
    const { p, n } = vector();
    const [a, b] = [-2 * p - (2 * u + d), -2 * n - (u + 2 * d)];
    return [(2 * a - b) / 3, (2 * b - a) / 3];
  };

  it.each(["ee", "mumu"])("sign of the whole charge, flavour %s alone", (flavour) => {
    const [u, d] = mirrored(0, 0);
    expect(u).toBeCloseTo(-0.3653, 4);
    expect(d).toBeCloseTo(0.6827, 4);
    const flipped = pointAt({ [`eps_${flavour}_u`]: u, [`eps_${flavour}_d`]: d });
    expect(Math.abs(all.value(flipped) - SM)).toBeLessThan(1e-9);
    fc.assert(
      fc.property(couplings, (eps) => {
        const names = [`eps_${flavour}_u`, `eps_${flavour}_d`] as const;
        const [mu, md] = mirrored(eps[names[0]], eps[names[1]]);
        const there = { ...eps, [names[0]]: mu, [names[1]]: md };
        const value = all.value(pointAt(eps));
        expect(Math.abs(all.value(pointAt(there)) - value)).toBeLessThan(1e-9 * value);
      }),
      { numRuns: 20 },
    );
  });

  it("sign of each coupling that changes flavour, u and d together", () => {
    fc.assert(
      fc.property(couplings, fc.constantFrom("emu", "etau", "mutau"), (eps, pair) => {
        const [u, d] = [`eps_${pair}_u`, `eps_${pair}_d`];
        const there = { ...eps, [u]: -eps[u], [d]: -eps[d] };
        expect(all.value(pointAt(there))).toBe(all.value(pointAt(eps)));
      }),
      { numRuns: 20 },
    );
  });

  it("ε_eμ enters both flavours, as ε_eτ and ε_μτ of the same size do together", () => {
    fc.assert(
      fc.property(coupling, coupling, (u, d) => {
        const shared = all.value(pointAt({ eps_emu_u: u, eps_emu_d: d }));
        const apart = { eps_etau_u: u, eps_etau_d: d, eps_mutau_u: u, eps_mutau_d: d };
        expect(Math.abs(all.value(pointAt(apart)) - shared)).toBeLessThan(1e-9 * shared);
        const electron = all.value(pointAt({ eps_etau_u: u, eps_etau_d: d }));
        fc.pre(Math.abs(u + d) > 0.1);
        expect(Math.abs(electron - shared)).toBeGreaterThan(1e-3);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ["lar", "Ar"],
    ["ge", "Ge"],
  ])("%s does not see u against d along the charge of %s, and the others do", (dataset, name) => {
    const { Z, N } = nucleus(name);
    const here = single(dataset);
    const csi = single("csi");
    for (const flavour of ["ee", "mumu", "emu", "etau", "mutau"]) {
      const along = (step: number) =>
        pointAt({
          [`eps_${flavour}_u`]: 0.1 + step * (Z + 2 * N),
          [`eps_${flavour}_d`]: -0.05 - step * (2 * Z + N),
        });
      for (const step of [-0.01, 0.004, 0.02]) {
        expect(Math.abs(here.value(along(step)) - here.value(along(0)))).toBeLessThan(1e-9);
        expect(Math.abs(csi.value(along(step)) - csi.value(along(0)))).toBeGreaterThan(1e-5);
      }
    }
  });

  it("ε = 0 is the Standard Model, whichever way its charges are scaled", () => {
    fc.assert(
      fc.property(uniform(0.5, 2), uniform(0.5, 2), (e, mu) => {
        const separate = all.value(pointAt({ sigma_scale_e: e, sigma_scale_mu: mu }));
        const common = { sigma_scale: 2, sigma_scale_e: e / 2, sigma_scale_mu: mu / 2 };
        expect(Math.abs(all.value(pointAt(common)) - separate)).toBeLessThan(1e-9 * separate);
      }),
      { numRuns: 10 },
    );
    const zeros = Object.fromEntries(COUPLINGS.map((name) => [name, 0]));
    expect(all.value(pointAt(zeros))).toBe(SM);
    expect(all.value(pointAt({ ...zeros, sin2_theta_w: 0.2 }))).not.toBe(SM);
  });
});

describe("data sets", () => {
  it("sum to the combination", () => {
    const point = pointAt({ eps_ee_u: 0.1, eps_mutau_d: -0.2 });
    const sum = ["csi", "lar", "ge"].reduce((total, name) => total + single(name).value(point), 0);
    expect(all.value(point)).toBeCloseTo(sum, 9);
  });

  it.each([
    [[], "no-data-set"],
    [["csi", "argon"], "unknown-data-set"],
    [["csi", "csi"], "repeated-data-set"],
  ])("%j is refused as %s, with those that there are", (datasets, code) => {
    const refusal = expect.objectContaining({
      code,
      message: expect.stringContaining("csi, lar, ge"),
    });
    expect(() => new ChiSquare(usual, datasets)).toThrowError(refusal);
  });
});

describe("χ² of signals far beyond all data", () => {
  it.each(["lar", "ge"])("levels off, to its digits, for %s", (dataset) => {
    // The norm of the signal goes to −1 whatever its size: a single Newton step loses all digits.
    const scanned = new ChiSquare(liao2024.compile({}, "scanned"), [dataset]);
    const at = (coupling: number) =>
      pointAt({ eps_ee_u: -1.483, eps_mutau_u: -0.3895, exponent_x: 3.752, eps_mutau_d: coupling });
    const values = [-5, -9.9, -9.99999, -10, -20, -30].map((coupling) =>
      scanned.value(at(coupling)),
    );
    for (const value of values) expect(Math.abs(value - values[3])).toBeLessThan(0.02);
    expect(Math.abs(values[1] - values[3])).toBeLessThan(1e-3);
    // The prior of the norm alone costs (1/σ)²: more than half of what χ² can be.
    expect(values[3]).toBeGreaterThan(dataset === "lar" ? (1 / 0.13) ** 2 : (1 / 0.103) ** 2);
    for (const coupling of [-2, -10, -30]) {
      expect(scanned.profile(at(coupling)).chi2).toBeCloseTo(scanned.value(at(coupling)), 5);
    }
  });
});
