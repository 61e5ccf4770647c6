import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORM_FACTORS, formFactor } from "../../src/physics/form-factor.js";
import { NUCLEI } from "../../src/physics/nuclei.js";
import { relativeError } from "./relative-error.js";
import { divide, tanhSinh } from "./tanh-sinh.js";
import { uniform } from "./uniform.js";

const HBAR_C = 197.3269804;
const nuclei = Object.values(NUCLEI);

/** ∫ ρ(r) sin(kr)/(kr) 4πr² dr over a spherical density given up to `top`, not normalised. */
function fourier(density: (r: number) => number, k: number, breakpoints: readonly number[]) {
  const wave = (r: number) => (k * r === 0 ? 1 : Math.sin(k * r) / (k * r));
  return tanhSinh((r) => 4 * Math.PI * r * r * density(r) * wave(r), breakpoints);
}

/**
 * A uniform sphere of unit charge folded with a spherical kernel: in bipolar coordinates
 * ρ(r) = (2π/r) ∫ r' ρ₀ dr' [W(|r − r'|) − W(r + r')] with W(u) = ∫_u^∞ s K(s) ds.
 */
function foldedSphere(radius: number, tail: (u: number) => number) {
  const inside = 3 / (4 * Math.PI * radius ** 3);
  return (r: number) => {
    const cuts = r < radius ? [0, r, radius] : [0, radius];
    const shell = (s: number) => s * (tail(Math.abs(r - s)) - tail(r + s));
    return ((2 * Math.PI * inside) / r) * tanhSinh(shell, cuts);
  };
}

/** Densities as their authors define them, with the breakpoints for the r integral. */
const densities = {
  "klein-nystrand": (A: number, scale: number) => {
    const [radius, range] = [1.2 * A ** (1 / 3) * scale, 0.7];
    const yukawa = (u: number) => Math.exp(-u / range) / (4 * Math.PI * range);
    const cuts = [...divide(0, radius, 3), ...divide(radius, radius + 40 * range, 8).slice(1)];
    return { density: foldedSphere(radius, yukawa), cuts };
  },
  helm: (A: number, scale: number) => {
    const skin = 0.9;
    const radius = Math.sqrt((1.2 * A ** (1 / 3) * scale) ** 2 - 5 * skin ** 2);
    const gauss = (u: number) =>
      (skin ** 2 * Math.exp(-0.5 * (u / skin) ** 2)) / (2 * Math.PI * skin ** 2) ** 1.5;
    const cuts = [...divide(0, radius, 3), ...divide(radius, radius + 9 * skin, 4).slice(1)];
    return { density: foldedSphere(radius, gauss), cuts };
  },
  fermi: (A: number, scale: number, diffuseness = 0.52) => {
    const radius = (1.23 * A ** (1 / 3) - 0.6) * scale;
    const over = (r: number) => Math.cosh(r / diffuseness) + Math.cosh(radius / diffuseness);
    const density = (r: number) => Math.sinh(radius / diffuseness) / over(r);
    return { density, cuts: divide(0, radius + 40 * diffuseness, 12) };
  },
};

describe.each(FORM_FACTORS)("the %s form factor", (name) => {
  it.each([1, 0.95, 1.05])("is the Fourier transform of its density, radius × %f", (scale) => {
    const F = formFactor({ name, radiusScale: scale });
    for (const target of [NUCLEI.Ar, NUCLEI.Cs]) {
      const { density, cuts } = densities[name](target.A, scale);
      const total = fourier(density, 0, cuts);
      if (name !== "fermi") expect(total).toBeCloseTo(1, 9);
      for (const q of [1, 10, 40, 80, 115]) {
        const exact = fourier(density, q / HBAR_C, cuts) / total;
        expect(Math.abs(F(target, q) - exact)).toBeLessThan(1e-9);
      }
    }
  });

  it("is 1 at rest and falls as q²: within [−1, 1] everywhere", () => {
    const F = formFactor({ name });
    fc.assert(
      fc.property(fc.constantFrom(...nuclei), uniform(0, 500), (n, q) => {
        return Math.abs(F(n, q)) <= 1;
      }),
    );
    for (const target of nuclei) {
      expect(F(target, 0)).toBe(1);
    }
  });

  it("starts with the moments of its density, on either side of where its series takes over", () => {
    const F = formFactor({ name });
    for (const target of [NUCLEI.Na, NUCLEI.Cs]) {
      const { density, cuts } = densities[name](target.A, 1);
      const [total, r2, r4] = [0, 2, 4].map((n) => fourier((r) => r ** n * density(r), 0, cuts));
      for (let q = 0.05; q < 2; q *= 1.1) {
        const k2 = (q / HBAR_C) ** 2;
        const start = 1 - (k2 * r2) / total / 6 + (k2 * k2 * r4) / total / 120;
        expect(Math.abs(F(target, q) - start)).toBeLessThan(name === "fermi" ? 2e-10 : 2e-11);
      }
    }
  });
});

describe("options", () => {
  it("take any diffuseness for the Fermi distribution", () => {
    for (const diffuseness of [0.3, 0.7]) {
      const F = formFactor({ name: "fermi", diffuseness });
      const { density, cuts } = densities.fermi(NUCLEI.I.A, 1, diffuseness);
      const exact = fourier(density, 70 / HBAR_C, cuts) / fourier(density, 0, cuts);
      expect(Math.abs(F(NUCLEI.I, 70) - exact)).toBeLessThan(1e-9);
    }
  });

  it("default to the muonic-atom fit of Lewin and Smith for the Fermi distribution", () => {
    // c = 1.23 A^{1/3} − 0.60 fm and a = 0.52 fm: root mean square 4.80 fm for caesium, as measured.
    const { density, cuts } = densities.fermi(NUCLEI.Cs.A, 1);
    const rms2 = fourier((r) => r * r * density(r), 0, cuts) / fourier(density, 0, cuts);
    expect(Math.sqrt(rms2)).toBeCloseTo(4.8, 1);
    const explicit = formFactor({ name: "fermi", radiusScale: 1, diffuseness: 0.52 });
    const byDefault = formFactor({ name: "fermi" });
    expect(byDefault(NUCLEI.Cs, 60)).toBe(explicit(NUCLEI.Cs, 60));
  });

  it("agree among the three models to a few percent where COHERENT looks", () => {
    const [kn, helm, fermi] = FORM_FACTORS.map((name) => formFactor({ name })(NUCLEI.Cs, 50));
    expect(relativeError(helm, kn)).toBeLessThan(0.05);
    expect(relativeError(fermi, kn)).toBeLessThan(0.05);
  });
});
