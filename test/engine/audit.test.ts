import { describe, expect, it } from "vitest";
import { auditGrid, auditProfiles, sampleOf } from "../../src/engine/audit.js";
import { BOUND, deviation, isWithinBound } from "../../src/engine/bound.js";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import { gridSize, pointAt } from "../../src/engine/points.js";
import type { GridProfiles } from "../../src/engine/profiles.js";
import { randomPoints, seededRandom } from "../../src/engine/sampling.js";
import { NumericalError } from "../../src/errors.js";
import { syntheticProblem } from "./problem.js";

const axes = [
  { parameter: "eps_ee_d", from: -0.3, to: 0.3, points: 9 },
  { parameter: "eps_mumu_u", from: -0.3, to: 0.3, points: 8 },
  { parameter: "eps_emu_u", from: -0.2, to: 0.2, points: 7 },
];
const width = syntheticProblem.combinations.length;
const engine = createCpuEngine(syntheticProblem, { threads: 1 });
const profiles = await engine.profiles(axes);
const sample = sampleOf(engine, axes);

const audit = (changed: Partial<GridProfiles>, sampled = sample) =>
  auditProfiles(syntheticProblem, axes, { ...profiles, ...changed }, sampled);

/** The same profiles with one cell of a plane changed. */
function withCell(plane: number, combination: number, change: (chi2: number) => number) {
  const planes = structuredClone(profiles.planes);
  const { chi2 } = planes[plane].profiles[combination];
  // The cell that every audit looks at: next to the 2σ contour.
  const { chi2: lowest } = profiles.best[combination];
  const off = (cell: number) => Math.abs(chi2[cell] - lowest - 6.18);
  const [cell] = [...chi2.keys()].sort((a, b) => off(a) - off(b));
  chi2[cell] = change(chi2[cell]);
  return { planes };
}

describe("auditProfiles", () => {
  it("passes the reference, with nothing off", async () => {
    expect(await audit({})).toEqual({ points: expect.any(Number), absolute: 0, relative: 0 });
    expect((await audit({})).points).toBeGreaterThan(300);
  });

  it("passes what is off by less than the bound, and says by how much", async () => {
    const shifted = async (points: readonly number[]) =>
      (await sample(points)).map((chi2) => chi2 + 4e-4);
    const { absolute } = await audit({}, shifted);
    expect(absolute).toBeCloseTo(4e-4, 9);
  });

  it("fails an engine that is off at its points", async () => {
    const wrong = async (points: readonly number[]) =>
      (await sample(points)).map((chi2, i) => (i % width === 2 ? chi2 + 2e-3 : chi2));
    const failed = audit({}, wrong);
    await expect(failed).rejects.toBeInstanceOf(NumericalError);
    await expect(failed).rejects.toMatchObject({
      code: "audit-failed",
      fields: { combination: "first+second" },
      message: expect.stringMatching(/eps_ee_d = .*, eps_mumu_u = .*Nothing was published/),
    });
    const lost = async (points: readonly number[]) => (await sample(points)).fill(Number.NaN, 5, 6);
    await expect(audit({}, lost)).rejects.toMatchObject({ code: "audit-failed" });
  });

  it.each([
    ["higher", 2e-3],
    ["lower", -2e-3],
  ])("fails a profile with a cell %s than its point", async (_, change) => {
    for (const combination of [0, 1, 2]) {
      const changed = withCell(0, combination, (chi2) => chi2 + change);
      await expect(audit(changed)).rejects.toMatchObject({ code: "audit-failed" });
    }
  });

  it("fails a profile that missed a lower point, wherever the sample has one", async () => {
    const lines = structuredClone(profiles.lines);
    const { chi2, index } = lines[1][0];
    // Both χ² and index of another point of that cell: consistent, but not the minimum.
    const place = 3;
    const other = randomPoints(axes, 400, seededRandom("1")).find(
      (at) => Math.floor(at / 7) % 8 === place && at !== index[place],
    ) as number;
    const [value] = await sample([other]);
    expect(value).toBeGreaterThan(chi2[place] + 0.01);
    chi2[place] = value;
    index[place] = other;
    await expect(audit({ lines })).rejects.toMatchObject({ code: "audit-failed" });
  });

  it("looks at the points that it is told to", async () => {
    const hidden = Array.from({ length: 504 }, (_, at) => at);
    const seen: number[] = [];
    const watched = (points: readonly number[]) => {
      seen.push(...points);
      return sample(points);
    };
    await auditProfiles(syntheticProblem, axes, profiles, watched);
    const missed = hidden.filter((at) => !seen.includes(at));
    expect(missed.length).toBeGreaterThan(0);
    await auditProfiles(syntheticProblem, axes, profiles, watched, missed.slice(0, 1));
    expect(seen).toContain(missed[0]);
  });

  it("fails a run that lost points", async () => {
    const short = audit({ points: profiles.points - 1 });
    await expect(short).rejects.toMatchObject({ code: "points-lost" });
  });

  it("audits a grid that is all there", async () => {
    const source = { kind: "grid", axes, start: 0, count: gridSize(axes) } as const;
    const chi2 = Float64Array.from(await engine.evaluate(source));
    expect(await auditGrid(syntheticProblem, axes, chi2)).toMatchObject({ absolute: 0 });
    const best = profiles.best[1].index;
    chi2[best * width + 1] += 0.002;
    const failed = auditGrid(syntheticProblem, axes, chi2);
    await expect(failed).rejects.toMatchObject({
      fields: { point: { eps_ee_d: pointAt(axes, best)[0] }, combination: "second" },
    });
  });
});

describe("the bound", () => {
  it("is absolute near the minimum and relative beyond", () => {
    const ok = (value: number, reference: number) =>
      isWithinBound(deviation(value, reference, 100));
    expect(ok(120.0009, 120)).toBe(true);
    expect(ok(120.0011, 120)).toBe(false);
    expect(ok(149.998, 149.9991)).toBe(false);
    expect(ok(1000.009, 1000)).toBe(true);
    expect(ok(1000.011, 1000)).toBe(false);
    expect(ok(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(true);
    expect(ok(Number.POSITIVE_INFINITY, 1000)).toBe(false);
    expect(ok(1000, Number.POSITIVE_INFINITY)).toBe(false);
    expect(ok(Number.NaN, 100)).toBe(false);
    expect(BOUND).toEqual({ absolute: 1e-3, within: 50, relative: 1e-5 });
  });
});

describe("the sample", () => {
  it("is the same for the same seed, and another for another", () => {
    const draw = (seed: string) => randomPoints(axes, 50, seededRandom(seed));
    const hash = "0f".repeat(32);
    expect(draw(hash)).toEqual(draw(hash));
    expect(draw(hash)).not.toEqual(draw("0e".repeat(32)));
  });

  it("is even, within the grid, and has its corners", () => {
    const random = seededRandom("ab".repeat(32));
    const numbers = Array.from({ length: 20000 }, random);
    for (const part of [0, 1, 2, 3]) {
      const share = numbers.filter((x) => Math.floor(4 * x) === part).length / 20000;
      expect(Math.abs(share - 0.25)).toBeLessThan(0.02);
    }
    const points = randomPoints(axes, 100, random);
    expect(points.every((at) => Number.isInteger(at) && at >= 0 && at < 504)).toBe(true);
    expect(new Set(points).size).toBe(points.length);
    for (const corner of [0, 6, 49, 55, 448, 454, 497, 503]) expect(points).toContain(corner);
  });
});
