import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  averagedCrossSection,
  largestRecoil,
  momentumTransfer,
  pointCrossSection,
  smallestEnergy,
  totalCrossSection,
} from "../../src/physics/cross-section.js";
import { FLUX } from "../../src/physics/flux.js";
import { formFactor } from "../../src/physics/form-factor.js";
import { NUCLEI, type NucleusName, nucleus } from "../../src/physics/nuclei.js";
import { relativeError } from "./relative-error.js";
import { tanhSinh } from "./tanh-sinh.js";
import { uniform } from "./uniform.js";

const nuclei = Object.values(NUCLEI);
const someNucleus = fc.constantFrom(...nuclei);
const fraction = uniform(1e-6, 0.999);

/** L24 eq. (1) in units of its own: G_F in GeV⁻², masses in GeV, ħc in GeV fm. */
function paperCrossSection(mass: number, recoil: number, energy: number): number {
  const [M, T, E] = [mass, recoil, energy].map((value) => value / 1000);
  const perGeV = ((1.1663787e-5 ** 2 * M) / Math.PI) * (1 - T / E - (M * T) / (2 * E * E));
  return perGeV * 0.1973269804 ** 2 * 1e-26 * 1e-3;
}

/** The squared weak charge of the Standard Model, sin²θ_W = 0.238. */
const charge2 = (name: NucleusName) =>
  ((0.5 - 2 * 0.238) * NUCLEI[name].Z - 0.5 * NUCLEI[name].N) ** 2;

describe("nuclei", () => {
  it("have the nuclear masses of the atomic mass tables", () => {
    expect(NUCLEI.Ar.mass).toBeCloseTo(39.9623831237 * 931.49410242 - 18 * 0.51099895, 9);
    // 133Cs: 123.8 GeV; 127I: 118.2 GeV; 23Na: 21.4 GeV.
    expect(nuclei.map(({ mass }) => Math.round(mass / 100) / 10)).toEqual([
      21.4, 37.2, 67.7, 118.2, 123.8,
    ]);
    expect(NUCLEI.Ge.A).toBeCloseTo(72.7, 12);
    expect(() => nucleus("Xe")).toThrow(RangeError);
  });
});

describe("kinematics of elastic scattering", () => {
  it("conserve energy and momentum in the largest recoil", () => {
    fc.assert(
      fc.property(someNucleus, uniform(0.1, 60), (target, energy) => {
        const recoil = largestRecoil(target, energy);
        // The neutrino goes straight back with E − T: E + (E − T) = √(T² + 2 m T).
        const momentum = Math.sqrt(recoil * (recoil + 2 * target.mass));
        return relativeError(2 * energy - recoil, momentum) < 1e-12;
      }),
    );
  });

  it("turn the largest recoil into the smallest energy and back", () => {
    fc.assert(
      fc.property(someNucleus, uniform(0.1, 60), (target, energy) => {
        return relativeError(smallestEnergy(target, largestRecoil(target, energy)), energy) < 1e-12;
      }),
    );
  });

  it("are where the cross section vanishes: positive inside, zero at and beyond the limits", () => {
    for (const target of nuclei) {
      for (const energy of [5, 29.79, 52.8]) {
        const top = largestRecoil(target, energy);
        const scale = pointCrossSection(target, 0, energy);
        expect(pointCrossSection(target, top, energy) / scale).toBeLessThan(1e-12);
        expect(pointCrossSection(target, top * (1 - 1e-6), energy) / scale).toBeGreaterThan(9e-7);
        expect(pointCrossSection(target, top * (1 + 1e-6), energy)).toBe(0);
        const bottom = smallestEnergy(target, 0.01);
        expect(pointCrossSection(target, 0.01, bottom * (1 - 1e-6))).toBe(0);
        expect(pointCrossSection(target, 0.01, bottom * (1 + 1e-6))).toBeGreaterThan(0);
      }
    }
  });

  it("give the momentum transfer of C22: Q² ≈ (50 MeV)² at 10 keV on caesium", () => {
    expect(momentumTransfer(NUCLEI.Cs, 0.01)).toBeCloseTo(49.76, 1);
  });
});

