import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interval } from "../../src/contour/intervals.js";

const everywhere = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

describe("interval", () => {
  it("is best ± σ √Δχ² for any parabola, from any stride", () => {
    const positive = fc.double({ min: 0.05, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        positive,
        positive,
        positive,
        (best, sigma, level, step) => {
          const found = interval(
            (x) => 80 + ((x - best) / sigma) ** 2,
            best,
            level,
            everywhere,
            step,
          );
          const width = sigma * Math.sqrt(level);
          expect(Math.abs((found.upper as number) - best - width)).toBeLessThan(1e-7 * (1 + width));
          expect(Math.abs(best - (found.lower as number) - width)).toBeLessThan(1e-7 * (1 + width));
        },
      ),
    );
  });

  it("solves an asymmetric profile: the Poisson mean for 10 counts, −2 ln L", () => {
    const profile = (mu: number) =>
      mu <= 0 ? Number.POSITIVE_INFINITY : 2 * (mu - 10 * Math.log(mu));
    const { lower, upper } = interval(profile, 10, 1, [0, 100]);
    // MINOS interval of 10 counts: 10 +3.504 −2.838.
    expect(lower).toBeCloseTo(10 - 2.838, 3);
    expect(upper).toBeCloseTo(10 + 3.504, 3);
  });

  it("is null where a bound comes first, and not where the crossing lies just before it", () => {
    const parabola = (x: number) => x * x;
    expect(interval(parabola, 0, 1, [-0.9, 5])).toEqual({
      lower: null,
      upper: expect.closeTo(1, 9),
    });
    expect(interval(parabola, 0, 1, [-1.001, 0])).toEqual({
      lower: expect.closeTo(-1, 9),
      upper: null,
    });
    expect(interval(() => 3, 0, 1, everywhere)).toEqual({ lower: null, upper: null });
  });

  it("never asks beyond the bounds", () => {
    const guarded = (x: number) => {
      if (x < 0 || x > 2) throw new Error(`asked at ${x}`);
      return (x - 0.5) ** 2;
    };
    expect(interval(guarded, 0.5, 1, [0, 2], 0.3)).toEqual({
      lower: null,
      upper: expect.closeTo(1.5, 9),
    });
  });

  it("takes the nearest crossing of a double well, up to a jump or an infinity", () => {
    const wells = (x: number) => 40 * (x * x - 1) ** 2;
    const { lower, upper } = interval(wells, 1, 1, [-3, 3], 0.1);
    expect(lower).toBeCloseTo(Math.sqrt(1 - 1 / Math.sqrt(40)), 8);
    expect(upper).toBeCloseTo(Math.sqrt(1 + 1 / Math.sqrt(40)), 8);
    const cliff = (x: number) => (x < 1 ? 0 : Number.POSITIVE_INFINITY);
    expect(interval(cliff, 0, 1, everywhere).upper).toBeCloseTo(1, 8);
  });
});
