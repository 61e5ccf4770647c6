import { compositeRule } from "../numerics/quadrature.js";
import { FERMI_CONSTANT, HBAR_C } from "./constants.js";
import type { FluxComponent } from "./flux.js";
import type { FormFactor } from "./form-factor.js";
import type { Nucleus } from "./nuclei.js";

/** (ħc)² in MeV² cm²: turns a cross section in MeV⁻² into cm². */
const MEV2_CM2 = (HBAR_C * 1e-13) ** 2;

/** Largest recoil energy, MeV, that a neutrino of that energy can give: where eq. (1) reaches zero. */
export function largestRecoil(target: Nucleus, neutrinoEnergy: number): number {
  return (2 * neutrinoEnergy * neutrinoEnergy) / (target.mass + 2 * neutrinoEnergy);
}

/** Smallest neutrino energy, MeV, that can give that recoil. */
export function smallestEnergy(target: Nucleus, recoil: number): number {
  return 0.5 * (recoil + Math.sqrt(recoil * (recoil + 2 * target.mass)));
}

/** Momentum transfer √(2 m_N E_r), MeV. */
export function momentumTransfer(target: Nucleus, recoil: number): number {
  return Math.sqrt(2 * target.mass * recoil);
}

/**
 * dσ/dE_r per unit of squared weak charge, without form factor, for one neutrino energy (L24 eq. 1),
 * cm² MeV⁻¹.
 */
export function pointCrossSection(target: Nucleus, recoil: number, energy: number): number {
  const kinematics = 1 - recoil / energy - (recoil * target.mass) / (2 * energy * energy);
  return ((FERMI_CONSTANT ** 2 * target.mass) / Math.PI) * MEV2_CM2 * Math.max(kinematics, 0);
}

/**
 * The same averaged over a flux component (its spectrum normalised to one), cm² MeV⁻¹: the energy
 * integral of L24 eq. (3), in closed form through the flux's moments.
 */
export function averagedCrossSection(target: Nucleus, recoil: number, flux: FluxComponent): number {
  const [zeroth, first, second] = flux.moments(smallestEnergy(target, recoil));
  const kinematics = zeroth - recoil * first - 0.5 * recoil * target.mass * second;
  return ((FERMI_CONSTANT ** 2 * target.mass) / Math.PI) * MEV2_CM2 * Math.max(kinematics, 0);
}

/**
 * Flux-weighted cross section ⟨σ⟩ per unit of (squared charge)^{x/2}, cm² (L24 eq. 10): the mean over
 * the given components of ∫ dE_r dσ/dE_r |F|^x.
 */
export function totalCrossSection(
  target: Nucleus,
  components: readonly FluxComponent[],
  formFactor: FormFactor,
  exponent = 2,
): number {
  let sum = 0;
  // E_r = top u²: the flux average goes like E_r^{3/2} near zero, and is smooth in u.
  const { nodes, weights } = compositeRule([0, 1], 4);
  for (const flux of components) {
    const top = largestRecoil(target, flux.endpoint);
    for (let i = 0; i < nodes.length; i++) {
      const recoil = top * nodes[i] ** 2;
      const shape = Math.abs(formFactor(target, momentumTransfer(target, recoil))) ** exponent;
      const perRecoil = averagedCrossSection(target, recoil, flux) * shape;
      sum += weights[i] * 2 * top * nodes[i] * perRecoil;
    }
  }
  return sum / components.length;
}
