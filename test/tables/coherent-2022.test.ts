import { beforeAll, describe, expect, it } from "vitest";
import type { TabulatedLikelihood } from "../../src/tables/table.js";
import { tabulate } from "../../src/tables/tabulate.js";
import { analysisProblem, couplings } from "../engine/real.js";
import { generator } from "../random.js";
import { blindLine, largestErrors, pointWith } from "./random-points.js";

const problem = analysisProblem("coherent-2022");
const four = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_mumu_d"];
const random = generator(78);
const signed = () => 2 * random() - 1;
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);
const pointsOf = (count: number, names: readonly string[], size: number) =>
  times(count, () => pointWith(Object.fromEntries(names.map((name) => [name, size * signed()]))));

describe("tables of coherent-2022, whose templates have shapes and a floating onset", () => {
  let tables: TabulatedLikelihood;
  beforeAll(async () => {
    const axes = four.map((parameter) => ({ parameter, from: -1, to: 1 }));
    const made = await tabulate(problem, { base: problem.base, axes }, { threads: 1, cache: null });
    expect(made.reason).toBeUndefined();
    tables = made.tables as TabulatedLikelihood;
  });

  const right = (points: readonly Float64Array[]) => {
    const { near, far, missing } = largestErrors(problem, tables, points);
    expect(near).toBeLessThan(1e-4);
    expect(far).toBeLessThan(2e-6);
    return missing;
  };

  it("are right at points of four couplings, large and small", () => {
    expect(right([...pointsOf(1000, four, 1), ...pointsOf(1000, four, 0.15)])).toBe(0);
  });

  it("are right at points of ten couplings", () => {
    expect(right(pointsOf(1000, couplings, 0.2))).toBe(0);
  });

  it("are right where a signal nearly vanishes or is scaled to nothing", () => {
    const line = (Z: number, N: number) => ({
      ...blindLine(Z, N, "ee", signed(), 0.02 * signed()),
      ...blindLine(Z, N, "mumu", signed(), 0.02 * signed()),
    });
    const points = [
      ...times(500, () => line(55, 78)),
      ...times(500, () => line(53, 74)),
      ...times(100, () => ({ sigma_scale_e: 0, sigma_scale_mu: 3 * random() })),
      ...times(100, () => ({ sigma_scale_mu: 0, sigma_scale_e: 3 * random() })),
      { sigma_scale: 0 },
    ];
    expect(right(points.map(pointWith))).toBe(0);
  });
});
