import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gammaSmearing, gaussianOverPiece } from "../../src/physics/smearing.js";
import { relativeError } from "./relative-error.js";
import { divide, tanhSinh } from "./tanh-sinh.js";
import { uniform } from "./uniform.js";

const SHAPE = 0.716;

describe("gammaSmearing", () => {
  it.each([0.05, 0.7, 3, 10, 40, 120])("is a density of mean PE = %f and its variance", (mean) => {
    // Breakpoints where the bulk is; the tail beyond is below e^{−40}.
    const width = mean / Math.sqrt(1 + SHAPE * mean);
    const top = mean + 45 * width;
    const cuts = [0, ...divide(mean / 50, top, 24)];
    const moment = (power: number) =>
      tanhSinh((x) => (x - mean) ** power * gammaSmearing(mean, x, SHAPE), cuts);
    expect(moment(0)).toBeCloseTo(1, 11);
    expect(Math.abs(moment(1)) / mean).toBeLessThan(1e-10);
    expect(relativeError(moment(2), mean ** 2 / (1 + SHAPE * mean))).toBeLessThan(1e-9);
  });

  it("is C22 eq. (A3) where 1 + b is an integer and Γ a factorial", () => {
    for (const n of [2, 5, 12, 30]) {
      const mean = (n - 1) / SHAPE;
      const [a, b] = [1 / mean, SHAPE * mean];
      const gamma = Array.from({ length: n - 1 }, (_, i) => i + 1).reduce((x, y) => x * y, 1);
      for (const x of [0.1 * mean, 0.7 * mean, mean, 2.2 * mean]) {
        const paper = ((a * (1 + b)) ** (1 + b) / gamma) * x ** b * Math.exp(-a * (1 + b) * x);
        expect(relativeError(gammaSmearing(mean, x, SHAPE), paper)).toBeLessThan(1e-12);
      }
    }
  });

  it("has no light below zero and no light without photoelectrons", () => {
    expect(gammaSmearing(10, 0, SHAPE)).toBe(0);
    expect(gammaSmearing(10, -1, SHAPE)).toBe(0);
    expect(gammaSmearing(0, 5, SHAPE)).toBe(0);
    expect(gammaSmearing(1e-9, 60, SHAPE)).toBe(0);
  });
});

describe("gaussianOverPiece", () => {
  const gauss = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

  it("is the integral of the line times the Gaussian", () => {
    fc.assert(
      fc.property(
        uniform(-5, 5),
        uniform(0.01, 6),
        uniform(-1, 1),
        uniform(-1, 1),
        uniform(-6, 6),
        uniform(0.2, 3),
        (from, length, value, slope, mean, width) => {
          const to = from + length;
          const exact = tanhSinh(
            (x) => ((value + slope * (x - from)) * gauss((x - mean) / width)) / width,
            divide(from, to, 16),
          );
          const computed = gaussianOverPiece({ from, to, value, slope }, mean, width);
          return Math.abs(computed - exact) < 1e-12;
        },
      ),
    );
  });

  it("keeps its digits in both tails", () => {
    for (const [from, to] of [
      [6, 7],
      [-7, -6],
      [12, 20],
      [-20, -12],
    ]) {
      const piece = { from, to, value: 0.8, slope: 0 };
      const exact = tanhSinh((x) => 0.8 * gauss(x), divide(from, to, 8));
      expect(relativeError(gaussianOverPiece(piece, 0, 1), exact)).toBeLessThan(1e-11);
    }
  });

  it("adds up over adjacent pieces, and to the line's value at the mean over all x", () => {
    const line = (from: number, to: number) => ({ from, to, value: 0.3 + 0.1 * from, slope: 0.1 });
    const whole = gaussianOverPiece(line(-40, 44), 2, 1.5);
    expect(whole).toBeCloseTo(0.3 + 0.1 * 2, 13);
    const parts = [-40, 0, 1.9, 2.4, 44];
    const sum = parts.slice(1).reduce((total, to, i) => {
      return total + gaussianOverPiece(line(parts[i], to), 2, 1.5);
    }, 0);
    expect(sum).toBeCloseTo(whole, 13);
  });
});
