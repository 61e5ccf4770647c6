import { describe, expect, it } from "vitest";
import { liao2024 } from "../../src/analysis/liao-2024/index.js";
import { bestFit } from "../../src/fit/best-fit.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { parameterIntervals } from "../../src/fit/intervals.js";
import { zoom } from "./brute-force.js";
import { pointAt } from "./points.js";

const all = new ChiSquare(liao2024.compile());
const range = (name: string, lower: number, upper: number) => ({ name, lower, upper });

/** Where a curve on a fine grid first exceeds the level on either side of its minimum. */
function scanned(curve: (x: number) => number, from: number, to: number, rise: number) {
  const points = 2001;
  const x = Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
  const y = x.map(curve);
  const best = y.indexOf(Math.min(...y));
  const excess = (i: number) => y[i] - y[best] - rise;
  const crossing = (step: 1 | -1): number | null => {
    for (let i = best; i + step >= 0 && i + step < points; i += step) {
      if (excess(i + step) <= 0) continue;
      return x[i] + ((x[i + step] - x[i]) * -excess(i)) / (excess(i + step) - excess(i));
    }
    return null;
  };
  return { lower: crossing(-1), upper: crossing(1) };
}

const close = (end: number | null) => (end === null ? null : expect.closeTo(end, 4));

describe("profile intervals", () => {
  it.each([
    ["eps_ee_d", -0.3, 0.18, 1],
    ["eps_ee_d", -0.3, 0.18, 2.706],
    ["sin2_theta_w", 0, 0.5, 4],
    // The level is not reached before the end of the range.
    ["eps_mumu_d", 0.01, 0.07, 1],
  ])("of %s in %f … %f at Δχ² = %f are those of a scan", (name, from, to, rise) => {
    const free = [range(name, from, to)];
    const best = bestFit(all, pointAt(), free);
    const [found] = parameterIntervals(all, best, free, rise);
    const { lower, upper } = scanned((x) => all.value(pointAt({ [name]: x })), from, to, rise);
    expect(found).toMatchObject({ name, lower: close(lower), upper: close(upper) });
    if (found.upper !== null) {
      expect(all.value(pointAt({ [name]: found.upper })) - best.chi2).toBeCloseTo(rise, 6);
    }
  });

  it("profile the other free parameters along the way", () => {
    const free = [range("eps_ee_d", -0.2, 0.18), range("eps_mumu_d", -0.1, 0.15)];
    const best = bestFit(all, pointAt(), free);
    const [e, mu] = parameterIntervals(all, best, free, 1);
    const profiled = (name: string, other: (typeof free)[number]) => (value: number) => {
      const along = ([x]: readonly number[]) =>
        all.value(pointAt({ [name]: value, [other.name]: x }));
      return zoom(along, [[other.lower, other.upper]], 9).value;
    };
    for (const [found, curve] of [
      [e, profiled("eps_ee_d", free[1])],
      [mu, profiled("eps_mumu_d", free[0])],
    ] as const) {
      for (const end of [found.lower, found.upper]) {
        expect(end).not.toBeNull();
        expect(curve(end ?? 0) - best.chi2).toBeCloseTo(1, 5);
      }
    }
    // Narrower without the other one: the two are correlated.
    const alone = parameterIntervals(all, bestFit(all, best.parameters, [free[0]]), [free[0]], 1);
    const width = ({ lower, upper }: typeof e) => (upper ?? 0) - (lower ?? 0);
    expect(width(alone[0])).toBeLessThan(0.99 * width(e));
  });

  it("hold every range, along a valley that two couplings of one flavour make", () => {
    const free = [range("eps_ee_u", -1.5, 1.5), range("eps_ee_d", -1.5, 1.5)];
    const best = bestFit(all, pointAt(), free);
    expect(best.chi2).toBeCloseTo(221.7637, 4);
    const [, down] = parameterIntervals(all, best, free, 2.706);
    const profile = (value: number) =>
      zoom(([x]) => all.value(pointAt({ eps_ee_u: x, eps_ee_d: value })), [[-1.5, 1.5]], 101).value;
    expect(down.isCertain).toBe(true);
    expect(down.ranges).toMatchObject([{ lowerIsEdge: false, upper: 1.5, upperIsEdge: true }]);
    const [{ lower }] = down.ranges;
    expect(profile(lower) - best.chi2).toBeCloseTo(2.706, 4);
    expect(profile(lower - 0.01) - best.chi2).toBeGreaterThan(2.706);
    for (let value = -1.38; value <= 1.5; value += 0.08) {
      expect(profile(value) - best.chi2).toBeLessThan(2.706);
    }
    expect(down.minima.map(({ value }) => value)).toEqual([
      expect.closeTo(-1.3412, 3),
      expect.closeTo(1.5, 8),
    ]);
  });

  it("of a narrow minimum are found in a range that is wide", () => {
    const csi = new ChiSquare(liao2024.compile(), ["csi"]);
    const of = (lower: number, upper: number) => {
      const free = [range("eps_ee_d", lower, upper)];
      const [{ ranges }] = parameterIntervals(csi, bestFit(csi, pointAt(), free), free, 2.706);
      return ranges;
    };
    const narrow = of(-0.2, 0.6);
    expect(narrow).toHaveLength(2);
    expect(of(-30, 30)).toEqual(
      narrow.map(({ lower, upper }) => ({
        lower: expect.closeTo(lower, 5),
        upper: expect.closeTo(upper, 5),
        lowerIsEdge: false,
        upperIsEdge: false,
      })),
    );
  });

  it("are not certain where the nuisances do not reach their minimum", () => {
    // Signals of so many events that Newton's method on Poisson terms gives up.
    const csi = new ChiSquare(liao2024.compile({}, "scanned"), ["csi"]);
    const at = pointAt({
      eps_ee_d: -20.92,
      eps_emu_d: -22.8,
      eps_etau_d: -18.57,
      exponent_x: 3.563,
    });
    const free = [range("eps_mutau_d", -5.226, -5.224)];
    const best = bestFit(csi, at, free);
    expect(csi.profile(best.parameters).converged).toBe(false);
    expect(parameterIntervals(csi, best, free, 1)[0].isCertain).toBe(false);
  });
});
