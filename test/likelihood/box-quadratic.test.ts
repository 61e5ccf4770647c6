import fc from "fast-check";
import { expect, it } from "vitest";
import { BoxQuadratic } from "../../src/likelihood/box-quadratic.js";

// fc.double favours numbers near zero, where no bound is ever in the way.
const number = (min: number, max: number) =>
  fc.integer({ min: 1000 * min, max: 1000 * max }).map((value) => value / 1000);
const problems = fc.integer({ min: 1, max: 6 }).chain((n) => {
  const vector = (min: number, max: number) =>
    fc.array(number(min, max), { minLength: n, maxLength: n });
  const rows = fc.array(vector(-1, 1), { minLength: n, maxLength: n });
  return fc.record({ rows, g: vector(-3, 3), lower: vector(-1, 0), upper: vector(0, 1) });
});

it("meets the conditions of a minimum in a box: no slope inside, none inwards at a bound", () => {
  fc.assert(
    fc.property(problems, ({ rows, g, lower, upper }) => {
      const n = g.length;
      const h = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < n; k++) {
          h[i * n + k] = rows.reduce((sum, row) => sum + row[i] * row[k], i === k ? 0.05 : 0);
        }
      }
      const p = new Float64Array(n);
      const arrays = [g, lower, upper].map((values) => Float64Array.from(values));
      expect(new BoxQuadratic(n).solve(h, arrays[0], arrays[1], arrays[2], p)).toBe(true);
      for (let i = 0; i < n; i++) {
        const slope = p.reduce((sum, value, k) => sum + h[i * n + k] * value, g[i]);
        expect(p[i]).toBeGreaterThanOrEqual(lower[i]);
        expect(p[i]).toBeLessThanOrEqual(upper[i]);
        if (p[i] > lower[i]) expect(slope).toBeLessThan(1e-10);
        if (p[i] < upper[i]) expect(slope).toBeGreaterThan(-1e-10);
      }
    }),
    { numRuns: 2000 },
  );
});
