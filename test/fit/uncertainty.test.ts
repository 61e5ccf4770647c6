import { beforeAll, describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { type BestFit, bestFit, defaultRange } from "../../src/fit/best-fit.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { holdNuisances } from "../../src/fit/hold.js";
import { nuisanceImpacts } from "../../src/fit/impacts.js";
import { multistartFit } from "../../src/fit/multistart.js";
import { type Uncertainty, uncertainty } from "../../src/fit/uncertainty.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";

const analysis = analysisNamed("coherent-2022").compile();
const chi2 = new ChiSquare(analysis);
const free = ["sigma_scale_e", "sigma_scale_mu"].map(defaultRange);
let best: BestFit;
let found: Uncertainty;
beforeAll(() => {
  best = bestFit(chi2, standardModelPoint(), free);
  found = uncertainty(chi2, best, free);
});

/** χ² with everything held but nothing else: the full likelihood at a point of parameters and θ. */
function full(x: readonly number[]): number {
  const held = holdNuisances(
    analysis,
    Object.fromEntries(found.names.slice(2).map((name, i) => [name, x[2 + i]])),
  );
  const at = standardModelPoint();
  for (const i of [0, 1]) at[parameterIndex(found.names[i])] = x[i];
  return new ChiSquare(held).profile(at).chi2;
}

describe("uncertainties at a minimum", () => {
  it("are twice the inverse of the Hessian of the unprofiled χ²", () => {
    const n = found.names.length;
    const center = Array.from(found.values);
    const step = Array.from(found.sigmas, (sigma) => 0.02 * sigma);
    const at = (moves: readonly (readonly [number, number])[]) => {
      const x = [...center];
      for (const [i, sign] of moves) x[i] += sign * step[i];
      return full(x);
    };
    const middle = at([]);
    const product = new Float64Array(n * n);
    const covariance = (i: number, j: number) =>
      found.correlation[i * n + j] * found.sigmas[i] * found.sigmas[j];
    const hessian = Array.from({ length: n }, () => new Float64Array(n));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const second =
          i === j
            ? at([[i, 1]]) + at([[i, -1]]) - 2 * middle
            : (at([
                [i, 1],
                [j, 1],
              ]) -
                at([
                  [i, 1],
                  [j, -1],
                ]) -
                at([
                  [i, -1],
                  [j, 1],
                ]) +
                at([
                  [i, -1],
                  [j, -1],
                ])) /
              4;
        hessian[i][j] = second / (step[i] * step[j]);
        hessian[j][i] = hessian[i][j];
      }
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) product[i * n + j] += 0.5 * hessian[i][k] * covariance(k, j);
        const scale = found.sigmas[j] / found.sigmas[i];
        expect(Math.abs(product[i * n + j] - (i === j ? 1 : 0))).toBeLessThan(0.02 * scale);
      }
    }
  });

  it("never exceed their priors", () => {
    analysis.description.nuisances.forEach(({ name, sigma }) => {
      if (sigma === null) return;
      expect(found.sigmas[found.names.indexOf(name)]).toBeLessThan(sigma * 1.001);
    });
  });

  it("leave out a nuisance that is held", () => {
    const held = new ChiSquare(holdNuisances(analysis, { "csi.onset": 0.02 }));
    const { names, sigmas, values } = uncertainty(
      held,
      multistartFit(held, best.parameters, free, 0),
      free,
    );
    const onset = names.indexOf("csi.onset");
    expect(values[onset]).toBe(0.02);
    expect(sigmas[onset]).toBe(0);
    expect(sigmas[0]).toBeLessThan(found.sigmas[0]);
  });
});

describe("impacts", () => {
  it("are, for small shifts, the covariance in units of the nuisance's deviation", () => {
    const impacts = nuisanceImpacts(chi2, best, free, found);
    expect(impacts).toHaveLength(9);
    const n = found.names.length;
    for (const { nuisance, up, down } of impacts) {
      const k = found.names.indexOf(nuisance);
      for (const i of [0, 1]) {
        const linear = found.correlation[i * n + k] * found.sigmas[i];
        const symmetric = 0.5 * (up[i] - down[i]);
        expect(Math.abs(symmetric - linear)).toBeLessThan(0.02 + 0.1 * Math.abs(linear));
      }
    }
  });

  it("come largest first: the onset mixes the flavours most", () => {
    const impacts = nuisanceImpacts(chi2, best, free, found);
    const sizes = impacts.map(({ up, down }) => Math.max(Math.abs(up[0]), Math.abs(down[0])));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(impacts[0].nuisance).toBe("csi.onset");
    expect(impacts[0].up[0] * impacts[0].up[1]).toBeLessThan(0);
  });
});
