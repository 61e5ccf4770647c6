import { compositeRule } from "../numerics/quadrature.js";
import { averagedCrossSection, largestRecoil, momentumTransfer } from "../physics/cross-section.js";
import type { FluxComponent } from "../physics/flux.js";
import type { FormFactor } from "../physics/form-factor.js";
import type { Nucleus } from "../physics/nuclei.js";

/** What a detector makes of a nuclear recoil. */
export interface RecoilResponse {
  /** Energy bins. */
  readonly bins: number;
  /** Recoil energies, MeV, where `accept` has a kink or a step; integration panels end there. */
  readonly breakpoints: readonly number[];
  /** Writes into out [bins] the probability that a recoil (MeV) is selected and lands in each bin. */
  readonly accept: (recoil: number, out: Float64Array) => void;
}

export interface SignalOptions {
  readonly formFactor: FormFactor;
  /** Exponents x of |Q F|^x (L24 eq. 9) to compute templates for; [2] is the SM cross section. */
  readonly exponents: readonly number[];
}

/** Panels of 16-point Gauss–Legendre between breakpoints: doubling changes no template by 1e-9. */
const PANELS = 8;

/**
 * The energy integral of L24 eq. (3) for every energy bin: ∫ dE_r A_i(E_r) ⟨dσ/dE_r⟩ |F|^x, cm² per
 * unit of (squared charge)^{x/2}.
 * @returns [exponents × bins], row-major
 */
export function foldRecoils(
  target: Nucleus,
  flux: FluxComponent,
  response: RecoilResponse,
  { formFactor, exponents }: SignalOptions,
  panels = PANELS,
): Float64Array {
  const top = largestRecoil(target, flux.endpoint);
  const inside = response.breakpoints.filter((edge) => edge > 0 && edge < top);
  // In u = √E_r the flux average is smooth at zero and a resolution ∝ √E has one width everywhere.
  const { nodes, weights } = compositeRule([0, ...inside, top].map(Math.sqrt), panels);
  const result = new Float64Array(exponents.length * response.bins);
  const accepted = new Float64Array(response.bins);
  for (let node = 0; node < nodes.length; node++) {
    const recoil = nodes[node] ** 2;
    const measure = 2 * nodes[node] * weights[node];
    const rate = measure * averagedCrossSection(target, recoil, flux);
    const shape = Math.abs(formFactor(target, momentumTransfer(target, recoil)));
    response.accept(recoil, accepted);
    for (let k = 0; k < exponents.length; k++) {
      const factor = rate * shape ** exponents[k];
      for (let bin = 0; bin < response.bins; bin++) {
        result[k * response.bins + bin] += factor * accepted[bin];
      }
    }
  }
  return result;
}
