import { HBAR_C } from "./constants.js";
import type { Nucleus } from "./nuclei.js";

/** F(q) of a nucleus, q in MeV; F(0) = 1. The neutron's is taken equal to the proton's (L24, C22). */
export type FormFactor = (target: Nucleus, q: number) => number;

export const FORM_FACTORS = ["klein-nystrand", "helm", "fermi"] as const;
export type FormFactorName = (typeof FORM_FACTORS)[number];

export interface FormFactorOptions {
  readonly name: FormFactorName;
  /** Factor on the default radius (C22 varies it by ±5 %). */
  readonly radiusScale?: number;
  /** Diffuseness of the symmetrised Fermi distribution, fm. */
  readonly diffuseness?: number;
}

/** Default half-density radius of the Fermi distribution, fm, and its diffuseness: the fit to muonic
 * atoms quoted by Lewin and Smith, Astropart. Phys. 6 (1996) 87, c = 1.23 A^{1/3} − 0.60. */
const FERMI_DIFFUSENESS = 0.52;
const fermiRadius = (A: number) => 1.23 * Math.cbrt(A) - 0.6;
/** Hard-sphere radius of Klein–Nystrand and Helm, fm (SPEC §2). */
const sphereRadius = (A: number) => 1.2 * Math.cbrt(A);
/** Range of the Yukawa potential that Klein and Nystrand fold in, fm (Phys. Rev. C 60 (1999) 014903). */
const YUKAWA_RANGE = 0.7;
/** Helm's surface thickness, fm. */
const HELM_SKIN = 0.9;

/** 3 j₁(x)/x, with its series where the closed form cancels. */
function hardSphere(x: number): number {
  if (Math.abs(x) < 0.03) {
    const x2 = x * x;
    return 1 - (x2 / 10) * (1 - (x2 / 28) * (1 - x2 / 54));
  }
  return (3 * (Math.sin(x) - x * Math.cos(x))) / (x * x * x);
}

function kleinNystrand(radiusScale: number): FormFactor {
  return (target, q) => {
    const k = q / HBAR_C;
    const yukawa = 1 / (1 + (YUKAWA_RANGE * k) ** 2);
    return hardSphere(k * sphereRadius(target.A) * radiusScale) * yukawa;
  };
}

/** Helm with R_0² = R_A² − 5 s², R_A being what `radiusScale` multiplies. */
function helm(radiusScale: number): FormFactor {
  return (target, q) => {
    const k = q / HBAR_C;
    const radius = Math.sqrt((sphereRadius(target.A) * radiusScale) ** 2 - 5 * HELM_SKIN ** 2);
    return hardSphere(k * radius) * Math.exp(-0.5 * (k * HELM_SKIN) ** 2);
  };
}

/**
 * Symmetrised Fermi distribution, whose transform is closed (Sprung and Martorell, J. Phys. A 30
 * (1997) 6525): with c the half-density radius and a the diffuseness,
 * F = 3/(qc [(qc)² + (πqa)²]) · πqa/sinh(πqa) · [πqa sin(qc)/tanh(πqa) − qc cos(qc)].
 */
function symmetrisedFermi(radiusScale: number, diffuseness: number): FormFactor {
  return (target, q) => {
    const k = q / HBAR_C;
    const x = k * fermiRadius(target.A) * radiusScale;
    const y = Math.PI * k * diffuseness;
    // 1 − q²⟨r²⟩/6 with ⟨r²⟩ = 3c²/5 + 7π²a²/5, where the closed form cancels.
    if (x < 0.01) return 1 - (x * x) / 10 - (7 * y * y) / 30;
    const bracket = (y * Math.sin(x)) / Math.tanh(y) - x * Math.cos(x);
    return ((3 / (x * (x * x + y * y))) * y * bracket) / Math.sinh(y);
  };
}

export function formFactor(options: FormFactorOptions): FormFactor {
  const radiusScale = options.radiusScale ?? 1;
  switch (options.name) {
    case "klein-nystrand":
      return kleinNystrand(radiusScale);
    case "helm":
      return helm(radiusScale);
    case "fermi":
      return symmetrisedFermi(radiusScale, options.diffuseness ?? FERMI_DIFFUSENESS);
  }
}
