import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GridAxis } from "../../../src/engine/engine.js";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { gridSize, pointAt } from "../../../src/engine/points.js";
import { emptyProfiles, mergeProfiles, type Profile } from "../../../src/engine/profiles.js";
import { createWebGpuEngine, type WebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { chargeModel } from "../../../src/model/charges.js";
import { parameterIndex } from "../../../src/model/parameters.js";
import { LikelihoodLookUp } from "../../../src/tables/likelihood-look-up.js";
import type { TabulatedLikelihood } from "../../../src/tables/table.js";
import { naiveProfiles } from "../naive-profiles.js";
import { analysisProblem, worstError } from "../real.js";
import { tablesOf } from "../tabulated.js";

const problem = analysisProblem("liao-2024");
const width = problem.combinations.length;

const grid = (...axes: readonly (readonly [string, number])[]): GridAxis[] =>
  axes.map(([parameter, points]) =>
    parameter.startsWith("eps")
      ? { parameter, from: -0.45, to: 0.7, points }
      : { parameter, from: 0.1, to: 0.9, points },
  );

describe("grids as products of states of both flavours", () => {
  let engine: WebGpuEngine;
  let tables: TabulatedLikelihood;
  beforeAll(async () => {
    tables = await tablesOf(problem);
    engine = await createWebGpuEngine(problem, await openDawn(), { mode: "tables", tables });
  });
  afterAll(() => engine?.close());

  /** χ² of every point by the float64 look-up. */
  function lookedUp(axes: readonly GridAxis[]): Float64Array {
    const lookUp = new LikelihoodLookUp(tables);
    const model = chargeModel(problem.description.charges);
    const squared = new Float64Array(problem.description.charges.length);
    const chi2 = new Float64Array(gridSize(axes) * width);
    for (let i = 0; i < gridSize(axes); i++) {
      const parameters = problem.base.slice();
      pointAt(axes, i).forEach((value, k) => {
        parameters[parameterIndex(axes[k].parameter)] = value;
      });
      model.fill(parameters, squared);
      lookUp.chi2(squared, 2, chi2.subarray(i * width, (i + 1) * width));
    }
    return chi2;
  }

  it.each([
    [grid(["eps_ee_u", 5], ["eps_ee_d", 6], ["eps_mumu_u", 7], ["eps_mumu_d", 8])],
    [grid(["eps_mumu_u", 9], ["eps_ee_u", 11], ["eps_mutau_d", 4], ["eps_etau_d", 5])],
    [grid(["eps_ee_u", 7], ["eps_ee_d", 8], ["eps_etau_d", 5], ["eps_mumu_d", 9])],
    [grid(["eps_mumu_d", 37], ["sigma_scale_e", 41])],
    [grid(["eps_ee_u", 30], ["eps_ee_d", 31])],
    [grid(["eps_mumu_d", 101])],
    [grid(["eps_emu_u", 3], ["eps_ee_u", 11], ["sin2_theta_w", 4], ["eps_mumu_d", 13])],
    [grid(["eps_ee_u", 11], ["eps_mumu_d", 13], ["eps_emu_u", 3])],
  ])("reduce to what the points of %j do", async (axes) => {
    const chi2 = lookedUp(axes);
    const naive = naiveProfiles(axes, width, chi2);
    const found = await engine.profiles(axes);
    expect(found.points).toBe(gridSize(axes));
    const near = (one: Profile, other: Profile, k: number) => {
      expect(one.chi2.length).toBe(other.chi2.length);
      const named = Float64Array.from(one.index, (index) => chi2[index * width + k]);
      const lowest = Float64Array.of(naive.best[k].chi2);
      expect(worstError(one.chi2, other.chi2, 1, lowest).error).toBeLessThan(0.1);
      expect(worstError(named, other.chi2, 1, lowest).error).toBeLessThan(0.1);
    };
    expect(found.planes.map(({ x, y }) => [x, y])).toEqual(naive.planes.map(({ x, y }) => [x, y]));
    naive.planes.forEach(({ profiles }, plane) => {
      profiles.forEach((other, k) => {
        near(found.planes[plane].profiles[k], other, k);
      });
    });
    naive.lines.forEach((lines, axis) => {
      lines.forEach((other, k) => {
        near(found.lines[axis][k], other, k);
      });
    });
  });

  it("may be longer than a dispatch has workgroups", async () => {
    const axes = grid(["eps_ee_u", 1103], ["eps_mumu_d", 1201]);
    const profiles = await engine.profiles(axes);
    expect(profiles.points).toBe(1103 * 1201);
    const { chi2, index } = profiles.best[4];
    const at = { kind: "grid", axes, start: index, count: 1 } as const;
    expect(Math.abs((await engine.evaluate(at))[4] - chi2)).toBeLessThan(3e-4);
  });

  it("merge from any cut of the flat index to the very same", async () => {
    const axes = grid(["eps_ee_u", 4], ["eps_mumu_u", 5], ["eps_ee_d", 3], ["eps_mumu_d", 10]);
    const cuts = [0, 1, 2, 33, 150, 151, 299, 600];
    let merged = emptyProfiles(axes, width);
    for (let i = cuts.length - 1; i > 0; i--) {
      const range = { start: cuts[i - 1], count: cuts[i] - cuts[i - 1] };
      merged = mergeProfiles(merged, await engine.reduce(axes, range));
    }
    const whole = await engine.profiles(axes);
    expect(merged.points).toBe(whole.points);
    merged.planes.forEach(({ profiles }, plane) => {
      profiles.forEach(({ chi2 }, k) => {
        const other = whole.planes[plane].profiles[k].chi2;
        chi2.forEach((value, cell) => {
          expect(Math.abs(value - other[cell])).toBeLessThan(1e-6 * value);
        });
      });
    });
  });

  it("would be seen to take every coefficient for the first", async () => {
    const axes = grid(["eps_ee_u", 8], ["eps_ee_d", 8], ["eps_mumu_u", 8], ["eps_mumu_d", 8]);
    const host = await openDawn();
    const source = host.shaders["product.wgsl"];
    const wrong = source.replace(/_\$\{n\.n\} \*/, "_0 *");
    expect(wrong).not.toBe(source);
    const shaders = { ...host.shaders, "product.wgsl": wrong };
    const broken = await createWebGpuEngine(
      problem,
      { ...host, shaders },
      { mode: "tables", tables },
    );
    const [found, whole] = [await broken.profiles(axes), await engine.profiles(axes)];
    const worst = found.planes.map(
      ({ profiles }, plane) =>
        worstError(profiles[0].chi2, whole.planes[plane].profiles[0].chi2, 1).error,
    );
    expect(Math.max(...worst)).toBeGreaterThan(1);
    await broken.close();
  });
});
