import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  linearPieces,
  logisticEfficiency,
  logisticThreshold,
  timeEfficiency,
} from "../../src/physics/efficiency.js";
import { uniform } from "./uniform.js";

/** C22's nominal, +1σ and −1σ curves. */
const curves = [
  { a: 1.32045, b: 0.285979, c: 10.8646, d: -0.333322 },
  { a: 1.3439, b: 0.285366, c: 9.84596, d: -0.356364 },
  { a: 1.297, b: 0.286592, c: 11.8832, d: -0.31028 },
];

describe("logisticEfficiency", () => {
  it.each(curves)("of c = $c is zero up to its threshold and positive beyond", (curve) => {
    const threshold = logisticThreshold(curve);
    expect(threshold).toBeGreaterThan(5);
    expect(threshold).toBeLessThan(9);
    expect(logisticEfficiency(curve, threshold - 1e-6)).toBe(0);
    expect(logisticEfficiency(curve, threshold + 1e-6)).toBeGreaterThan(0);
    expect(logisticEfficiency(curve, threshold + 1e-6)).toBeLessThan(1e-6);
    expect(logisticEfficiency(curve, 0)).toBe(0);
  });

  it("is a/2 + d at c and a + d far beyond: 98.7 % for CsI", () => {
    const [curve] = curves;
    expect(logisticEfficiency(curve, curve.c)).toBeCloseTo(1.32045 / 2 - 0.333322, 14);
    expect(logisticEfficiency(curve, 1e3)).toBeCloseTo(0.987128, 6);
    expect(logisticEfficiency(curve, 20)).toBeCloseTo(
      1.32045 / (1 + Math.E ** (-0.285979 * (20 - 10.8646))) - 0.333322,
      14,
    );
  });

  it("has no threshold where it is positive from the start", () => {
    expect(logisticThreshold({ a: 1, b: 1, c: 10, d: 0 })).toBe(0);
    expect(logisticThreshold({ a: 1, b: 1, c: -10, d: -0.01 })).toBe(0);
  });
});

describe("timeEfficiency", () => {
  it("is C22 eq. (A1): one before the onset, then a decay that starts at one", () => {
    const curve = { onset: 0.52, decay: 0.0494 };
    expect(timeEfficiency(curve, -3)).toBe(1);
    expect(timeEfficiency(curve, 0.52)).toBe(1);
    expect(timeEfficiency(curve, 0.52 + 1 / 0.0494)).toBeCloseTo(1 / Math.E, 14);
    expect(timeEfficiency(curve, 6)).toBeCloseTo(0.762836, 6);
  });
});

describe("linearPieces", () => {
  const step = uniform(0.1, 2);
  const value = uniform(0, 1);
  const points = fc.array(fc.tuple(step, value), { minLength: 2, maxLength: 10 }).map((list) => {
    let at = 0;
    const x = list.map(([width]) => {
      at += width;
      return at;
    });
    return { x, y: list.map(([, y]) => y) };
  });

  /** Between the last point below and the first above; the end values outside. */
  function interpolate({ x, y }: { x: number[]; y: number[] }, at: number): number {
    let i = 0;
    while (i < x.length && x[i] < at) i++;
    if (i === 0) return y[0];
    if (i === x.length) return y[x.length - 1];
    return (y[i - 1] * (x[i] - at) + y[i] * (at - x[i - 1])) / (x[i] - x[i - 1]);
  }

  it("tile the range and follow the points, constant outside them", () => {
    const bound = uniform(-2, 12);
    fc.assert(
      fc.property(points, bound, step, fc.array(value), (curve, from, length, places) => {
        const to = from + length;
        const pieces = linearPieces(curve.x, curve.y, from, to);
        expect(pieces[0].from).toBe(from);
        expect(pieces[pieces.length - 1].to).toBe(to);
        pieces.slice(1).forEach((piece, i) => {
          expect(piece.from).toBe(pieces[i].to);
        });
        for (const piece of pieces) {
          for (const place of [0, 0.5, 1, ...places]) {
            const at = piece.from + place * (piece.to - piece.from);
            const computed = piece.value + piece.slope * (at - piece.from);
            expect(Math.abs(computed - interpolate(curve, at))).toBeLessThan(1e-12);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("have an edge at every point inside, so that each piece is straight", () => {
    const pieces = linearPieces([1, 2, 3], [0, 1, 0], 0, 4);
    expect(pieces).toEqual([
      { from: 0, to: 1, value: 0, slope: 0 },
      { from: 1, to: 2, value: 0, slope: 1 },
      { from: 2, to: 3, value: 1, slope: -1 },
      { from: 3, to: 4, value: 0, slope: 0 },
    ]);
  });
});
