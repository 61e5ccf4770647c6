import { parseLevel } from "../../contour/levels.js";

/*
 * CHARM's measurement of electron neutrinos on nuclei, Dorenbosch et al., Phys. Lett. B 180 (1986) 303:
 *
 *   R^e = [σ(ν_e N → ν X) + σ(ν̄_e N → ν̄ X)] / [σ(ν_e N → e X) + σ(ν̄_e N → ē X)] = 0.406 ± 0.140.
 *
 * On as many u as d quarks R^e = g̃_L² + g̃_R² with g̃_P² = Σ_q (g_P^q + ε_ee^{qP})² (Llewellyn Smith,
 * Nucl. Phys. B 228 (1983) 205; with ε, Davidson et al., JHEP 03 (2003) 011): with r = σ(ν̄)/σ(ν) of
 * charged currents, neutral currents are g̃_L² + r g̃_R² for ν_e and r g̃_L² + g̃_R² for ν̄_e, in units
 * of σ(ν). Their sum is (1 + r)(g̃_L² + g̃_R²), and that of charged currents is 1 + r.
 */

/** R^e as measured, with its error, and the level at which it limits couplings. */
export const CHARM = { ratio: 0.406, error: 0.14, level: "90%" } as const;

/**
 * Δχ² of that level. R^e is one number, through which alone both couplings enter: χ² is the same all along
 * a circle, and its rise above the least value follows χ² with one degree of freedom.
 */
export const CHARM_DELTA_CHI2 = parseLevel(CHARM.level).deltaChi2(1);

/** sin²θ_W at the Z: CHARM's momentum transfers are far above those of CEvNS. */
const SIN2_THETA_W = 0.2312;

/** Tree-level vector and axial couplings g_L ± g_R of ν to u and d quarks. */
const VECTOR = { u: 0.5 - (4 / 3) * SIN2_THETA_W, d: -0.5 + (2 / 3) * SIN2_THETA_W } as const;
const AXIAL = { u: 0.5, d: -0.5 } as const;

/**
 * R^e for vector couplings ε^V = ε^L + ε^R with ε^L = ε^R, that is, without an axial part:
 * g_L² + g_R² of a quark is ((g_V + ε^V)² + g_A²)/2.
 */
export function charmRatio(up: number, down: number): number {
  const quark = (vector: number, axial: number) => 0.5 * (vector * vector + axial * axial);
  return quark(VECTOR.u + up, AXIAL.u) + quark(VECTOR.d + down, AXIAL.d);
}

/** χ² of CHARM's ratio; its least value is 0, as R^e reaches the measured one. */
export function charmChi2(up: number, down: number): number {
  return ((charmRatio(up, down) - CHARM.ratio) / CHARM.error) ** 2;
}

/** A disc of (ε^u_ee, ε^d_ee); with a hole where R^e may not be as small as it can be. */
export interface Disc {
  readonly centre: readonly [number, number];
  readonly radius: number;
  /** 0: no hole. */
  readonly hole: number;
}

/** Where CHARM's χ² is at most `deltaChi2` above its least value: R^e grows with the distance from −g_V. */
export function charmDisc(deltaChi2: number): Disc {
  const least = charmRatio(-VECTOR.u, -VECTOR.d);
  const radius = (sign: 1 | -1) => {
    const ratio = CHARM.ratio + sign * CHARM.error * Math.sqrt(deltaChi2);
    return Math.sqrt(Math.max(2 * (ratio - least), 0));
  };
  return { centre: [-VECTOR.u, -VECTOR.d], radius: radius(1), hole: radius(-1) };
}
