import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NUCLEI } from "../../src/physics/nuclei.js";
import {
  lindhardQuenching,
  linearQuenching,
  polynomialQuenching,
} from "../../src/physics/quenching.js";
import { relativeError } from "./relative-error.js";
import { uniform } from "./uniform.js";

const recoil = uniform(1e-6, 0.2);

describe("polynomialQuenching", () => {
  it("is a E + b E² + c E³ + d E⁴", () => {
    const coefficient = uniform(-1000, 1000);
    fc.assert(
      fc.property(fc.array(coefficient, { minLength: 4, maxLength: 4 }), recoil, (list, E) => {
        const [a, b, c, d] = list;
        const terms = [a * E, b * E ** 2, c * E ** 3, d * E ** 4];
        const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
        const sum = terms.reduce((total, term) => total + term, 0);
        return Math.abs(polynomialQuenching(list)(E) - sum) <= 1e-14 * size;
      }),
    );
    expect(polynomialQuenching([1, 2, 3, 4])(0)).toBe(0);
  });

  it("gives about 1.3 photoelectrons per keVnr at 15 keVnr in CsI", () => {
    const csi = polynomialQuenching([0.0554628, 4.30681, -111.707, 840.384]);
    expect(13.35e3 * csi(0.015)).toBeGreaterThan(15);
    expect(13.35e3 * csi(0.015)).toBeLessThan(20);
  });
});

describe("linearQuenching", () => {
  it("is (0.246 + 0.00078 T) T with T in keV, given and returned in MeV", () => {
    const quench = linearQuenching(0.246, 0.00078);
    for (const keV of [1, 20, 80, 150]) {
      expect(1000 * quench(keV / 1000)).toBeCloseTo((0.246 + 0.00078 * keV) * keV, 12);
    }
  });
});

describe("lindhardQuenching", () => {
  const germanium = lindhardQuenching(NUCLEI.Ge, 0.157);

  it("puts Ge-Mini's threshold of 1.5 keVee at 6.7 keVnr (L24 section II C)", () => {
    expect(1000 * germanium(0.0067)).toBeGreaterThan(1.45);
    expect(1000 * germanium(0.0067)).toBeLessThan(1.55);
    expect(1000 * germanium(0.0066)).toBeLessThan(1.5);
  });

  it("is L24 eq. (6)", () => {
    fc.assert(
      fc.property(recoil, uniform(0.1, 0.25), (E, k) => {
        const epsilon = (11.5 * (1000 * E)) / Math.cbrt(32) ** 7;
        const g = 3 * epsilon ** 0.15 + 0.7 * epsilon ** 0.6 + epsilon;
        const expected = E / (1 + 1 / (k * g));
        return relativeError(lindhardQuenching(NUCLEI.Ge, k)(E), expected) < 1e-13;
      }),
    );
    expect(germanium(0)).toBe(0);
  });

  it("has the k of natural germanium, 0.133 Z^{2/3} A^{−1/2}", () => {
    expect(0.133 * 32 ** (2 / 3) * 72.7 ** -0.5).toBeCloseTo(0.157, 3);
  });
});
