import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createSplineWeights,
  splineCoefficients,
  splineWeights,
} from "../../src/likelihood/spline.js";

/** Value, slope and bend at x of the spline through f at n positions. */
function through(f: (x: number) => number, n: number, from: number, to: number) {
  const values = Float64Array.from({ length: n }, (_, k) => from + ((to - from) * k) / (n - 1));
  // A second column of other numbers must not mix with the first.
  const tables = Float64Array.from([...values].flatMap((x) => [f(x), Math.cos(9 * x)]));
  const coefficients = splineCoefficients(tables, 2);
  const weights = createSplineWeights();
  return (x: number) => {
    splineWeights(values, x, weights);
    return (["value", "slope", "bend"] as const).map((what) =>
      weights[what].reduce((sum, w, k) => sum + w * coefficients[2 * (weights.first + k)], 0),
    );
  };
}

const number = fc.double({ min: -3, max: 3, noNaN: true });

describe("cubic splines through tables", () => {
  it("meet every cubic with its derivatives, whatever the number of tables", () => {
    fc.assert(
      fc.property(
        fc.tuple(number, number, number, number),
        fc.integer({ min: 5, max: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([a, b, c, d], n, t) => {
          const spline = through((x) => a + x * (b + x * (c + x * d)), n, -1, 2);
          const x = -1 + 3 * t;
          const [value, slope, bend] = spline(x);
          expect(value).toBeCloseTo(a + x * (b + x * (c + x * d)), 10);
          expect(slope).toBeCloseTo(b + x * (2 * c + 3 * d * x), 10);
          expect(bend).toBeCloseTo(2 * c + 6 * d * x, 9);
        },
      ),
    );
  });

  it("pass through the tables, with the third table not special", () => {
    const spline = through((x) => Math.exp(-x * x), 9, -2, 2);
    for (let x = -2; x <= 2; x += 0.5) expect(spline(x)[0]).toBeCloseTo(Math.exp(-x * x), 12);
  });

  it("gain four orders of accuracy with every tenfold of tables", () => {
    const error = (n: number) => {
      const spline = through(Math.sin, n, 0, 3);
      return Math.max(
        ...Array.from({ length: 301 }, (_, i) => Math.abs(spline(i / 100)[0] - Math.sin(i / 100))),
      );
    };
    expect(error(201) / error(21)).toBeGreaterThan(0.2e-4);
    expect(error(201) / error(21)).toBeLessThan(2e-4);
  });

  it("have slopes and bends that are derivatives of the values", () => {
    const spline = through((x) => Math.sin(5 * x), 8, -1, 1);
    const h = 1e-5;
    for (const x of [-0.93, -0.4, 0.05, 0.61, 0.99]) {
      const [below, , above] = [x - h, x, x + h].map((at) => spline(at));
      expect(spline(x)[1]).toBeCloseTo((above[0] - below[0]) / (2 * h), 6);
      expect(spline(x)[2]).toBeCloseTo((above[1] - below[1]) / (2 * h), 5);
    }
  });
});
