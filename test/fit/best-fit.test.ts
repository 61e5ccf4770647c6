import { describe, expect, it } from "vitest";
import { liao2024 } from "../../src/analysis/liao-2024/index.js";
import { bestFit, defaultRange } from "../../src/fit/best-fit.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { multistartFit } from "../../src/fit/multistart.js";
import { PARAMETERS, parameterIndex } from "../../src/model/parameters.js";
import { zoom } from "./brute-force.js";
import { pointAt } from "./points.js";

const analysis = liao2024.compile();
const all = new ChiSquare(analysis);
const range = (name: string, lower: number, upper: number) => ({ name, lower, upper });

describe("the best fit", () => {
  it.each([
    [["csi", "lar", "ge"], [range("eps_ee_d", -0.5, 0.8)]],
    [["lar"], [range("eps_ee_u", -1, 1.2)]],
    [["csi"], [range("sin2_theta_w", 0, 0.5)]],
    [
      ["csi", "ge"],
      [range("eps_ee_d", -0.5, 0.8), range("eps_mumu_d", -0.3, 0.7)],
    ],
    [
      ["csi", "lar"],
      [range("sigma_scale_e", 0, 4), range("sigma_scale_mu", 0, 4)],
    ],
  ])("of %j in %j is that of brute force", (datasets, free) => {
    const chi2 = new ChiSquare(analysis, datasets);
    const found = bestFit(chi2, pointAt(), free);
    const brute = zoom(
      (point) => chi2.value(pointAt(Object.fromEntries(free.map((p, i) => [p.name, point[i]])))),
      free.map(({ lower, upper }) => [lower, upper]),
      free.length === 1 ? 401 : 41,
    );
    expect(found.converged).toBe(true);
    expect(Math.abs(found.chi2 - brute.value)).toBeLessThan(1e-7);
    expect(chi2.value(found.parameters)).toBe(found.chi2);
    for (const [i, { name }] of free.entries()) {
      expect(found.parameters[parameterIndex(name)]).toBeCloseTo(brute.point[i], 3);
    }
  });

  it("of all ten couplings lies below 2000 random points of the box and 2000 nearby", () => {
    const free = PARAMETERS.filter(({ name }) => name.startsWith("eps_")).map(({ name }) =>
      defaultRange(name),
    );
    expect(free).toHaveLength(10);
    const found = bestFit(all, pointAt(), free);
    // The same numbers every time, evenly over the box and closer and closer to the Standard Model.
    let state = 1;
    const random = () => {
      state = (state * 48271) % 2147483647;
      return (2 * state) / 2147483647 - 1;
    };
    const value = (centre: Float64Array, reach: number) => {
      const point = centre.slice();
      for (const { name } of free) {
        const index = parameterIndex(name);
        point[index] = Math.min(Math.max(point[index] + reach * random(), -1.5), 1.5);
      }
      return all.value(point);
    };
    for (let i = 0; i < 2000; i++) {
      expect(value(pointAt(), 1.5 * 0.5 ** (i % 6))).toBeGreaterThan(found.chi2);
      expect(value(found.parameters, 0.1 ** (1 + (i % 6)))).toBeGreaterThan(found.chi2 - 1e-8);
    }
  });

  it("finds the lower of two minima that the start is not in", () => {
    const free = [range("eps_ee_d", -0.5, 0.8)];
    const near = bestFit(all, pointAt(), free);
    const far = bestFit(all, pointAt({ eps_ee_d: 0.4 }), free);
    expect(far.chi2).toBeCloseTo(near.chi2, 8);
    const stuck = multistartFit(all, pointAt({ eps_ee_d: 0.4 }), free, 0);
    expect(stuck.chi2).toBeGreaterThan(near.chi2 + 0.1);
  });

  it("keeps the parameters that are not free, and stays in the box", () => {
    const free = [range("eps_ee_u", 0.09, 0.18)];
    const { parameters, covariance } = bestFit(all, pointAt({ eps_mutau_d: 0.1 }), free);
    const expected = pointAt({ eps_mutau_d: 0.1, eps_ee_u: 0.09 });
    expect(parameters).toEqual(expected);
    expect([...covariance]).toEqual([0]);
  });

  it("has the covariance of the curvature, 2 / χ²''", () => {
    const { parameters, covariance } = bestFit(all, pointAt(), [range("eps_mumu_d", -0.1, 0.15)]);
    const at = (shift: number) => {
      const moved = parameters.slice();
      moved[parameterIndex("eps_mumu_d")] += shift;
      return all.value(moved);
    };
    const h = 1e-3;
    const curvature = (at(h) - 2 * at(0) + at(-h)) / h ** 2;
    expect(covariance[0] / (2 / curvature)).toBeCloseTo(1, 2);
  });

  it("of nothing is the point itself", () => {
    const point = pointAt({ eps_ee_u: 0.1 });
    const { parameters, chi2, converged } = bestFit(all, point, []);
    expect({ parameters, chi2, converged }).toEqual({
      parameters: point,
      chi2: all.value(point),
      converged: true,
    });
  });

  it("has not converged where χ² is no number", () => {
    expect(bestFit(all, pointAt({ eps_ee_u: 1e90 }), []).converged).toBe(false);
  });
});

describe("the range searched by default", () => {
  it("is the parameter's own where it has one, ±1.5 for couplings, and up to 10 for scales", () => {
    expect(defaultRange("sin2_theta_w")).toEqual(range("sin2_theta_w", 0, 1));
    expect(defaultRange("eps_emu_d")).toEqual(range("eps_emu_d", -1.5, 1.5));
    expect(defaultRange("sigma_scale_e")).toEqual(range("sigma_scale_e", 0, 10));
  });
});
