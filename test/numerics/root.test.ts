import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumericalError } from "../../src/errors.js";
import { brentMinimum, brentRoot } from "../../src/numerics/root.js";

/** Counts calls, to catch a method that has degraded to bisection. */
function counted(f: (x: number) => number) {
  const wrapped = Object.assign(
    (x: number) => {
      wrapped.calls++;
      return f(x);
    },
    { calls: 0 },
  );
  return wrapped;
}

describe("brentRoot", () => {
  it.each([
    ["cos x − x", (x: number) => Math.cos(x) - x, 0, 1, 0.7390851332151607],
    ["x³ − 2x − 5", (x: number) => x ** 3 - 2 * x - 5, 2, 3, 2.0945514815423265],
    ["eˣ − 10⁶", (x: number) => Math.exp(x) - 1e6, 0, 100, 6 * Math.LN10],
    ["reversed interval", (x: number) => x * x - 2, 2, 0, Math.SQRT2],
  ])("solves %s", (_name, f, a, b, root) => {
    const count = counted(f);
    expect(Math.abs(brentRoot(count, a, b) - root)).toBeLessThan(1e-14 * Math.abs(root) + 1e-15);
    expect(count.calls).toBeLessThan(25);
  });

  it("survives jumps, flat stretches and huge values", () => {
    expect(brentRoot((x) => (x < 0.3 ? -1 : 1e100), 0, 1)).toBeCloseTo(0.3, 14);
    expect(Math.abs(brentRoot((x) => x ** 9, -1, 2, 1e-9))).toBeLessThan(1e-2);
    expect(brentRoot((x) => x - 1, 1, 5)).toBe(1);
  });

  it("finds the root of any monotonic cubic", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        (root, slope) => {
          const f = (x: number) => (x - root) * (slope + (x - root) ** 2);
          expect(brentRoot(f, -4, 5)).toBeCloseTo(root, 10);
        },
      ),
    );
  });

  it("refuses an interval without a change of sign", () => {
    expect(() => brentRoot((x) => x * x + 1, -1, 1)).toThrow(NumericalError);
    expect(() => brentRoot(() => Number.NaN, -1, 1)).toThrow(/No root/);
  });
});

describe("brentMinimum", () => {
  it.each([
    ["a parabola", (x: number) => (x - 0.7) ** 2 + 3, -2, 5, 0.7],
    ["ln Γ-like", (x: number) => x - Math.log(x), 0.1, 9, 1],
    ["a quartic", (x: number) => x ** 4 - x, -3, 3, 4 ** (-1 / 3)],
    ["a kink", (x: number) => Math.abs(x - 0.25), -1, 1, 0.25],
    ["reversed ends", (x: number) => Math.cosh(x + 1), 3, -4, -1],
  ])("finds %s", (name, f, a, b, x) => {
    const count = counted(f);
    expect(Math.abs(brentMinimum(count, a, b).x - x)).toBeLessThan(3e-7);
    // Golden sections alone would take 40; the kink leaves parabolas little to do.
    expect(count.calls).toBeLessThan(name === "a kink" ? 60 : 30);
  });

  it("returns an end exactly where the minimum lies there", () => {
    expect(brentMinimum((x) => x, 2, 5)).toEqual({ x: 2, value: 2 });
    expect(brentMinimum((x) => -x, 2, 5)).toEqual({ x: 5, value: -5 });
  });
});
