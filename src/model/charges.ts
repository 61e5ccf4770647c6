import { nucleus } from "../physics/nuclei.js";
import { PARAMETERS, parameterIndex } from "./parameters.js";

/** A nucleus seen by one neutrino flavour. */
interface FlavouredNucleus {
  readonly nucleus: string;
  readonly flavour: "e" | "mu";
}

/** Parameters → effective squared weak charges, for a fixed list of nuclei and flavours. */
export interface ChargeModel {
  /**
   * q_c = s · s_ℓ · (Q²_{n,ℓ})^{x/2}, with s and s_ℓ the cross-section scales and x the exponent.
   *
   * @param parameters a full parameter vector, [PARAMETERS]
   * @param out receives q, [charges]
   */
  fill(parameters: Float64Array, out: Float64Array): void;
  /**
   * ∂q_c/∂p. Where it does not exist (Q² = 0 with x ≤ 1) it is given as 0.
   *
   * @param parameters a full parameter vector, [PARAMETERS]
   * @param out receives the Jacobian, [charges × PARAMETERS], row-major
   */
  jacobian(parameters: Float64Array, out: Float64Array): void;
}

const sin2ThetaW = parameterIndex("sin2_theta_w");
const exponentX = parameterIndex("exponent_x");
const sigmaScale = parameterIndex("sigma_scale");

/** Where one flavour finds its own scale, its diagonal coupling, and those that change flavour. */
const flavours = {
  e: {
    scale: parameterIndex("sigma_scale_e"),
    diagonal: parameterIndex("eps_ee_u"),
    changing: [parameterIndex("eps_emu_u"), parameterIndex("eps_etau_u")],
  },
  mu: {
    scale: parameterIndex("sigma_scale_mu"),
    diagonal: parameterIndex("eps_mumu_u"),
    // A real ε_eμ turns ν_e into ν_μ and back alike.
    changing: [parameterIndex("eps_emu_u"), parameterIndex("eps_mutau_u")],
  },
} as const;

interface PreparedCharge {
  readonly Z: number;
  /** What one unit of ε^u and of ε^d adds to an amplitude: 2Z + N and Z + 2N. */
  readonly up: number;
  readonly down: number;
  /** g_V^n N, the part of the amplitude that no parameter changes. */
  readonly neutrons: number;
  readonly flavour: (typeof flavours)["e" | "mu"];
}

/**
 * The squared weak charges of L24 eq. (12), raised to x/2 (eq. 9) and scaled. g_V^n = −1/2 and
 * g_V^p = 1/2 − 2 sin²θ_W; each coupling ε^u is followed by its ε^d in parameter vectors.
 */
export function chargeModel(charges: readonly FlavouredNucleus[]): ChargeModel {
  const prepared = charges.map((charge): PreparedCharge => {
    const { Z, N } = nucleus(charge.nucleus);
    const flavour = flavours[charge.flavour];
    return { Z, up: 2 * Z + N, down: Z + 2 * N, neutrons: -N / 2, flavour };
  });
  return {
    fill(parameters, out) {
      const x = parameters[exponentX];
      prepared.forEach((charge, c) => {
        const squared = squaredCharge(charge, parameters);
        const power = x === 2 ? squared : squared ** (x / 2);
        out[c] = parameters[sigmaScale] * parameters[charge.flavour.scale] * power;
      });
    },
    jacobian(parameters, out) {
      out.fill(0);
      prepared.forEach((charge, c) => {
        const start = c * PARAMETERS.length;
        fillRow(charge, parameters, out.subarray(start, start + PARAMETERS.length));
      });
    },
  };
}

/** An amplitude of one nucleus, linear in the parameters: the sum of slope times parameter, and a constant. */
export interface Amplitude {
  /** The couplings that it is of: those of different couplings are independent. */
  readonly coupling: string;
  readonly nucleus: string;
  readonly constant: number;
  /** Slopes by index of the parameter. */
  readonly slopes: ReadonlyMap<number, number>;
}

/** The amplitudes whose squares sum to the squared weak charges of L24 eq. (12), each once. */
export function chargeAmplitudes(charges: readonly FlavouredNucleus[]): Amplitude[] {
  const found = new Map<string, Amplitude>();
  for (const { nucleus: name, flavour } of charges) {
    const { Z, N } = nucleus(name);
    const { diagonal, changing } = flavours[flavour];
    for (const coupling of [diagonal, ...changing]) {
      const slopes = new Map([
        [coupling, 2 * Z + N],
        [coupling + 1, Z + 2 * N],
      ]);
      if (coupling === diagonal) slopes.set(sin2ThetaW, -2 * Z);
      const constant = coupling === diagonal ? (Z - N) / 2 : 0;
      const quark = PARAMETERS[coupling].name;
      found.set(`${name} ${quark}`, { coupling: quark, nucleus: name, constant, slopes });
    }
  }
  return [...found.values()];
}

/** The amplitude that keeps flavour, g_V^p Z + g_V^n N plus its NSI part. */
function diagonalAmplitude(charge: PreparedCharge, parameters: Float64Array): number {
  const protons = (0.5 - 2 * parameters[sin2ThetaW]) * charge.Z;
  return protons + charge.neutrons + nsiAmplitude(charge, parameters, charge.flavour.diagonal);
}

function nsiAmplitude(charge: PreparedCharge, parameters: Float64Array, coupling: number): number {
  return charge.up * parameters[coupling] + charge.down * parameters[coupling + 1];
}

function squaredCharge(charge: PreparedCharge, parameters: Float64Array): number {
  const [first, second] = charge.flavour.changing;
  const diagonal = diagonalAmplitude(charge, parameters);
  const a = nsiAmplitude(charge, parameters, first);
  const b = nsiAmplitude(charge, parameters, second);
  return diagonal * diagonal + a * a + b * b;
}

function fillRow(charge: PreparedCharge, parameters: Float64Array, row: Float64Array): void {
  const { scale, diagonal, changing } = charge.flavour;
  const x = parameters[exponentX];
  const squared = squaredCharge(charge, parameters);
  const power = squared ** (x / 2);
  const strength = parameters[sigmaScale] * parameters[scale];
  row[sigmaScale] = parameters[scale] * power;
  row[scale] = parameters[sigmaScale] * power;
  if (squared === 0) return; // an extremum of q in every coupling, and x no longer matters

  row[exponentX] = 0.5 * strength * power * Math.log(squared);
  // d(Q²)^{x/2} = (x/2) (Q²)^{x/2 − 1} · 2 (amplitude) d(amplitude)
  const slope = x === 2 ? 2 * strength : (x * strength * power) / squared;
  for (const coupling of [diagonal, ...changing]) {
    const amplitude =
      coupling === diagonal
        ? diagonalAmplitude(charge, parameters)
        : nsiAmplitude(charge, parameters, coupling);
    row[coupling] = slope * amplitude * charge.up;
    row[coupling + 1] = slope * amplitude * charge.down;
    if (coupling === diagonal) row[sin2ThetaW] = slope * amplitude * -2 * charge.Z;
  }
}
