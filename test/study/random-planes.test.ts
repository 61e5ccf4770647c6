import { describe, expect, it } from "vitest";
import { parseLevel } from "../../src/contour/levels.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { parameterIndex } from "../../src/model/parameters.js";
import { minimise } from "../../src/numerics/minimise.js";
import { type EvaluatedPlane, studyPlane } from "../../src/study/plane.js";
import { evaluated, scanOf } from "./scans.js";

/** A small generator of reproducible numbers from 0 to 1 (Numerical Recipes, ranqd1). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const COUPLINGS = ["ee_u", "ee_d", "mumu_u", "mumu_d", "emu_d", "etau_u", "mutau_d"];

/** A rectangle of two couplings, 0.3 to 30 wide, in few points, of one combination. */
async function randomPlane(next: () => number): Promise<EvaluatedPlane> {
  const first = Math.floor(next() * COUPLINGS.length);
  const second = (first + 1 + Math.floor(next() * (COUPLINGS.length - 1))) % COUPLINGS.length;
  const axes = [first, second].map((which) => {
    const half = 0.3 * 50 ** next();
    const middle = (next() - 0.5) * half;
    const points = 11 + Math.floor(next() * 30);
    return `{parameter: eps_${COUPLINGS[which]}, from: ${middle - half}, to: ${middle + half}, points: ${points}}`;
  });
  const set = ["csi", "lar", "ge", "csi+lar+ge"][Math.floor(next() * 4)];
  const { scan, ...rest } = await evaluated(
    scanOf(`version: 1\nanalysis: liao-2024\naxes: [${axes}]\ncombinations: [${set}]\n`),
  );
  return { ...rest, axes: [scan.axes[0], scan.axes[1]], combinations: scan.combinations };
}

/** The lowest χ² that many searches from random points find: of each five, from the lowest one. */
function bruteForce(plane: EvaluatedPlane, next: () => number): number {
  const { analysis, axes, base, combinations } = plane;
  const chi2 = new ChiSquare(analysis, combinations[0].datasets);
  const indices = axes.map(({ parameter }) => parameterIndex(parameter));
  const at = base.slice();
  const value = (point: ArrayLike<number>) => {
    indices.forEach((index, i) => {
      at[index] = point[i];
    });
    return chi2.value(at);
  };
  const [lower, upper] = [axes.map(({ from }) => from), axes.map(({ to }) => to)];
  const starts = Array.from({ length: 25 }, () =>
    Array.from({ length: 20 }, () => lower.map((low, i) => low + next() * (upper[i] - low))).reduce(
      (best, one) => (value(one) < value(best) ? one : best),
    ),
  );
  const options = { lower, upper, scale: [0.05, 0.05], longestStep: 5 };
  return Math.min(...starts.map((start) => minimise(value, start, options).value));
}

describe("random rectangles in few points", () => {
  it.each([11, 12, 13, 14, 15])(
    "have the lowest minimum that brute force finds (%d)",
    async (seed) => {
      const next = random(seed * 7919);
      const plane = await randomPlane(next);
      const [{ minima, allowed }] = studyPlane(plane, "joint", [parseLevel("90%")]);
      expect(minima[0].value).toBeLessThanOrEqual(bruteForce(plane, next) + 1e-5);
      expect(minima[0].value).toBeLessThanOrEqual(Math.min(...plane.chi2) + 1e-9);
      // Every region holds a minimum below the level.
      const [{ regions, resolution, deltaChi2 }] = allowed;
      const below = minima.filter((one) => one.deltaChi2 < deltaChi2);
      if (resolution?.isCertain) expect(regions.length).toBeLessThanOrEqual(below.length);
    },
  );
});
