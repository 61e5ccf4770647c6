import { describe, expect, it } from "vitest";
import { gradient, hessian } from "../../src/numerics/finite-differences.js";

const cubic = ([x, y]: Float64Array) => x ** 3 + 2 * x * y ** 2 - y + 3;
const boxOf = (lower: number[], upper: number[]) => ({
  lower: Float64Array.from(lower),
  upper: Float64Array.from(upper),
});

describe("finite differences", () => {
  it.each([
    ["inside", boxOf([-9, -9], [9, 9])],
    ["on lower bounds", boxOf([0.7, -0.4], [9, 9])],
    ["on upper bounds", boxOf([-9, -9], [0.7, -0.4])],
    ["in a narrow box", boxOf([0.7, -0.40001], [0.70002, -0.4])],
  ])("agree with the exact derivatives %s, and stay within", (_where, box) => {
    const point = Float64Array.of(0.7, -0.4);
    const guarded = (p: Float64Array) => {
      p.forEach((x, i) => {
        if (x < box.lower[i] || x > box.upper[i]) throw new Error(`outside: ${x}`);
      });
      return cubic(p);
    };
    const g = gradient(guarded, point, cubic(point), box);
    expect(g[0]).toBeCloseTo(3 * 0.49 + 2 * 0.16, 6);
    expect(g[1]).toBeCloseTo(4 * 0.7 * -0.4 - 1, 6);
    const narrow = box.upper[0] - box.lower[0] < 1e-3;
    if (narrow) return;
    // Beside a bound the stencil moves inwards by 0.01: third derivatives are up to 6.
    [6 * 0.7, 4 * -0.4, 4 * -0.4, 4 * 0.7].forEach((exact, k) => {
      expect(Math.abs(hessian(guarded, point, box)[k] - exact)).toBeLessThan(0.11);
    });
  });

  it("are zero for a variable without room", () => {
    const box = boxOf([0.7, -9], [0.7, 9]);
    const point = Float64Array.of(0.7, -0.4);
    expect(gradient(cubic, point, cubic(point), box)[0]).toBe(0);
    const matrix = hessian(cubic, point, box);
    expect([matrix[0], matrix[1], matrix[2]]).toEqual([0, 0, 0]);
    expect(matrix[3]).toBeCloseTo(2.8, 6);
  });
});
