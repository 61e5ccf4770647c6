import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleOf } from "../../../src/engine/audit.js";
import { createCpuEngine } from "../../../src/engine/cpu/engine.js";
import type { Engine, GridAxis, PointSource } from "../../../src/engine/engine.js";
import { gridSize, pointAt } from "../../../src/engine/points.js";
import type { GridProfiles } from "../../../src/engine/profiles.js";
import type { TabulatedLikelihood } from "../../../src/tables/table.js";
import { tabulate } from "../../../src/tables/tabulate.js";
import { generator } from "../../random.js";
import { blindLine } from "../../tables/random-points.js";
import { analysisProblem, couplings, listOf, worstError } from "../real.js";

const problem = analysisProblem("liao-2024");
const WIDTH = problem.combinations.length;
/** Of what SPEC §5 allows. */
const SHARE = 0.3;
const MANY = 100_000;
const random = generator(41);
const signed = () => 2 * random() - 1;
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);
const four = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_mumu_d"];
const nuclei = [
  [55, 78],
  [53, 74],
  [18, 22],
  [32, 40.6],
] as const;
const axis = (parameter: string, points: number, from = -1, to = 1): GridAxis => {
  return { parameter, from, to, points };
};
/** Couplings of one flavour or both, in two, four and six dimensions, some with axes that change both. */
const grids = [
  [axis("eps_ee_d", 61), axis("eps_ee_u", 61)],
  [axis("eps_ee_u", 61), axis("eps_mumu_u", 61)],
  [axis("eps_mumu_d", 61), axis("eps_etau_u", 61)],
  [axis("eps_emu_u", 61), axis("sin2_theta_w", 41, 0, 0.5)],
  [axis("eps_ee_u", 13), axis("eps_ee_d", 13), axis("eps_mumu_u", 13), axis("eps_mumu_d", 13)],
  [axis("eps_etau_u", 11), axis("eps_mutau_d", 13), axis("eps_ee_d", 12), axis("eps_emu_u", 9)],
  [...four, "eps_etau_u", "eps_mutau_d"].map((parameter) => axis(parameter, 9)),
];

/** All that profiles say of χ², combination after combination of every point. */
function flat({ lines, planes, best }: GridProfiles): Float64Array {
  const rows = [...lines, ...planes.map(({ profiles }) => profiles)];
  const chi2 = rows.flatMap((profiles) =>
    Array.from(profiles[0].chi2, (_, i) => profiles.map((own) => own.chi2[i])),
  );
  return Float64Array.from([...chi2.flat(), ...best.map((own) => own.chi2)]);
}

describe("tables of liao-2024 in the CPU engine, over |ε| ≤ 1, scales up to 3, sin²θ_W up to 0.5", () => {
  let looked: Engine;
  let exact: Engine;

  beforeAll(async () => {
    const axes = [
      ...couplings.map((name) => axis(name, 2)),
      axis("sin2_theta_w", 2, 0, 0.5),
      axis("sigma_scale", 2, 0, 3),
    ];
    const made = await tabulate(problem, { base: problem.base, axes }, { threads: 0, cache: null });
    expect(made.reason).toBeUndefined();
    looked = createCpuEngine(problem, { tables: made.tables as TabulatedLikelihood });
    exact = createCpuEngine(problem);
  });
  afterAll(() => Promise.all([looked.close(), exact.close()]));

  async function expectAccurate(points: PointSource): Promise<void> {
    const found = await looked.evaluate(points);
    const { error, point } = worstError(found, await exact.evaluate(points), WIDTH);
    expect(error, `of what is allowed, at point ${point}`).toBeLessThan(SHARE);
    expect(error).toBeGreaterThan(0); // or it was not looked up
  }

  const around = (names: readonly string[], size: number) => () => ({
    ...Object.fromEntries(names.map((name) => [name, size * signed()])),
    ...(random() < 0.5 && { sin2_theta_w: 0.5 * random() }),
    ...(random() < 0.5 && { sigma_scale: 3 * random() }),
    ...(random() < 0.3 && { sigma_scale_e: random() }),
    ...(random() < 0.3 && { sigma_scale_mu: random() }),
  });

  it.each([
    ["four couplings", four],
    ["ten couplings", couplings],
  ])("are right at 10⁵ points of %s, mixing angles and scales", async (_, names) => {
    await expectAccurate(listOf(times(MANY / 2, around(names, 1))));
    await expectAccurate(listOf(times(MANY / 2, around(names, 0.2))));
  });

  it("are right along blind lines, and without signal", async () => {
    const blind = nuclei.flatMap(([Z, N]) =>
      times(500, () => ({
        ...blindLine(Z, N, "ee", signed(), 0.03 * signed()),
        ...(random() < 0.7 && blindLine(Z, N, "mumu", signed(), 0.03 * signed())),
      })),
    );
    const none = times(300, () => ({ sigma_scale_e: 0, sigma_scale_mu: 3 * random() }));
    const weak = times(300, () => ({ sigma_scale: 1e-3 * random(), eps_ee_u: signed() }));
    await expectAccurate(listOf([{ sigma_scale: 0 }, {}, ...blind, ...none, ...weak]));
  });

  it("are right at points of a walked grid too large to be walked here", async () => {
    const axes = four.map((name) => axis(name, 201));
    const indices = times(5000, () => Math.floor(random() * gridSize(axes)));
    const values = Float64Array.from(indices.flatMap((index) => pointAt(axes, index)));
    const truth = await exact.evaluate({ kind: "list", names: four, values });
    const { error } = worstError(await sampleOf(looked, axes)(indices), truth, WIDTH);
    expect(error).toBeLessThan(SHARE);
  });

  it.each(grids.map((axes) => [axes.map(({ parameter }) => parameter).join(" "), axes] as const))(
    "have the minima and profiles of exact χ²: %s",
    async (_, axes) => {
      expect(await looked.route?.(axes)).toMatchObject({ accuracy: "approximate" });
      const [found, truth] = await Promise.all([looked.profiles(axes), exact.profiles(axes)]);
      expect(worstError(flat(found), flat(truth), WIDTH).error).toBeLessThan(SHARE);
      const at = await sampleOf(exact, axes)(found.best.map(({ index }) => index));
      truth.best.forEach(({ chi2 }, k) => {
        expect(Math.abs(found.best[k].chi2 - chi2)).toBeLessThan(1e-3);
        // The point said to be the minimum is one.
        expect(at[k * WIDTH + k] - chi2).toBeLessThan(1e-3);
      });
    },
  );
});
