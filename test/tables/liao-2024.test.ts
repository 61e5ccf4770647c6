import { beforeAll, describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { parameterIndex } from "../../src/model/parameters.js";
import type { TabulatedLikelihood } from "../../src/tables/table.js";
import { tabulate } from "../../src/tables/tabulate.js";
import { analysisProblem, couplings } from "../engine/real.js";
import { generator } from "../random.js";
import { blindLine, largestErrors, pointWith } from "./random-points.js";

const problem = analysisProblem("liao-2024");
const NEAR = 1e-4;
const FAR = 2e-6;
const four = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_mumu_d"];
const random = generator(77);
const signed = () => 2 * random() - 1;
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

describe("tables of liao-2024 over |ε| ≤ 1, scales 0 to 3 and all of sin²θ_W", () => {
  let tables: TabulatedLikelihood;
  beforeAll(async () => {
    const axes = [...four, "sin2_theta_w", "sigma_scale"].map((parameter) => {
      if (parameter === "sin2_theta_w") return { parameter, from: 0, to: 0.5 };
      if (parameter === "sigma_scale") return { parameter, from: 0, to: 3 };
      return { parameter, from: -1, to: 1 };
    });
    const made = await tabulate(problem, { base: problem.base, axes }, { threads: 1, cache: null });
    expect(made.reason).toBeUndefined();
    tables = made.tables as TabulatedLikelihood;
  });

  const right = (points: readonly Float64Array[]) => {
    const { near, far, missing } = largestErrors(problem, tables, points);
    expect(near).toBeLessThan(NEAR);
    expect(far).toBeLessThan(FAR);
    return missing;
  };

  it("are right at points of four couplings", () => {
    const point = () => pointWith(Object.fromEntries(four.map((name) => [name, signed()])));
    expect(right(times(10_000, point))).toBe(0);
  });

  it("are right at points of four small couplings, where χ² is near its minimum", () => {
    const point = () => pointWith(Object.fromEntries(four.map((name) => [name, 0.2 * signed()])));
    expect(right(times(10_000, point))).toBe(0);
  });

  it("are right at points of ten couplings and any mixing angle and scales", () => {
    const point = () =>
      pointWith({
        ...Object.fromEntries(couplings.map((name) => [name, random() < 0.5 ? 0 : signed()])),
        sin2_theta_w: 0.5 * random(),
        sigma_scale: 3 * random() ** 2,
        sigma_scale_e: random() ** 3,
        sigma_scale_mu: random() ** 3,
      });
    right(times(10_000, point));
  });

  it("are right along the blind lines of every nucleus, where its signal vanishes", () => {
    for (const [Z, N] of [
      [55, 78],
      [53, 74],
      [18, 22],
      [32, 40.6],
    ]) {
      const line = (pair: "ee" | "mumu") => blindLine(Z, N, pair, signed(), 0.03 * signed());
      expect(right(times(1500, () => pointWith({ ...line("ee"), ...line("mumu") })))).toBe(0);
      expect(right(times(1500, () => pointWith(line("ee"))))).toBe(0);
    }
  });

  it("are right without signal of one flavour or both", () => {
    const zeros = [
      { sigma_scale: 0 },
      ...times(200, () => ({ sigma_scale_e: 0, sigma_scale_mu: 3 * random() })),
      ...times(200, () => ({ sigma_scale_mu: 0, sigma_scale_e: 3 * random() })),
      ...times(200, () => ({ sigma_scale_e: 1e-3 * random(), sigma_scale_mu: 1e-3 * random() })),
    ];
    expect(right(zeros.map(pointWith))).toBe(0);
  });

  it("say nothing where they do not reach", () => {
    const far = pointWith({ eps_ee_u: 30 });
    expect(largestErrors(problem, tables, [far]).missing).toBe(problem.combinations.length);
  });
});

it("tables of a scanned exponent are right between its nodes", async () => {
  const { observations, combinations, base } = problem;
  const { description } = analysisNamed("liao-2024").compile({}, "scanned");
  const each = { description, observations, combinations };
  const axes = [
    { parameter: "eps_ee_u", from: -0.2, to: 0.2 },
    { parameter: "eps_mumu_d", from: -0.2, to: 0.2 },
    { parameter: "exponent_x", from: 1.8, to: 2.2 },
  ];
  const made = await tabulate(each, { base, axes }, { threads: 1, cache: null });
  const exponents = times(8, () => 1.8 + 0.4 * random());
  const points = times(1600, () =>
    pointWith({
      eps_ee_u: 0.2 * signed(),
      eps_mumu_d: 0.2 * signed(),
      exponent_x: exponents[Math.floor(8 * random())],
    }),
  );
  points.sort((a, b) => a[parameterIndex("exponent_x")] - b[parameterIndex("exponent_x")]);
  const { near, far, missing } = largestErrors(each, made.tables as TabulatedLikelihood, points);
  expect(missing).toBe(0);
  expect(near).toBeLessThan(NEAR);
  expect(far).toBeLessThan(FAR);
});
