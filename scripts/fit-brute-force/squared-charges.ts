import { parameterIndex } from "../../src/model/parameters.js";
import { NUCLEI, type NucleusName } from "../../src/physics/nuclei.js";

export const EXPONENT = parameterIndex("exponent_x");
const SIN2 = parameterIndex("sin2_theta_w");
const SCALE = parameterIndex("sigma_scale");

const flavours = {
  e: {
    scale: parameterIndex("sigma_scale_e"),
    diagonal: parameterIndex("eps_ee_u"),
    first: parameterIndex("eps_emu_u"),
    second: parameterIndex("eps_etau_u"),
  },
  mu: {
    scale: parameterIndex("sigma_scale_mu"),
    diagonal: parameterIndex("eps_mumu_u"),
    first: parameterIndex("eps_emu_u"),
    second: parameterIndex("eps_mutau_u"),
  },
} as const;

/** Q² of L24 eq. (12), written out anew: [g_V^p Z + g_V^n N + ε]² + Σ ε². */
export function rawCharge(name: NucleusName, flavour: "e" | "mu", p: Float64Array): number {
  const { Z, N } = NUCLEI[name];
  const { diagonal, first, second } = flavours[flavour];
  const up = 2 * Z + N;
  const down = Z + 2 * N;
  const kept = (0.5 - 2 * p[SIN2]) * Z - 0.5 * N + up * p[diagonal] + down * p[diagonal + 1];
  const a = up * p[first] + down * p[first + 1];
  const b = up * p[second] + down * p[second + 1];
  return kept * kept + a * a + b * b;
}

/** What multiplies (Q²)^{x/2} of a flavour. */
export function strength(flavour: "e" | "mu", p: Float64Array): number {
  return p[SCALE] * p[flavours[flavour].scale];
}
