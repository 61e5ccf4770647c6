import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Exponent } from "../../../src/analysis/analysis.js";
import { liao2024 } from "../../../src/analysis/liao-2024/index.js";
import { loadGeData } from "../../../src/experiments/data/load.js";
import { cleanColumns } from "../../../src/experiments/ge.js";
import { LikelihoodEvaluator } from "../../../src/likelihood/evaluator.js";
import { chargeModel } from "../../../src/model/charges.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../../../src/model/parameters.js";
import { goldenTable } from "../golden.js";

const COMBINATIONS = [
  { name: "csi", datasets: ["csi"] },
  { name: "lar", datasets: ["lar"] },
  { name: "ge", datasets: ["ge"] },
  { name: "csi+lar+ge", datasets: ["csi", "lar", "ge"] },
];

/** χ² and profiles of the analysis at points given by name. */
function likelihood(options: Record<string, unknown> = {}, exponent: Exponent = 2) {
  const { description, observations } = liao2024.compile(options, exponent);
  const evaluator = new LikelihoodEvaluator({
    description,
    observations,
    combinations: COMBINATIONS,
  });
  const model = chargeModel(description.charges);
  const charges = (values: Record<string, number>): [Float64Array, number] => {
    const point = standardModelPoint();
    for (const [name, value] of Object.entries(values)) point[parameterIndex(name)] = value;
    const out = new Float64Array(description.charges.length);
    model.fill(point, out);
    return [out, point[parameterIndex("exponent_x")]];
  };
  return {
    description,
    chi2: (values: Record<string, number> = {}) => {
      const out = new Float64Array(COMBINATIONS.length);
      evaluator.chi2(...charges(values), out);
      return out;
    },
    profile: (combination: number, values: Record<string, number> = {}) =>
      evaluator.profile(...charges(values), combination),
  };
}

const usual = likelihood();

describe("χ² of liao-2024", () => {
  const names = PARAMETERS.map(({ name }) => name);
  const rows = goldenTable("liao-2024-random-points.csv").map((row) => {
    const numbers = Object.entries(row).map(([key, value]) => [key, Number(value)] as const);
    return {
      point: Object.fromEntries(numbers.filter(([key]) => names.includes(key))),
      expected: ["chi2_csi", "chi2_lar", "chi2_ge"].map((key) => Number(row[key])),
    };
  });

  it("agrees with an independent program at chosen and random points to 1e-8", () => {
    expect(rows.length).toBeGreaterThanOrEqual(200);
    for (const { point, expected } of rows) {
      const [csi, lar, ge, all] = usual.chi2(point);
      for (const [i, value] of [csi, lar, ge].entries()) {
        // The table has twelve digits.
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-8 + 1e-11 * expected[i]);
      }
      expect(all).toBeCloseTo(csi + lar + ge, 9);
    }
  });

  it("agrees with its own full profile, without compression, at some of them", () => {
    for (const { point } of rows.filter((_, i) => i % 17 === 0)) {
      const fast = usual.chi2(point);
      for (const combination of COMBINATIONS.keys()) {
        const { chi2, converged } = usual.profile(combination, point);
        expect(converged).toBe(true);
        expect(Math.abs(chi2 - fast[combination])).toBeLessThan(1e-8 * Math.max(1, chi2));
      }
    }
  });

  it("has the Standard Model's values of SPEC §4", () => {
    const [csi, lar, ge] = usual.chi2();
    expect(csi).toBeCloseTo(96.731481, 5);
    expect(lar).toBeCloseTo(107.769651, 5);
    expect(ge).toBeCloseTo(18.115738, 5);
    // L24's own: 95.9 and 107.2.
    expect(Math.abs(csi - 95.9)).toBeLessThan(1);
    expect(Math.abs(lar - 107.2)).toBeLessThan(1);
  });

  it("has the Standard Model's pulls of an independent program", () => {
    const { pulls } = usual.profile(3);
    const printed = {
      "csi.signal_norm": -0.021618,
      "csi.brn_norm": 0.005038,
      "csi.ssb_norm": -0.016579,
      "csi.nin_norm": -0.007656,
      "lar.signal_norm": 0.045806,
      "lar.prompt_brn_norm": -0.001944,
      "lar.delayed_brn_norm": -0.835337,
      "lar.ssb_norm": -0.005262,
      "lar.f90": -0.047181,
      "lar.time_mean": -0.090481,
      "lar.brn_energy": -0.248505,
      "lar.brn_time_mean": -0.249873,
      "lar.brn_time_width": 1.055662,
      "ge.signal_norm": -0.1084,
    };
    for (const [index, { name }] of usual.description.nuisances.entries()) {
      expect(Math.abs(pulls[index] - printed[name as keyof typeof printed])).toBeLessThan(1e-6);
    }
  });

  it("rejects the absence of CEvNS at 11.6σ in CsI", () => {
    const [best] = usual.chi2();
    const [without] = usual.chi2({ sigma_scale: 0 });
    expect(Math.sqrt(without - best)).toBeCloseTo(11.6, 1);
  });
});

