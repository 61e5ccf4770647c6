import type { Nucleus } from "./nuclei.js";

/** Electron-equivalent energy, MeV, of a nuclear recoil in MeV. */
export type Quenching = (recoil: number) => number;

/** Scintillation response a E + b E² + c E³ + d E⁴, E in MeV (C22 eq. A2). */
export function polynomialQuenching(coefficients: readonly number[]): Quenching {
  return (recoil) => coefficients.reduceRight((sum, c) => (sum + c) * recoil, 0);
}

/** Quenching factor a + b T linear in the recoil T in keV (LAr release), times the recoil. */
export function linearQuenching(a: number, bPerKeV: number): Quenching {
  return (recoil) => (a + bPerKeV * 1000 * recoil) * recoil;
}

/** Lindhard's model (L24 eq. 6): k g(ε)/(1 + k g(ε)) with ε = 11.5 Z^{−7/3} E_r[keV]. */
export function lindhardQuenching(target: Nucleus, k: number): Quenching {
  const scale = 11.5 * target.Z ** (-7 / 3) * 1000;
  return (recoil) => {
    const epsilon = scale * recoil;
    const kg = k * (3 * epsilon ** 0.15 + 0.7 * epsilon ** 0.6 + epsilon);
    return (recoil * kg) / (1 + kg);
  };
}
