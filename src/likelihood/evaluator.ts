import { dot } from "../numerics/linear-algebra.js";
import type { BinnedPart } from "./binned.js";
import { checkData, checkProblem } from "./check.js";
import { Component, connectedTerms } from "./component.js";
import type { Combination, Observations, Problem } from "./description.js";
import { createDerivatives } from "./part.js";
import { expectedCounts, type ProfileResult, signalResponse, type TermCounts } from "./profile.js";
import { compressionReach } from "./reach.js";
import { TermTemplates } from "./templates.js";

export type { ProfileResult, TermCounts } from "./profile.js";

/** How far above its minimum a χ² may stay. */
const SCAN_TOLERANCE = 5e-11;

/** The same for a single profile, whose pulls and gradient (first order in the error) count too. */
const PROFILE_TOLERANCE = 1e-20;

/**
 * The float64 reference: χ² of every combination of data sets with its nuisances profiled, from the
 * squared charges of a point. What a point gives does not depend on the points before it.
 */
export class LikelihoodEvaluator {
  readonly combinations: readonly Combination[];
  private readonly terms: readonly TermTemplates[];
  /** Joint profiles, each evaluated once per point whatever the combinations it occurs in. */
  private readonly components: readonly Component[];
  /** The terms of each, as text. */
  private readonly keys: readonly string[];
  /** By combination: its joint profiles, and the terms of each. */
  private readonly members: readonly (readonly number[])[];
  private readonly groups: readonly (readonly (readonly number[])[])[];
  private readonly values: Float64Array;
  /** By joint profile: its charges, and the largest that its compressed terms reach. */
  private readonly reaches: readonly {
    readonly charges: readonly number[];
    readonly reach: number;
  }[];
  private readonly direct = new Map<string, Component>();

  /** Whether every joint profile of the latest {@link chi2} reached its minimum. */
  get converged(): boolean {
    return this.components.every(({ newton }) => newton.converged);
  }

  /** @param terms templates of the same description, if they have been made before */
  constructor(
    private readonly problem: Problem,
    terms?: readonly TermTemplates[],
  ) {
    const { description, combinations } = problem;
    if (terms) checkData(problem);
    else checkProblem(problem);
    this.combinations = combinations;
    this.terms = terms ?? description.terms.map((term) => new TermTemplates(term, description));
    this.groups = combinations.map(({ datasets }) => {
      const chosen = [...description.terms.keys()].filter((t) =>
        datasets.includes(description.terms[t].dataset),
      );
      return connectedTerms(this.terms, chosen);
    });
    const keys = [...new Set(this.groups.flat().map((group) => group.join()))];
    this.keys = keys;
    this.components = keys.map((key) => {
      const terms = key.split(",").map((t) => this.terms[Number(t)]);
      return new Component(terms, description, problem.observations, true, problem.auxiliary);
    });
    this.reaches = this.components.map(({ terms: own }) => ({
      charges: [...new Set(own.flatMap(({ term }) => term.charges))],
      reach: compressionReach(
        own.map(({ term }) => term),
        problem.observations,
      ),
    }));
    this.members = this.groups.map((groups) => groups.map((group) => keys.indexOf(group.join())));
    this.values = new Float64Array(keys.length);
  }

  /** The same likelihood of other data: its templates are not made again. */
  observe(observations: Observations, auxiliary?: Float64Array): LikelihoodEvaluator {
    const { description, combinations } = this.problem;
    const data = auxiliary ? { observations, auxiliary } : { observations };
    return new LikelihoodEvaluator({ description, combinations, ...data }, this.terms);
  }

  /**
   * χ² with all nuisances profiled. Allocates nothing.
   *
   * @param charges effective squared charges, in the order of the description's charges
   * @param familyValue value of the template family's parameter; ignored without a family
   * @param out receives χ² by combination, [combinations]; +Infinity is a legal value
   */
  chi2(charges: Float64Array, familyValue: number, out: Float64Array): void {
    const { components, members, values } = this;
    for (let i = 0; i < components.length; i++) {
      values[i] = this.withinReach(i, charges)
        ? components[i].minimise(charges, familyValue, SCAN_TOLERANCE)
        : this.directComponent(this.keys[i].split(",").map(Number)).minimise(
            charges,
            familyValue,
            SCAN_TOLERANCE,
          );
    }
    for (let k = 0; k < members.length; k++) {
      let sum = 0;
      for (let i = 0; i < members[k].length; i++) sum += values[members[k][i]];
      out[k] = sum;
    }
  }