describe("the exponent", () => {
  const scanned = likelihood({}, "scanned");

  it.each(goldenTable("liao-2024-exponent.csv"))(
    "x = $exponent_x gives an independent program's χ², interpolated and directly",
    (row) => {
      const x = Number(row.exponent_x);
      const direct = likelihood({}, x).chi2({ exponent_x: x });
      const interpolated = scanned.chi2({ exponent_x: x });
      for (const [i, key] of ["chi2_csi", "chi2_lar", "chi2_ge"].entries()) {
        expect(Math.abs(direct[i] - Number(row[key]))).toBeLessThan(1e-8);
        expect(Math.abs(interpolated[i] - direct[i])).toBeLessThan(1e-9);
      }
    },
  );

  it("x = 2 is the Standard Model", () => {
    const [family, fixed] = [scanned.chi2(), usual.chi2()];
    for (const i of COMBINATIONS.keys()) expect(family[i]).toBeCloseTo(fixed[i], 9);
  });
});

describe("bound_norms", () => {
  const bounded = likelihood({ bound_norms: true });

  it("changes nothing where the free norms stay above −1", () => {
    expect([...bounded.chi2()]).toEqual([...usual.chi2()].map((v) => expect.closeTo(v, 8)));
  });

  it("stops the delayed neutrons at −1 for signals above twice the Standard Model", () => {
    const twice = { sigma_scale: 2.5 };
    const index = usual.description.nuisances.findIndex((n) => n.name === "lar.delayed_brn_norm");
    expect(usual.profile(1, twice).pulls[index]).toBeLessThan(-1);
    expect(bounded.profile(1, twice).pulls[index]).toBe(-1);
    expect(bounded.chi2(twice)[1]).toBeGreaterThan(usual.chi2(twice)[1] + 1e-3);
  });
});

describe("a user's Ge energy points", () => {
  const folder = mkdtempSync(join(tmpdir(), "nsiscan-ge-"));
  const path = join(folder, "points.csv");
  afterAll(() => rmSync(folder, { recursive: true }));

  it("that repeat our columns give our χ²", () => {
    const { ranges, on, off } = cleanColumns(loadGeData());
    const lines = ranges.map(
      ([low, high], i) => `${low},${high},${on[i] - off[i]},${Math.sqrt(on[i] + off[i])}`,
    );
    writeFileSync(path, `low_keVee,high_keVee,counts,sigma\n${lines.join("\n")}\n`);
    const own = likelihood({ ge_energy_points: path });
    for (const point of [{}, { eps_ee_d: 0.3, eps_mutau_u: -0.2 }]) {
      const [a, b] = [own.chi2(point), usual.chi2(point)];
      for (const i of COMBINATIONS.keys()) expect(a[i]).toBeCloseTo(b[i], 9);
    }
  });

  it("add to χ² what a bin far from its prediction adds", () => {
    writeFileSync(path, "low_keVee,high_keVee,counts,sigma\n12,14,1000,10\n");
    const own = likelihood({ ge_energy_points: path });
    const energy = own.description.terms.find(({ name }) => name === "ge.energy");
    expect(energy?.bins).toBe(1);
    expect(energy?.axes[0].edges).toEqual([[12, 14]]);
    const { chi2, chi2ByTerm, expected } = own.profile(2);
    const signal = expected.find(({ term }) => term === "ge.energy")?.signal[0] ?? 0;
    expect(signal).toBeGreaterThan(0);
    expect(chi2ByTerm["ge.energy"]).toBeCloseTo(((1000 - signal) / 10) ** 2, 6);
    expect(chi2).toBeGreaterThan(9000);
  });
});
