import type { Component } from "./component.js";
import type { Problem, Term } from "./description.js";
import { createDerivatives } from "./part.js";
import { expectedCounts, type TermCounts } from "./profile.js";

/** How far above its minimum χ² may stay: pulls and gradient are first order in their error. */
const TOLERANCE = 1e-20;

/** Everything about the profile of one combination at one point. */
export interface ProfileResult {
  /** Data part and priors; +Infinity where events were seen that no nuisance can explain. */
  readonly chi2: number;
  /** θ at the minimum by nuisance of the description; 0 for those not in the combination. */
  readonly pulls: Float64Array;
  /** Indices of the nuisances that were profiled, ascending. */
  readonly profiled: readonly number[];
  /** ∂²χ²/∂θ² there, priors included, [profiled × profiled]. */
  readonly curvature: Float64Array;
  /** Data part of χ² by term and by data set of the combination. */
  readonly chi2ByTerm: Readonly<Record<string, number>>;
  readonly chi2ByDataset: Readonly<Record<string, number>>;
  /** Σ (θ/σ)², every nuisance once. */
  readonly priorChi2: number;
  /** ∂χ²/∂q_c with the nuisances profiled, by charge of the description; NaN where χ² is infinite. */
  readonly chargeGradient: Float64Array;
  readonly converged: boolean;
  /** Newton iterations, summed over the joint profiles that make up the combination. */
  readonly iterations: number;
  /** By term of the combination, in the description's order. */
  readonly expected: readonly TermCounts[];
}

/**
 * The whole profile of a combination at a point.
 * @param components its joint profiles, every term evaluated bin by bin
 */
export function wholeProfile(
  components: readonly Component[],
  { description, auxiliary }: Problem,
  charges: Float64Array,
  familyValue: number,
): ProfileResult {
  const { nuisances } = description;
  const pulls = new Float64Array(nuisances.length);
  let chi2 = 0;
  let iterations = 0;
  let converged = true;
  for (const component of components) {
    chi2 += component.minimise(charges, familyValue, TOLERANCE);
    iterations += component.iterations;
    converged &&= component.converged;
    component.nuisances.forEach((j, i) => {
      pulls[j] = component.theta[i];
    });
  }
  const profiled = components.flatMap(({ nuisances: own }) => own).sort((a, b) => a - b);
  const priorChi2 = profiled.reduce((sum, j) => {
    const { sigma } = nuisances[j];
    const off = pulls[j] - (auxiliary?.[j] ?? 0);
    return sigma === null ? sum : sum + (off / sigma) ** 2;
  }, 0);
  const curvature = new Float64Array(profiled.length ** 2);
  profiled.forEach((j, i) => {
    const { sigma } = nuisances[j];
    if (sigma !== null) curvature[i * (profiled.length + 1)] = 2 / (sigma * sigma);
  });
  const addCurvature = (j: number, k: number, value: number): void => {
    curvature[profiled.indexOf(j) * profiled.length + profiled.indexOf(k)] += value;
  };
  const data = dataParts(components, charges, familyValue, pulls, addCurvature);
  if (!Number.isFinite(chi2)) data.chargeGradient.fill(Number.NaN);
  const expected = description.terms.flatMap((term) => data.expected.get(term) ?? []);
  return { chi2, pulls, profiled, curvature, priorChi2, converged, iterations, ...data, expected };
}

/** What the terms give at the pulls of a minimum. */
function dataParts(
  components: readonly Component[],
  charges: Float64Array,
  familyValue: number,
  pulls: Float64Array,
  addCurvature: (j: number, k: number, value: number) => void,
) {
  const chi2ByTerm: Record<string, number> = {};
  const chi2ByDataset: Record<string, number> = {};
  const chargeGradient = new Float64Array(charges.length);
  const expected = new Map<Term, TermCounts>();
  for (const component of components) {
    const scratch = createDerivatives(component.nuisances.length);
    component.terms.forEach((templates, i) => {
      const { name, dataset } = templates.term;
      const part = component.binned[i];
      part.chi2At(component.theta);
      part.addDerivatives(component.theta, scratch);
      const value = part.chi2AtLatest();
      chi2ByTerm[name] = value;
      chi2ByDataset[dataset] = (chi2ByDataset[dataset] ?? 0) + value;
      expected.set(templates.term, expectedCounts(templates, charges, familyValue, pulls));
    });
    component.addChargeGradient(chargeGradient);
    const { n, hessian, bend } = scratch;
    component.nuisances.forEach((j, row) => {
      component.nuisances.forEach((k, column) => {
        addCurvature(j, k, hessian[row * n + column] + bend[row * n + column]);
      });
    });
  }
  return { chi2ByTerm, chi2ByDataset, chargeGradient, expected };
}
