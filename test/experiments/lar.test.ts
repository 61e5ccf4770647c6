import { describe, expect, it } from "vitest";
import { loadLarData } from "../../src/experiments/data/load.js";
import { larTarget, sumOverF90 } from "../../src/experiments/lar.js";
import { signalTemplates } from "../../src/experiments/templates.js";
import { formFactor } from "../../src/physics/form-factor.js";
import { NUCLEI } from "../../src/physics/nuclei.js";
import { relativeError } from "../physics/relative-error.js";
import { tanhSinh } from "../physics/tanh-sinh.js";
import { componentsOf, exposure, recoilIntegral } from "./brute-force.js";

const data = loadLarData();
const target = larTarget(data, { mean: 0.44, width: 0.15 });
const kn = { formFactor: formFactor({ name: "klein-nystrand" }), exponents: [2] };
const { efficiency } = data.response;

/** Naive interpolation of the release's efficiency. */
function efficiencyAt(energy: number): number {
  const { energy: x, value: y } = efficiency;
  const last = x.length - 1;
  if (energy <= x[0]) return y[0];
  if (energy >= x[last]) return y[last];
  const i = x.findIndex((point) => point > energy);
  return y[i - 1] + ((y[i] - y[i - 1]) / (x[i] - x[i - 1])) * (energy - x[i - 1]);
}

/** Gaussian resolution times efficiency over [low, high) keVee, each straight piece by itself. */
function acceptance(low: number, high: number) {
  return (recoil: number) => {
    const keV = 1000 * recoil;
    const mean = (0.246 + 0.00078 * keV) * keV;
    const width = 0.58 * Math.sqrt(mean);
    const reach = [Math.max(low, mean - 9 * width), Math.min(high, mean + 9 * width)];
    if (reach[0] >= reach[1]) return 0;
    const kinks = efficiency.energy.filter((x) => x > reach[0] && x < reach[1]);
    const ends = [reach[0], ...kinks, reach[1]];
    const fine = ends.slice(1).flatMap((to, i) => {
      const parts = Math.ceil((to - ends[i]) / (4 * width));
      return Array.from({ length: parts }, (_, k) => ends[i] + ((to - ends[i]) * (k + 1)) / parts);
    });
    const density = (x: number) =>
      Math.exp(-0.5 * ((x - mean) / width) ** 2) / (width * Math.sqrt(2 * Math.PI));
    return tanhSinh((x) => efficiencyAt(x) * density(x), [ends[0], ...fine], 2);
  };
}

describe("larTarget", () => {
  const templates = signalTemplates({ ...target, times: () => Float64Array.of(1) }, kn);

  it.each([
    ["mu", 0],
    ["e", 0],
    ["mu", 2],
    ["e", 4],
  ] as const)(
    "counts events of flavour %s in energy bin %i as the triple integral does",
    (flavour, bin) => {
      const nuclei = exposure(0.0848, 1.37e23, 27.5, 24, 39.948);
      const accept = acceptance(10 * bin, 10 * bin + 10);
      const cuts = [0, 0.001, 0.003, 0.006, 0.01, 0.02, 0.04, 0.07, 0.1];
      const exact = componentsOf(flavour).reduce(
        (total, flux) => total + nuclei * recoilIntegral(NUCLEI.Ar, flux, accept, cuts),
        0,
      );
      const row = flavour === "e" ? 0 : 1;
      expect(relativeError(templates.values[row * 12 + bin], exact)).toBeLessThan(1e-8);
    },
  );

  it("accepts what the efficiency and the resolution let through, bin after bin", () => {
    const out = new Float64Array(12);
    for (const recoil of [0.004, 0.02, 0.05, 0.12]) {
      target.response.accept(recoil, out);
      for (const bin of [0, 1, 2, 3]) {
        const exact = acceptance(10 * bin, 10 * bin + 10)(recoil);
        expect(Math.abs(out[bin] - exact)).toBeLessThan(1e-7);
      }
    }
    // Far above the last point at 39.75 keVee the efficiency stays what it is there.
    target.response.accept(0.2, out);
    expect(out.reduce((a, b) => a + b, 0)).toBeCloseTo(0.96345, 6);
  });

  it("has 12 × 10 bins of one nucleus in two flavours", () => {
    const full = signalTemplates(target, kn);
    expect(full.bins).toBe(120);
    expect(full.charges).toEqual([
      { nucleus: "Ar", flavour: "e" },
      { nucleus: "Ar", flavour: "mu" },
    ]);
  });
});

describe("sumOverF90", () => {
  it("keeps every event, in its energy and time", () => {
    const observed = sumOverF90(data.observed);
    expect(observed).toHaveLength(120);
    expect(observed.reduce((a, b) => a + b, 0)).toBe(3752);
    const small = sumOverF90([
      [
        [1, 2],
        [10, 20],
      ],
      [
        [3, 4],
        [30, 40],
      ],
      [
        [5, 6],
        [50, 60],
      ],
    ]);
    expect([...small]).toEqual([11, 22, 33, 44, 55, 66]);
  });
});
