import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GridAxis } from "../../../src/engine/engine.js";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { gridSize } from "../../../src/engine/points.js";
import { emptyProfiles, mergeProfiles } from "../../../src/engine/profiles.js";
import { createWebGpuEngine, type WebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { naiveProfiles } from "../naive-profiles.js";
import { couplings } from "../real.js";
import { pointwise } from "./pointwise.js";

const { problem, tables } = pointwise();
const width = 1;

/** Axes of these lengths, reaching so far. */
const axesOf = (lengths: readonly number[], to = 0.7): GridAxis[] =>
  lengths.map((points, k) => ({ parameter: couplings[k], from: -0.4, to, points }));

describe("reductions on the device", () => {
  let engine: WebGpuEngine;
  beforeAll(async () => {
    engine = await createWebGpuEngine(problem, await openDawn(), { mode: "tables", tables });
  });
  afterAll(() => engine.close());

  it.each([
    [[1001]],
    [[2, 2]],
    [[37, 41]],
    [[7, 5, 9]],
    [[3, 11, 6, 13]],
    [[4, 3, 2, 5, 6]],
    [[3, 2, 4, 3, 2, 7]],
  ])("give exactly what the points of a %j grid reduce to", async (lengths) => {
    const axes = axesOf(lengths);
    const count = gridSize(axes);
    const chi2 = await engine.evaluate({ kind: "grid", axes, start: 0, count });
    const profiles = await engine.profiles(axes);
    expect(profiles).toEqual(naiveProfiles(axes, width, chi2));
    expect(profiles.points).toBe(count);
  });

  it("count every point once, those left to float64 too", async () => {
    const axes = axesOf([5, 6, 17], 14);
    const chi2 = await engine.evaluate({ kind: "grid", axes, start: 0, count: 510 });
    const before = engine.recomputed;
    expect(await engine.profiles(axes)).toEqual(naiveProfiles(axes, width, chi2));
    expect(engine.recomputed).toBeGreaterThan(before);
  });

  it("merge from any cut of the flat index", async () => {
    const axes = axesOf([4, 5, 3, 10]);
    const cuts = [0, 1, 2, 33, 150, 151, 299, 600];
    let merged = emptyProfiles(axes, width);
    for (let i = cuts.length - 1; i > 0; i--) {
      const range = { start: cuts[i - 1], count: cuts[i] - cuts[i - 1] };
      merged = mergeProfiles(merged, await engine.reduce(axes, range));
    }
    expect(merged).toEqual(await engine.profiles(axes));
  });

  it("need no two axes in one dispatch", async () => {
    const axes = axesOf([3, 700, 1600]);
    const profiles = await engine.profiles(axes);
    expect(profiles.points).toBe(3 * 700 * 1600);
    const [best] = profiles.best;
    const at = { kind: "grid", axes, start: best.index, count: 1 } as const;
    expect((await engine.evaluate(at))[0]).toBe(best.chi2);
  });
});
