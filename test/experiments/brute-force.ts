/**
 * Signal counts straight from L24 eq. (3), with nothing in closed form: the neutrino energy, the recoil
 * and the reconstructed energy are all integrated numerically. Slow; for chosen bins only.
 */
import { AVOGADRO } from "../../src/physics/constants.js";
import { pointCrossSection, smallestEnergy } from "../../src/physics/cross-section.js";
import { FLUX, type FluxComponent } from "../../src/physics/flux.js";
import type { Nucleus } from "../../src/physics/nuclei.js";
import { tanhSinh } from "../physics/tanh-sinh.js";

/** Klein–Nystrand as in SPEC §2, for q in MeV. */
function kleinNystrand(A: number, q: number): number {
  const k = q / 197.3269804;
  const x = 1.2 * Math.cbrt(A) * k;
  const bessel = Math.sin(x) / (x * x) - Math.cos(x) / x;
  return (3 * bessel) / x / (1 + (0.7 * k) ** 2);
}

/** ∫ dE_ν φ dσ/dE_r, cm²/MeV. */
function energyIntegral(target: Nucleus, recoil: number, flux: FluxComponent): number {
  const { spectrum, endpoint } = flux;
  if (!spectrum) return pointCrossSection(target, recoil, endpoint);
  const bottom = smallestEnergy(target, recoil);
  if (bottom >= endpoint) return 0;
  const f = (energy: number) => spectrum(energy) * pointCrossSection(target, recoil, energy);
  return tanhSinh(f, [bottom, endpoint], 3);
}

/**
 * ∫ dE_r accept(E_r) ⟨dσ/dE_r⟩ F^x between breakpoints (MeV), cm².
 * @param accept the probability that a recoil is selected and lands in the bin
 */
export function recoilIntegral(
  target: Nucleus,
  flux: FluxComponent,
  accept: (recoil: number) => number,
  breakpoints: readonly number[],
  exponent = 2,
): number {
  const top = (2 * flux.endpoint ** 2) / (target.mass + 2 * flux.endpoint);
  const cuts = [...breakpoints.filter((edge) => edge < top), top];
  const f = (recoil: number) => {
    const shape = Math.abs(kleinNystrand(target.A, Math.sqrt(2 * target.mass * recoil)));
    return accept(recoil) * energyIntegral(target, recoil, flux) * shape ** exponent;
  };
  return tanhSinh(f, cuts);
}

/** ν_e or ν_μ + ν̄_μ: the components of a flavour. */
export function componentsOf(flavour: "e" | "mu"): FluxComponent[] {
  return FLUX.filter((flux) => flux.flavour === flavour);
}

/** Nuclei × neutrinos per cm², from the numbers of SPEC §2 (kg, m). */
export function exposure(perProton: number, protons: number, m: number, kg: number, molar: number) {
  return (
    ((perProton * protons) / (4 * Math.PI * (100 * m) ** 2)) * ((1000 * kg * AVOGADRO) / molar)
  );
}
