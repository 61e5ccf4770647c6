import { afterAll, describe, expect, it } from "vitest";
import { liao2024 } from "../../../src/analysis/liao-2024/index.js";
import { sampleOf } from "../../../src/engine/audit.js";
import { createCpuEngine } from "../../../src/engine/cpu/engine.js";
import type { Engine, EngineProblem, GridAxis } from "../../../src/engine/engine.js";
import { gridSize } from "../../../src/engine/points.js";
import { emptyProfiles, mergeProfiles } from "../../../src/engine/profiles.js";
import { standardModelPoint } from "../../../src/model/parameters.js";
import { naiveProfiles } from "../naive-profiles.js";
import { syntheticTables } from "./synthetic.js";

const { description, observations } = liao2024.compile();
const problem: EngineProblem = {
  description,
  observations,
  base: standardModelPoint(),
  combinations: [["csi"], ["lar"], ["ge"], ["csi", "lar"], ["csi", "lar", "ge"]].map(
    (datasets) => ({
      name: datasets.join("+"),
      datasets,
    }),
  ),
};
const tables = syntheticTables({ seed: 5, charges: description.charges, reach: 4000 });
const axis = (parameter: string, points: number, from = -0.5, to = 0.5): GridAxis => {
  return { parameter, from, to, points };
};
/** Symmetric about 0, in every order of flavours, so that points are equal in many places. */
const grids = {
  "of both flavours": [
    axis("eps_etau_u", 21),
    axis("eps_mutau_d", 17),
    axis("eps_ee_d", 19),
    axis("eps_mutau_u", 16),
  ],
  "with an axis that changes both": [
    axis("eps_etau_d", 25),
    axis("eps_emu_u", 7),
    axis("eps_etau_u", 24),
    axis("eps_mumu_u", 26),
  ],
  "whose axes all change both": [
    axis("eps_emu_u", 60),
    axis("eps_emu_d", 61),
    axis("sin2_theta_w", 21, 0.1, 0.4),
  ],
};
const engines: Engine[] = [];
const open = (threads: number, more = {}) => {
  const engine = createCpuEngine(problem, { threads, tables, ...more });
  engines.push(engine);
  return engine;
};
afterAll(() => Promise.all(engines.map((engine) => engine.close())));
const flat = (axes: readonly GridAxis[]) => Array.from({ length: gridSize(axes) }, (_, i) => i);

describe("the CPU engine with profile tables", () => {
  const one = open(0);
  const three = open(3);

  const cases = Object.entries(grids);

  it.each(cases)("reduces a grid %s to the profiles of its points", async (_, large) => {
    const most = large.length > 3 ? 9 : 15;
    const axes = large.map((own) => ({ ...own, points: Math.min(own.points, most) }));
    expect(await one.route?.(axes)).toMatchObject({ name: "tables", accuracy: "approximate" });
    const chi2 = await sampleOf(one, axes)(flat(axes));
    expect(await one.profiles(axes)).toEqual(naiveProfiles(axes, 5, chi2));
  });

  it.each(cases)("gives a grid %s the same bits, in threads and in parts", async (_, axes) => {
    const expected = await one.profiles(axes);
    expect(await three.profiles(axes)).toEqual(expected);
    const size = gridSize(axes);
    const cuts = [0, 1, 777, 70_000, 70_001, size];
    for (const engine of [one, three]) {
      const parts = await Promise.all(
        cuts.slice(1).map((end, i) => {
          return engine.reduce(axes, { start: cuts[i], count: end - cuts[i] });
        }),
      );
      const merged = parts.reverse().reduce(mergeProfiles, emptyProfiles(axes, 5));
      expect(merged).toEqual(expected);
    }
  });

  it("leaves grids beyond its tables, and points that they do not reach, to exact profiles", async () => {
    const far = [axis("eps_ee_u", 3, -15, 15), axis("eps_mumu_u", 3)];
    const route = await one.route(far);
    expect(route).toMatchObject({ name: "exact", accuracy: "exact" });
    expect(route.notes.join()).toMatch(/corner of the grid has .* events/);
    const exact = open(0, { tables: undefined });
    expect(await one.profiles(far)).toEqual(await exact.profiles(far));
    const grid = { kind: "grid", axes: far, start: 0, count: 9 } as const;
    const expected = await exact.evaluate(grid);
    const mixed = await one.evaluate(grid);
    const middle = await sampleOf(one, [axis("eps_ee_u", 3), far[1]])([3, 4, 5]);
    flat(far).forEach((point) => {
      const own = mixed.subarray(5 * point, 5 * point + 5);
      if (point < 3 || point > 5) expect(own).toEqual(expected.slice(5 * point, 5 * point + 5));
      else {
        own.forEach((value, k) => {
          expect(value).toBeCloseTo(middle[5 * (point - 3) + k], 4);
        });
      }
    });
  });

  it("reports points, rising to all of them, and stops when told to", async () => {
    const axes = [
      axis("eps_ee_u", 61),
      axis("eps_mumu_u", 61),
      axis("eps_ee_d", 61),
      axis("eps_mumu_d", 61),
    ];
    const reports: number[] = [];
    await three.profiles(axes, { onProgress: (done) => reports.push(done) });
    expect(reports.at(-1)).toBe(61 ** 4);
    expect([...reports].sort((a, b) => a - b)).toEqual(reports);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(three.profiles(axes, { signal })).rejects.toThrow("enough");
    const controller = new AbortController();
    const long = axes.map((own) => ({ ...own, points: 151 }));
    const stopped = three.profiles(long, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
  });
});
