import { beforeAll, describe, expect, it } from "vitest";
import { parseLevel } from "../../src/contour/levels.js";
import type { GridAxis } from "../../src/engine/engine.js";
import { bestFit } from "../../src/fit/best-fit.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { parameterIntervals } from "../../src/fit/intervals.js";
import { type CurveStudy, studyCurve } from "../../src/study/curve.js";
import { curveResults } from "../../src/study/curve-results.js";
import { pointAt } from "../fit/points.js";
import { evaluated, scanOf } from "./scans.js";

const LEVELS = ["1sigma", "2sigma"].map(parseLevel);

const scanOver = ({ parameter, from, to, points }: GridAxis) =>
  scanOf(
    `{version: 1, analysis: liao-2024, levels: [1sigma, 2sigma], axes: [{parameter: ${parameter}, from: ${from}, to: ${to}, points: ${points}}]}`,
  );

async function studyOf(axis: GridAxis, kind: "joint" | "separate"): Promise<CurveStudy[]> {
  const { scan, ...rest } = await evaluated(scanOver(axis));
  return studyCurve({ ...rest, axis, combinations: scan.combinations }, kind, LEVELS);
}

const axis = { parameter: "eps_ee_u", from: -0.5, to: 0.8, points: 61 };
let joint: CurveStudy[];
beforeAll(async () => {
  joint = await studyOf(axis, "joint");
});
const of = (studies: readonly CurveStudy[], name = "csi+lar+ge") =>
  studies.find(({ combination }) => combination.name === name) as CurveStudy;