  /** Whether the compressed terms of a joint profile keep their digits at these charges. */
  private withinReach(component: number, charges: Float64Array): boolean {
    const { charges: own, reach } = this.reaches[component];
    for (let c = 0; c < own.length; c++) if (charges[own[c]] > reach) return false;
    return true;
  }

  /**
   * The whole profile of one combination, every term evaluated bin by bin (no compression: a second
   * route to the same χ²).
   */
  profile(charges: Float64Array, familyValue: number, combination: number): ProfileResult {
    const { nuisances } = this.problem.description;
    const components = this.groups[combination].map((group) => this.directComponent(group));
    const pulls = new Float64Array(nuisances.length);
    let chi2 = 0;
    let iterations = 0;
    let converged = true;
    for (const component of components) {
      chi2 += component.minimise(charges, familyValue, PROFILE_TOLERANCE);
      iterations += component.newton.iterations;
      converged &&= component.newton.converged;
      component.nuisances.forEach((j, i) => {
        pulls[j] = component.theta[i];
      });
    }
    const profiled = components.flatMap(({ nuisances: own }) => own).sort((a, b) => a - b);
    const priorChi2 = profiled.reduce((sum, j) => {
      const { sigma } = nuisances[j];
      const off = pulls[j] - (this.problem.auxiliary?.[j] ?? 0);
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
    const data = this.dataParts(components, charges, familyValue, pulls, addCurvature);
    if (!Number.isFinite(chi2)) data.chargeGradient.fill(Number.NaN);
    return { chi2, pulls, profiled, curvature, priorChi2, converged, iterations, ...data };
  }

  /** What the terms give at the pulls of a minimum. */
  private dataParts(
    components: readonly Component[],
    charges: Float64Array,
    familyValue: number,
    pulls: Float64Array,
    addCurvature: (j: number, k: number, value: number) => void,
  ) {
    const chi2ByTerm: Record<string, number> = {};
    const chi2ByDataset: Record<string, number> = {};
    const chargeGradient = new Float64Array(charges.length);
    const expected = new Map<TermTemplates, TermCounts>();
    for (const component of components) {
      const scratch = createDerivatives(component.nuisances.length);
      component.terms.forEach((templates, i) => {
        const { name, dataset, charges: own } = templates.term;
        const part = component.parts[i] as BinnedPart;
        part.addTo(component.theta, scratch);
        const value = part.chi2AtLatest();
        chi2ByTerm[name] = value;
        chi2ByDataset[dataset] = (chi2ByDataset[dataset] ?? 0) + value;
        signalResponse(templates, familyValue, pulls).forEach((row, c) => {
          chargeGradient[own[c]] += dot(part.slope, row);
        });
        expected.set(templates, expectedCounts(templates, charges, familyValue, pulls));
      });
      const { n, hessian, bend } = scratch;
      component.nuisances.forEach((j, row) => {
        component.nuisances.forEach((k, column) => {
          addCurvature(j, k, hessian[row * n + column] + bend[row * n + column]);
        });
      });
    }
    const ordered = this.terms.flatMap((templates) => expected.get(templates) ?? []);
    return { chi2ByTerm, chi2ByDataset, chargeGradient, expected: ordered };
  }

  private directComponent(group: readonly number[]): Component {
    const key = group.join();
    // Poisson terms are never compressed: the profile of a scan is the direct one already.
    const isDirect = group.every((t) => this.terms[t].term.statistic === "poisson");
    let component = isDirect ? this.components[this.keys.indexOf(key)] : this.direct.get(key);
    if (component === undefined) {
      const terms = group.map((t) => this.terms[t]);
      const { description, observations, auxiliary } = this.problem;
      component = new Component(terms, description, observations, false, auxiliary);
      this.direct.set(key, component);
    }
    return component;
  }
}