describe("dσ/dE_r", () => {
  it("is L24 eq. (1)", () => {
    fc.assert(
      fc.property(someNucleus, uniform(1, 60), fraction, (target, energy, part) => {
        const recoil = part * largestRecoil(target, energy);
        const paper = paperCrossSection(target.mass, recoil, energy);
        return relativeError(pointCrossSection(target, recoil, energy), paper) < 1e-9;
      }),
    );
  });

  it.each(FLUX)("averaged over $name is the energy integral of the point cross section", (flux) => {
    fc.assert(
      fc.property(someNucleus, fraction, (target, part) => {
        const recoil = part * largestRecoil(target, flux.endpoint);
        const bottom = smallestEnergy(target, recoil);
        const { spectrum, endpoint } = flux;
        const exact = spectrum
          ? tanhSinh((E) => spectrum(E) * pointCrossSection(target, recoil, E), [bottom, endpoint])
          : pointCrossSection(target, recoil, endpoint);
        // Near the endpoint the closed form cancels: what counts there is its size beside the rest.
        const floor = 1e-6 * averagedCrossSection(target, 0, flux);
        return relativeError(averagedCrossSection(target, recoil, flux), exact, floor) < 1e-7;
      }),
    );
    const beyond = largestRecoil(nuclei[0], flux.endpoint) * (1 + 1e-9);
    expect(averagedCrossSection(nuclei[0], beyond, flux)).toBe(0);
  });
});

describe("⟨σ⟩", () => {
  const kleinNystrand = formFactor({ name: "klein-nystrand" });
  const average = (name: NucleusName) =>
    charge2(name) * totalCrossSection(NUCLEI[name], FLUX, kleinNystrand) * 1e40;

  /** By an independent program, 1e-40 cm². */
  const independent = {
    Na: 5.48807362,
    Ar: 17.78795516,
    Ge: 56.84159408,
    I: 172.26769685,
    Cs: 189.86297622,
  };

  it.each(Object.entries(independent))(
    "of %s agrees with an independent program",
    (name, value) => {
      expect(relativeError(average(name as NucleusName), value)).toBeLessThan(2e-9);
    },
  );

  it("agrees with L24 table II within 3 %: 17.6, 56.1, 178", () => {
    const csi = (average("Cs") + average("I")) / 2;
    expect(relativeError(average("Ar"), 17.6)).toBeLessThan(0.03);
    expect(relativeError(average("Ge"), 56.1)).toBeLessThan(0.03);
    expect(relativeError(csi, 178)).toBeLessThan(0.03);
    expect(csi).toBeCloseTo(181.06533654, 6);
  });

  it("agrees with C22's 189 for Helm within 5 %", () => {
    const helm = formFactor({ name: "helm" });
    const of = (name: NucleusName) => charge2(name) * totalCrossSection(NUCLEI[name], FLUX, helm);
    expect(relativeError(((of("Cs") + of("I")) / 2) * 1e40, 189)).toBeLessThan(0.05);
  });

  it.each([0, 0.5, 1, 3])("for exponent %f is the double integral of eq. (10)", (exponent) => {
    const target = NUCLEI.I;
    const F = (T: number) => Math.abs(kleinNystrand(target, Math.sqrt(2 * target.mass * T)));
    const means = FLUX.map(({ spectrum, endpoint }) => {
      const over = (energy: number) =>
        tanhSinh(
          (T) => paperCrossSection(target.mass, T, energy) * F(T) ** exponent,
          [0, largestRecoil(target, energy)],
        );
      return spectrum ? tanhSinh((E) => spectrum(E) * over(E), [0, endpoint]) : over(endpoint);
    });
    const exact = means.reduce((sum, value) => sum + value, 0) / 3;
    const computed = totalCrossSection(target, FLUX, kleinNystrand, exponent);
    expect(relativeError(computed, exact)).toBeLessThan(1e-10);
  });
});
