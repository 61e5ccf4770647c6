import { compositeRule } from "../numerics/quadrature.js";
import { erfc } from "../numerics/special.js";
import { MUON_LIFETIME, PION_LIFETIME } from "./constants.js";
import { type TimeEfficiency, timeEfficiency } from "./efficiency.js";
import type { FluxComponent } from "./flux.js";

/** The proton pulse as the detector sees it: a Gaussian, μs. */
export interface Pulse {
  readonly mean: number;
  readonly width: number;
}

/** Gaussian ⊗ exponential of mean life τ, normalised over all times, μs⁻¹. */
function decayAfterPulse(pulse: Pulse, lifetime: number, t: number): number {
  const ratio = pulse.width / lifetime;
  const z = (t - pulse.mean) / pulse.width;
  const argument = (ratio - z) * Math.SQRT1_2;
  if (argument > 26) {
    // Here erfc underflows and the other exponential may overflow: their product by erfc's series.
    const u = 0.5 / (argument * argument);
    const series = 1 - u * (1 - 3 * u * (1 - 5 * u));
    return (0.5 / lifetime) * ((Math.exp(-0.5 * z * z) * series) / (argument * Math.sqrt(Math.PI)));
  }
  return (0.5 / lifetime) * Math.exp(0.5 * ratio * ratio - z * ratio) * erfc(argument);
}

/**
 * Arrival-time density, μs⁻¹, normalised over all times: the pulse ⊗ pion decay for the prompt
 * neutrino, further ⊗ muon decay for the delayed ones (SPEC §2). The chain of two exponentials is
 * (τ_μ e_μ − τ_π e_π)/(τ_μ − τ_π) in the densities of each alone.
 */
export function arrivalDensity(timing: FluxComponent["timing"], pulse: Pulse, t: number): number {
  const pion = decayAfterPulse(pulse, PION_LIFETIME, t);
  if (timing === "prompt") return pion;
  const muon = decayAfterPulse(pulse, MUON_LIFETIME, t);
  const difference = MUON_LIFETIME - PION_LIFETIME;
  return (MUON_LIFETIME * muon - PION_LIFETIME * pion) / difference;
}

/**
 * Fraction of a component's neutrinos recorded in each time bin [edges_j, edges_{j+1}), μs.
 * @param efficiency survival of a recoil at that time (CsI); absent: every one is kept
 */
export function timeFractions(
  timing: FluxComponent["timing"],
  pulse: Pulse,
  edges: readonly number[],
  efficiency?: TimeEfficiency,
): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, bin) => {
    const [low, high] = [edges[bin], edges[bin + 1]];
    const onset = efficiency?.onset ?? low;
    const kink = onset > low && onset < high ? [onset] : [];
    const panels = Math.max(4, Math.ceil((high - low) / (0.25 * pulse.width)));
    const { nodes, weights } = compositeRule([low, ...kink, high], panels);
    let sum = 0;
    for (let i = 0; i < nodes.length; i++) {
      const kept = efficiency ? timeEfficiency(efficiency, nodes[i]) : 1;
      sum += weights[i] * kept * arrivalDensity(timing, pulse, nodes[i]);
    }
    return sum;
  });
}
