import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covariance, minimise } from "../../src/numerics/minimise.js";

const rosenbrock = (p: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i + 1 < p.length; i++) sum += 100 * (p[i + 1] - p[i] ** 2) ** 2 + (1 - p[i]) ** 2;
  return sum;
};

/** (x − c)ᵀ A (x − c) with A = L Lᵀ + 1, and A itself. */
function quadratic(centre: readonly number[], lower: readonly number[]) {
  const n = centre.length;
  const matrix = Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    let sum = i === j ? 1 : 0;
    for (let m = 0; m < n; m++) sum += lower[i * n + m] * lower[j * n + m];
    return sum;
  });
  const slope = (p: ArrayLike<number>) =>
    Float64Array.from(centre, (_, i) =>
      centre.reduce((sum, c, j) => sum + 2 * matrix[i * n + j] * (p[j] - c), 0),
    );
  const f = (p: ArrayLike<number>) =>
    slope(p).reduce((sum, g, i) => sum + (g * (p[i] - centre[i])) / 2, 0);
  return { matrix, slope, f };
}

describe("minimise", () => {
  it.each([2, 5, 12])("descends Rosenbrock's valley in %d variables", (n) => {
    const start = Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1.2));
    const minimum = minimise(rosenbrock, start, { tolerance: 1e-12 });
    expect(minimum.converged).toBe(true);
    // From this start in more than 3 variables a second minimum exists, at value 3.9 or so.
    expect(minimum.value < 1e-10 || (n > 3 && minimum.value < 4)).toBe(true);
    if (n === 2) for (const x of minimum.point) expect(x).toBeCloseTo(1, 5);
    expect(minimum.iterations).toBeLessThan(60 * n);
  });

  it("stops on a bound of Rosenbrock's valley where the constrained minimum lies", () => {
    const minimum = minimise(rosenbrock, [-1, 0.2], { upper: [0.5, 10] });
    expect(minimum.point[0]).toBe(0.5);
    expect(minimum.point[1]).toBeCloseTo(0.25, 6);
    expect(minimum.atBound).toEqual([true, false]);
    expect(minimum.converged).toBe(true);
  });

  it("solves any bounded quadratic: the projected gradient vanishes, nothing leaves the box", () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((n) =>
          fc.record({
            centre: fc.array(number, { minLength: n, maxLength: n }),
            lower: fc.array(number, { minLength: n * n, maxLength: n * n }),
            start: fc.array(number, { minLength: n, maxLength: n }),
            withGradient: fc.boolean(),
          }),
        ),
        ({ centre, lower, start, withGradient }) => {
          const { slope, f } = quadratic(centre, lower);
          const n = centre.length;
          const guarded = (p: Float64Array) => {
            for (const x of p) if (!(x >= -1 && x <= 1)) throw new Error(`outside: ${x}`);
            return f(p);
          };
          const minimum = minimise(guarded, start, {
            lower: new Array(n).fill(-1),
            upper: new Array(n).fill(1),
            ...(withGradient ? { gradient: slope } : {}),
          });
          expect(minimum.converged).toBe(true);
          slope(minimum.point).forEach((g, i) => {
            if (minimum.point[i] === 1) expect(g).toBeLessThan(1e-3);
            else if (minimum.point[i] === -1) expect(g).toBeGreaterThan(-1e-3);
            else expect(Math.abs(g)).toBeLessThan(1e-3);
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it("needs few iterations on coupled quadratics with half their variables on bounds", () => {
    const number = fc.integer({ min: -2000, max: 2000 }).map((k) => k / 1000);
    const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length });
    fc.assert(
      fc.property(numbers(6), numbers(36), numbers(6), (centre, lower, start) => {
        const bounds = { lower: new Array(6).fill(-0.5), upper: new Array(6).fill(0.5) };
        const { iterations } = minimise(quadratic(centre, lower).f, start, bounds);
        expect(iterations).toBeLessThan(8);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("works in the units of scale, whatever they are", () => {
    const f = (p: ArrayLike<number>) =>
      ((p[0] - 3e-6) / 1e-7) ** 2 + ((p[1] - 4e8) / 1e7) ** 2 + 100;
    const minimum = minimise(f, [0, 0], { scale: [1e-7, 1e7] });
    expect(minimum.point[0]).toBeCloseTo(3e-6, 11);
    expect(minimum.point[1] / 4e8).toBeCloseTo(1, 6);
    const widths = covariance(minimum);
    expect(Math.sqrt(widths[0]) / 1e-7).toBeCloseTo(1, 4);
    expect(Math.sqrt(widths[3]) / 1e7).toBeCloseTo(1, 4);
  });

  it("returns the covariance of a χ²: the inverse matrix of the quadratic, 0 on a bound", () => {
    const { matrix, f } = quadratic([0.2, -0.3], [1, 0.5, -0.7, 2]);
    const [a, b, , d] = matrix;
    const determinant = a * d - b * b;
    const exact = [d / determinant, -b / determinant, -b / determinant, a / determinant];
    covariance(minimise(f, [1, 1])).forEach((c, k) => {
      expect(c).toBeCloseTo(exact[k], 6);
    });
    const held = covariance(minimise(f, [1, 1], { lower: [0.5, -9] }));
    [0, 0, 0, 1 / d].forEach((c, k) => {
      expect(held[k]).toBeCloseTo(c, 6);
    });
  });

  it("leaves a saddle point for a minimum", () => {
    const f = (p: ArrayLike<number>) => (p[0] ** 2 - 1) ** 2 + p[1] ** 2;
    const minimum = minimise(f, [0, 0.5]);
    expect(Math.abs(minimum.point[0])).toBeCloseTo(1, 4);
    expect(minimum.value).toBeLessThan(1e-8);
  });

  it("finds a minimum in a kink and beyond a wall of infinities", () => {
    const kink = (p: ArrayLike<number>) => Math.abs(p[0] - 0.3) + 2 * Math.abs(p[1] + p[0]);
    expect(minimise(kink, [1, 1]).value).toBeLessThan(1e-6);
    const wall = (p: ArrayLike<number>) => (p[0] <= 0 ? Number.NaN : p[0] - Math.log(p[0]));
    const minimum = minimise(wall, [0.01]);
    expect(minimum.point[0]).toBeCloseTo(1, 4);
    expect(minimum.converged).toBe(true);
  });

  it("does not take a wall of infinities for a minimum, nor stay lost behind it", () => {
    const cliff = (p: ArrayLike<number>) => (p[0] <= 0.5 ? Number.POSITIVE_INFINITY : p[0]);
    expect(minimise(cliff, [0.505]).value).toBeLessThan(0.5 + 1e-6);
    const oblique = (p: ArrayLike<number>) =>
      p[0] + p[1] <= 0.5 ? Number.POSITIVE_INFINITY : p[0] + p[1] + (p[0] - p[1] - 0.3) ** 2;
    expect(minimise(oblique, [1, 1]).value).toBeLessThan(0.5 + 1e-4);
    const wall = (p: ArrayLike<number>) => (p[0] <= 0 ? Number.NaN : p[0] - Math.log(p[0]));
    expect(minimise(wall, [-0.05]).point[0]).toBeCloseTo(1, 4);
  });

  it("ends exactly on a bound, whatever the scale", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        (bound, scale) => {
          const up = minimise((p) => p[0] ** 3 + 400 * p[0], [11], {
            lower: [bound],
            scale: [scale],
          });
          expect(up.point[0]).toBe(bound);
          expect(up.atBound).toEqual([true]);
        },
      ),
    );
  });

  it("keeps variables without room and starts outside the box where they belong", () => {
    const f = (p: ArrayLike<number>) => (p[0] - 1) ** 2 + (p[1] - p[0]) ** 2;
    const minimum = minimise(f, [5, 5], { lower: [0, 0.25], upper: [3, 0.25] });
    expect(minimum.point[1]).toBe(0.25);
    expect(minimum.point[0]).toBeCloseTo(0.625, 6);
  });

  it("stays in its basin with a short longest step", () => {
    const f = (p: ArrayLike<number>) => Math.cos(6 * p[0]) + 0.05 * p[0] ** 2;
    for (const start of [-1.2, -0.2, 0.2, 1.2, 2.2]) {
      const { point } = minimise(f, [start], { scale: [0.05], longestStep: 2 });
      expect(Math.abs(point[0] - start)).toBeLessThan(0.6);
    }
  });
});
