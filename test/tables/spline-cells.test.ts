import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coordinate, eventsAt } from "../../src/tables/coordinate.js";
import { interpolationMatrix } from "../../src/tables/interpolate.js";
import { splineCells, splineWeights } from "../../src/tables/spline-cells.js";

const knotsOf = (widths: readonly number[]) =>
  Float64Array.from([0, ...widths].map((_, i) => widths.slice(0, i).reduce((a, b) => a + b, 0)));
const uneven = fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }), {
  minLength: 3,
  maxLength: 12,
});

/** The spline through f at the knots, and its slope, at u. */
function interpolated(knots: Float64Array, f: (u: number) => number, u: number) {
  const matrix = interpolationMatrix(knots);
  const n = knots.length;
  const coefficients = Array.from({ length: n + 2 }, (_, i) =>
    knots.reduce((sum, knot, k) => sum + matrix[i * n + k] * f(knot), 0),
  );
  const [value, slope] = [new Float64Array(4), new Float64Array(4)];
  const first = splineWeights(knots, splineCells(knots), u, value, slope);
  const sum = (w: Float64Array) => w.reduce((s, wj, j) => s + wj * coefficients[first + j], 0);
  return { value: sum(value), slope: sum(slope), weights: value };
}

describe("cubic splines on uneven knots", () => {
  it("meet every cubic and its slope, everywhere", () => {
    fc.assert(
      fc.property(uneven, fc.double({ min: 0, max: 1, noNaN: true }), (widths, where) => {
        const knots = knotsOf(widths);
        const u = where * knots[knots.length - 1];
        const found = interpolated(knots, (x) => 2 - x + 0.5 * x * x - 0.25 * x ** 3, u);
        expect(found.value).toBeCloseTo(2 - u + 0.5 * u * u - 0.25 * u ** 3, 7);
        expect(found.slope).toBeCloseTo(-1 + u - 0.75 * u * u, 7);
        expect(found.weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
        expect(Math.min(...found.weights)).toBeGreaterThanOrEqual(-1e-15);
      }),
    );
  });

  it("take any values at their knots and converge as the fourth power between", () => {
    const error = (cells: number) => {
      const knots = Float64Array.from(
        { length: cells + 1 },
        (_, i) => (3 * i ** 1.3) / cells ** 1.3,
      );
      return Math.max(
        ...Array.from({ length: 300 }, (_, i) => {
          const u = (3 * (i + 0.5)) / 300;
          return Math.abs(interpolated(knots, Math.sin, u).value - Math.sin(u));
        }),
      );
    };
    expect(error(20) / error(40)).toBeGreaterThan(10);
    const knots = knotsOf([0.3, 1, 0.2, 0.7, 0.7]);
    for (const knot of knots) {
      expect(interpolated(knots, Math.exp, knot).value).toBeCloseTo(Math.exp(knot), 11);
    }
  });

  it("are constant along an axis of two knots", () => {
    expect(interpolated(Float64Array.of(0, 1), () => 7, 0).value).toBe(7);
  });
});

describe("the coordinate of a table", () => {
  it("turns events to u and back", () => {
    expect(coordinate(0, 20)).toBe(0);
    expect(eventsAt(coordinate(65_000, 20), 20)).toBeCloseTo(65_000, 6);
    expect(coordinate(20, 20)).toBeCloseTo(Math.LN2, 15);
  });
});
