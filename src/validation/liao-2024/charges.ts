import { chargeModel } from "../../model/charges.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { totalCrossSection } from "../../physics/cross-section.js";
import { FLUX } from "../../physics/flux.js";
import { formFactor } from "../../physics/form-factor.js";
import { NUCLEI, type NucleusName, nucleus } from "../../physics/nuclei.js";

const PER_1E_40_CM2 = 1e40;
const PERCENT = 100;

/** Q² of a nucleus with no NSI. @param sin2ThetaW the Standard Model's when absent */
function squaredCharge(name: NucleusName, sin2ThetaW?: number): number {
  const at = standardModelPoint();
  if (sin2ThetaW !== undefined) at[parameterIndex("sin2_theta_w")] = sin2ThetaW;
  const squared = new Float64Array(1);
  chargeModel([{ nucleus: name, flavour: "e" }]).fill(at, squared);
  return squared[0];
}

/** Flux-weighted cross section of a nucleus, 1e-40 cm² (L24 eqs. 9 and 10). */
export function averageCrossSection(name: NucleusName, exponent = 2): number {
  const F = formFactor({ name: "klein-nystrand" });
  const charge = squaredCharge(name) ** (exponent / 2);
  return PER_1E_40_CM2 * charge * totalCrossSection(nucleus(name), FLUX, F, exponent);
}

/** g_V^n, from a charge without protons: g_V^p is nothing where sin²θ_W = 1/4. */
export function neutronCoupling(): number {
  return -Math.sqrt(squaredCharge("Ar", 0.25)) / NUCLEI.Ar.N;
}

/** |2 N Z g_V^n g_V^p| / (N g_V^n)² of L24 eq. (8), form factors alike, %. */
export function mixedTerm(name: NucleusName): number {
  const neutrons = NUCLEI[name].N * Math.abs(neutronCoupling());
  const protons = neutrons - Math.sqrt(squaredCharge(name));
  return (PERCENT * 2 * protons) / neutrons;
}

/**
 * Centre of the circle of equal charge in (ε^d_μμ, ε^d_μτ), on the axis of ε^d_μμ (L24 eq. 15): where the
 * amplitude without change of flavour is nothing.
 */
export function circleCentre(name: NucleusName): number {
  const { Z, N } = NUCLEI[name];
  return Math.sqrt(squaredCharge(name)) / (Z + 2 * N);
}
