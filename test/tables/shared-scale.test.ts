import { beforeAll, describe, expect, it } from "vitest";
import type { TabulatedLikelihood } from "../../src/tables/table.js";
import { tabulate } from "../../src/tables/tabulate.js";
import { analysisProblem, couplings } from "../engine/real.js";
import { generator } from "../random.js";
import { largestErrors, pointWith } from "./random-points.js";

const random = generator(5);
const signed = () => 2 * random() - 1;
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

/** LAr and Ge of `release`, which share their flux; the measured flux is off its nominal value. */
const combinations = [{ name: "lar+ge", datasets: ["lar", "ge"] }];
const release = analysisProblem("release");
const flux = release.description.nuisances.findIndex(({ name }) => name === "flux");
const auxiliary = new Float64Array(release.description.nuisances.length);
auxiliary[flux] = 0.07;
const problem = { ...release, combinations, auxiliary };
const names = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_mumu_d"];

describe("tables that share a flux", () => {
  let tables: TabulatedLikelihood;
  beforeAll(async () => {
    const axes = names.map((parameter) => ({ parameter, from: -0.6, to: 0.6 }));
    const made = await tabulate(problem, { base: problem.base, axes }, { threads: 2, cache: null });
    expect(made.reason).toBeUndefined();
    tables = made.tables as TabulatedLikelihood;
  });

  it("are minimised over it as the exact joint profile is", () => {
    expect(tables.profiles[0].scale).toMatchObject({ nuisance: flux, sigma: 0.1, measured: 0.07 });
    const points = [
      ...times(600, () => Object.fromEntries(names.map((name) => [name, 0.6 * signed()]))),
      ...times(600, () => Object.fromEntries(couplings.map((name) => [name, 0.15 * signed()]))),
      ...times(100, () => ({ sigma_scale_e: 3 * random(), sigma_scale_mu: 0 })),
      ...times(100, () => ({ sigma_scale_e: 0, sigma_scale_mu: 3 * random() })),
      { sigma_scale: 0 },
    ];
    const { near, far, missing } = largestErrors(problem, tables, points.map(pointWith));
    expect(missing).toBe(0);
    expect(near).toBeLessThan(1e-4);
    expect(far).toBeLessThan(2e-6);
  });

  it("are the same from any number of threads", async () => {
    const axes = [{ parameter: "eps_ee_u", from: -0.02, to: 0.02 }];
    const loose = { near: 3e-3, far: 1e-4, within: 50 };
    const [one, three] = await Promise.all(
      [1, 3].map((threads) => {
        const options = { threads, cache: null, tolerance: loose, points: 20 };
        return tabulate(problem, { base: problem.base, axes }, options);
      }),
    );
    expect(one.tables?.tables.length).toBe(2);
    expect(three.tables?.tables).toStrictEqual(one.tables?.tables);
  });
});
