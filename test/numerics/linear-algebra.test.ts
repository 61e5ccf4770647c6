import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addScaled,
  choleskyFactor,
  choleskySolve,
  dot,
} from "../../src/numerics/linear-algebra.js";

const matrix = (n: number) =>
  fc.array(
    fc.integer({ min: -999, max: 999 }).map((value) => value / 1000),
    { minLength: n * n, maxLength: n * n },
  );

describe("Cholesky", () => {
  it("solves A x = b for A = GᵀG + 1", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }).chain((n) => fc.tuple(fc.constant(n), matrix(n), matrix(n))),
        ([n, g, values]) => {
          const a = new Float64Array(n * n);
          for (let i = 0; i < n; i++) {
            for (let j = 0; j < n; j++) {
              for (let k = 0; k < n; k++) a[i * n + j] += g[k * n + i] * g[k * n + j];
            }
            a[i * n + i] += 1;
          }
          const x = Float64Array.from(values.slice(0, n));
          const b = Float64Array.from(x, (_, i) => dot(a.subarray(i * n, i * n + n), x));
          expect(choleskyFactor(a, n)).toBe(true);
          choleskySolve(a, n, b);
          b.forEach((value, i) => {
            expect(value).toBeCloseTo(x[i], 12);
          });
        },
      ),
    );
  });

  it("leaves undetermined directions alone and refuses indefinite matrices", () => {
    const degenerate = Float64Array.of(2, 2, 0, 2, 2, 0, 0, 0, 0);
    expect(choleskyFactor(degenerate, 3)).toBe(true);
    const x = Float64Array.of(2, 2, 0);
    choleskySolve(degenerate, 3, x);
    expect(x[0] + x[1]).toBeCloseTo(1, 9);
    expect(x[2]).toBe(0);
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
    expect(choleskyFactor(Float64Array.of(-1), 1)).toBe(false);
    expect(choleskyFactor(Float64Array.of(Number.NaN), 1)).toBe(false);
  });
});

it("sums products and multiples over any length", () => {
  for (let n = 0; n < 10; n++) {
    const a = Float64Array.from({ length: n }, (_, i) => i + 1);
    expect(dot(a, a)).toBe((n * (n + 1) * (2 * n + 1)) / 6);
    const y = Float64Array.from(a);
    addScaled(y, 2, a);
    expect(y).toEqual(a.map((value) => 3 * value));
  }
});
