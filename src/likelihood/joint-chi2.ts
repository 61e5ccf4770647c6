import type { Nuisance } from "./description.js";
import type { Objective } from "./newton.js";
import type { Derivatives, Part } from "./part.js";

/**
 * χ² of a joint profile: the sum of its parts and of the priors ((θ − measured)/σ)² of its nuisances.
 * @param parts may be exchanged between evaluations for others of their kind
 * @param nuisances of the joint profile
 * @param measured what their priors are centred on, by nuisance of the joint profile
 */
export function jointChi2(
  parts: readonly Part[],
  nuisances: readonly Nuisance[],
  measured: Float64Array,
): Objective {
  const n = nuisances.length;
  const precision = Float64Array.from(nuisances, ({ sigma }) => (sigma === null ? 0 : sigma ** -2));
  return {
    isQuadratic: parts.every((part) => part.isQuadratic),
    chi2At(theta: Float64Array): number {
      let chi2 = 0;
      for (let i = 0; i < n; i++) {
        const off = theta[i] - measured[i];
        chi2 += precision[i] * off * off;
      }
      for (let p = 0; p < parts.length; p++) chi2 += parts[p].chi2At(theta);
      return chi2;
    },
    differentiate(theta: Float64Array, derivatives: Derivatives): void {
      const { gradient, hessian, bend } = derivatives;
      hessian.fill(0);
      bend.fill(0);
      for (let i = 0; i < n; i++) {
        gradient[i] = 2 * precision[i] * (theta[i] - measured[i]);
        hessian[i * n + i] = 2 * precision[i];
      }
      for (let p = 0; p < parts.length; p++) parts[p].addDerivatives(theta, derivatives);
    },
  };
}