describe("a scan of one parameter", () => {
  it("finds both minima of the sign degeneracy, off the grid", async () => {
    const { analysis } = await evaluated(scanOver({ ...axis, points: 2 }));
    const { minima } = of(joint);
    expect(minima).toHaveLength(2);
    for (const [i, [lower, upper]] of [
      [-0.2, 0.2],
      [0.2, 0.6],
    ].entries()) {
      const free = [{ name: "eps_ee_u", lower, upper }];
      const { parameters, chi2 } = bestFit(new ChiSquare(analysis), pointAt(), free);
      expect(minima[i].point).toBeCloseTo(parameters[0], 5);
      expect(minima[i].value).toBeCloseTo(chi2, 8);
      const [interval] = parameterIntervals(
        new ChiSquare(analysis),
        { parameters, chi2, converged: true, covariance: Float64Array.of(1e-3) },
        free,
        1 - minima[i].deltaChi2,
      );
      const { intervals } = of(joint).allowed[0];
      expect(intervals[i].lower).toBeCloseTo(interval.lower ?? Number.NaN, 6);
      expect(intervals[i].upper).toBeCloseTo(interval.upper ?? Number.NaN, 6);
    }
  });

  it("joins intervals where the level is above the barrier between them", () => {
    const [one, two] = of(joint, "lar").allowed;
    expect(one.deltaChi2).toBeCloseTo(1, 12);
    expect(one.intervals).toHaveLength(2);
    expect(two.deltaChi2).toBeCloseTo(4, 12);
    expect(two.intervals).toHaveLength(1);
    const [[first, second], [whole]] = [one.intervals, two.intervals];
    expect(whole.lower).toBeLessThan(first.lower ?? 0);
    expect(whole.upper).toBeGreaterThan(second.upper ?? 0);
  });

  it("draws the curve through the grid and what lies between, in order, none below zero", () => {
    const { points, minima } = of(joint);
    expect(points.length).toBeGreaterThan(axis.points + minima.length);
    expect(points.every(([x], i) => i === 0 || x > points[i - 1][0])).toBe(true);
    expect(Math.min(...points.map(([, rise]) => rise))).toBe(0);
    for (const { point } of minima) expect(points.map(([x]) => x)).toContain(point);
  });

  it.each([
    // The named examples: minima in one cell, a piece and a gap between points.
    [{ parameter: "eps_ee_d", from: -10, to: 10, points: 51 }, "csi+lar+ge"],
    [{ parameter: "eps_ee_u", from: -5, to: 5, points: 26 }, "csi+lar+ge"],
    [{ parameter: "eps_ee_d", from: -30, to: 30, points: 101 }, "csi"],
    [{ parameter: "eps_ee_d", from: -1, to: 1, points: 9 }, "lar"],
    [{ parameter: "sigma_scale_e", from: 0, to: 10, points: 3 }, "csi"],
    [{ parameter: "sin2_theta_w", from: 0, to: 1, points: 2 }, "ge"],
  ])("over %o has the minima and intervals of brute force", async (coarse, name) => {
    const { analysis } = await evaluated(scanOver(coarse));
    const study = of(await studyOf(coarse, "joint"), name);
    const chi2 = new ChiSquare(analysis, name.split("+"));
    const at = (value: number) => chi2.value(pointAt({ [coarse.parameter]: value }));
    const step = 1e-3;
    const count = Math.round((coarse.to - coarse.from) / step);
    const x = Array.from({ length: count + 1 }, (_, i) => coarse.from + step * i);
    const values = x.map(at);
    const lowest = Math.min(...values);
    expect(study.minima[0].value).toBeLessThan(lowest + 1e-9);
    expect(study.minima[0].value).toBeGreaterThan(lowest - 0.05);
    for (const { deltaChi2, intervals } of study.allowed) {
      const inside = values.map((value) => value <= study.reference + deltaChi2);
      const starts = x.filter((_, i) => inside[i] && !inside[i - 1]);
      const ends = x.filter((_, i) => inside[i] && !inside[i + 1]);
      expect(intervals).toHaveLength(starts.length);
      intervals.forEach(({ lower, upper, lowerIsEdge, upperIsEdge }, i) => {
        expect(Math.abs(lower - starts[i])).toBeLessThan(1.01 * step);
        expect(Math.abs(upper - ends[i])).toBeLessThan(1.01 * step);
        expect([lowerIsEdge, upperIsEdge]).toEqual([lower === coarse.from, upper === coarse.to]);
      });
    }
    expect(study.isCertain).toBe(true);
  });

  it.each([
    { parameter: "eps_mumu_u", from: -30, to: 1, points: 5 },
    { parameter: "eps_emu_d", from: -0.2, to: 2, points: 7 },
    { parameter: "exponent_x", from: 1, to: 3, points: 3 },
  ])("and the fit of the same parameter agree over %o", async (coarse) => {
    const { analysis } = await evaluated(scanOver(coarse));
    const free = [{ name: coarse.parameter, lower: coarse.from, upper: coarse.to }];
    for (const { combination, minima, allowed } of await studyOf(coarse, "joint")) {
      const chi2 = new ChiSquare(analysis, combination.datasets);
      const best = bestFit(chi2, pointAt(), free);
      expect(Math.abs(minima[0].value - best.chi2)).toBeLessThan(1e-6);
      for (const { deltaChi2, intervals } of allowed) {
        const [{ ranges }] = parameterIntervals(chi2, best, free, deltaChi2);
        expect(ranges).toEqual(
          intervals.map(({ lower, upper, ...edges }) => ({
            ...edges,
            lower: expect.closeTo(lower, 5),
            upper: expect.closeTo(upper, 5),
          })),
        );
      }
    }
  });

  it("is refused where the grid has a value below every exact one", async () => {
    const { scan, ...rest } = await evaluated(scanOver(axis));
    const chi2 = rest.chi2.slice();
    chi2[4] -= 200;
    const wrong = { ...rest, chi2, axis, combinations: scan.combinations };
    expect(() => studyCurve(wrong, "joint", LEVELS)).toThrow(/lies above a value of the grid/);
  });

  it("says where the axis ends before the level is reached", async () => {
    const [lar] = (await studyOf({ ...axis, from: -0.1, to: 0.1 }, "joint")).filter(
      ({ combination }) => combination.name === "lar",
    );
    const [[first], [second]] = lar.allowed.map(({ intervals }) => intervals);
    expect(first).toMatchObject({ lower: -0.1, lowerIsEdge: true, upperIsEdge: false });
    expect(second).toEqual({ lower: -0.1, upper: 0.1, lowerIsEdge: true, upperIsEdge: true });
    expect(lar.minima[0]).toMatchObject({ point: -0.1, onFrame: true });
  });

  it("has no interval where even the minimum is above the level of the separate reference", async () => {
    const separate = await studyOf(axis, "separate");
    const { minima, reference, allowed } = of(separate);
    const sum = ["csi", "lar", "ge"].reduce((total, name) => {
      return total + of(separate, name).minima[0].value;
    }, 0);
    expect(reference).toBeCloseTo(sum, 9);
    expect(minima[0].deltaChi2).toBeGreaterThan(4);
    expect(allowed.map(({ intervals }) => intervals)).toEqual([[], []]);
    expect(of(separate, "ge").allowed).toEqual(of(joint, "ge").allowed);
  });

  it("sees intervals narrower than its steps, through the minimum", async () => {
    const [csi] = await studyOf({ ...axis, to: 0.2, points: 4 }, "joint");
    const [{ lower, upper }] = csi.allowed[0].intervals;
    const [fine] = of(joint, "csi").allowed[0].intervals;
    expect(lower).toBeCloseTo(fine.lower ?? 0, 6);
    expect(upper).toBeCloseTo(fine.upper ?? 0, 6);
  });

  it("over the exponent has the best fit of SPEC §4", async () => {
    const studies = await studyOf(
      { parameter: "exponent_x", from: 1.5, to: 2.5, points: 21 },
      "joint",
    );
    expect(of(studies).minima[0].point).toBeCloseTo(1.96, 2);
  });

  it("is told in one line a combination, with every interval", async () => {
    const { summary } = curveResults(await evaluated(scanOver(axis)));
    expect(summary[0]).toEqual(["combination", "χ² min", "Δχ² min", "eps_ee_u", "1σ", "2σ"]);
    expect(summary[4]).toEqual([
      "csi+lar+ge",
      "222.4895",
      "0.0000",
      "0.0127",
      expect.stringMatching(/^-0\.\d{4} … 0\.\d{4} or 0\.\d{4} … 0\.\d{4}$/),
      expect.stringContaining(" or "),
    ]);
  });
});
