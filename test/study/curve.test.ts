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

async function study(axis: GridAxis, kind: "joint" | "separate"): Promise<CurveStudy[]> {
  const { scan, ...rest } = await evaluated(scanOver(axis));
  return studyCurve({ ...rest, axis, combinations: scan.combinations }, kind, LEVELS);
}

const axis = { parameter: "eps_ee_u", from: -0.5, to: 0.8, points: 61 };
let joint: CurveStudy[];
beforeAll(async () => {
  joint = await study(axis, "joint");
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

  it("draws the curve through the grid and the minima, in order, none below zero", () => {
    const { points, minima } = of(joint);
    expect(points).toHaveLength(axis.points + minima.length);
    expect(points.every(([x], i) => i === 0 || x >= points[i - 1][0])).toBe(true);
    expect(Math.min(...points.map(([, rise]) => rise))).toBe(0);
  });

  it("says where the axis ends before the level is reached", async () => {
    const [lar] = (await study({ ...axis, from: -0.1, to: 0.1 }, "joint")).filter(
      ({ combination }) => combination.name === "lar",
    );
    expect(lar.allowed[0].intervals).toEqual([{ lower: null, upper: expect.any(Number) }]);
    expect(lar.allowed[1].intervals).toEqual([{ lower: null, upper: null }]);
    expect(lar.minima[0].point).toBe(-0.1);
  });

  it("has no interval where even the minimum is above the level of the separate reference", async () => {
    const separate = await study(axis, "separate");
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
    const [csi] = await study({ ...axis, to: 0.2, points: 4 }, "joint");
    const [{ lower, upper }] = csi.allowed[0].intervals;
    const [fine] = of(joint, "csi").allowed[0].intervals;
    expect(lower).toBeCloseTo(fine.lower ?? 0, 6);
    expect(upper).toBeCloseTo(fine.upper ?? 0, 6);
  });

  it("over the exponent has the best fit of SPEC §4", async () => {
    const studies = await study(
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
