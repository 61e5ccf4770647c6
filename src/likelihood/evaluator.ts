import { checkData, checkProblem } from "./check.js";
import { Component } from "./component.js";
import { dataOf } from "./data.js";
import type { Combination, Data, Problem } from "./description.js";
import { type JointProfiles, jointProfiles } from "./joint-profiles.js";
import { compressionReach } from "./reach.js";
import { TermTemplates } from "./templates.js";
import { usualParts } from "./term-parts.js";
import { type ProfileResult, wholeProfile } from "./whole-profile.js";

export type { TermCounts } from "./profile.js";
export type { ProfileResult } from "./whole-profile.js";

/** How far above its minimum a χ² may stay. */
const SCAN_TOLERANCE = 5e-11;

/**
 * The float64 reference: χ² of every combination of data sets with its nuisances profiled, from the
 * squared charges of a point. What a point gives does not depend on the points before it.
 */
export class LikelihoodEvaluator {
  readonly combinations: readonly Combination[];
  private readonly terms: readonly TermTemplates[];
  private readonly profiles: JointProfiles["profiles"];
  /** Of the joint profiles, each evaluated once per point whatever the combinations it occurs in. */
  private readonly components: readonly Component[];
  private readonly members: JointProfiles["members"];
  private readonly values: Float64Array;
  /** By joint profile: its charges, and the largest that its compressed terms reach. */
  private readonly reaches: readonly {
    readonly charges: readonly number[];
    readonly reach: number;
  }[];
  /** The same with every term evaluated bin by bin, where that was asked for. */
  private readonly direct: Component[] = [];

  private reached = false;

  /** Whether every joint profile of the latest {@link chi2} reached its minimum. */
  get converged(): boolean {
    return this.reached;
  }

  /** @param sibling the same likelihood of other data, if there is one: what it has made is shared */
  constructor(
    private readonly problem: Problem,
    sibling?: LikelihoodEvaluator,
  ) {
    const { description, combinations } = problem;
    if (sibling) checkData(problem);
    else checkProblem(problem);
    this.combinations = combinations;
    this.terms =
      sibling?.terms ?? description.terms.map((term) => new TermTemplates(term, description));
    const { profiles, members } = jointProfiles(this.terms, combinations);
    this.profiles = profiles;
    this.members = members;
    this.components = profiles.map((profile, i) => {
      const own = profile.map((t) => this.terms[t]);
      const { observations, auxiliary } = problem;
      const other = sibling?.components[i];
      return new Component(own, description, observations, true, auxiliary, usualParts, other);
    });
    this.reaches = this.components.map(({ terms: own }) => ({
      charges: [...new Set(own.flatMap(({ term }) => term.charges))],
      reach: compressionReach(
        own.map(({ term }) => term),
        problem.observations,
      ),
    }));
    this.values = new Float64Array(profiles.length);
  }

  /** The same likelihood of other data: its templates are not made again. */
  observe(data: Data): LikelihoodEvaluator {
    const { description, combinations } = this.problem;
    return new LikelihoodEvaluator({ description, combinations, ...dataOf(data) }, this);
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
    this.reached = true;
    for (let i = 0; i < components.length; i++) {
      const component = this.withinReach(i, charges) ? components[i] : this.directComponent(i);
      values[i] = component.minimise(charges, familyValue, SCAN_TOLERANCE);
      this.reached &&= component.converged;
    }
    for (let k = 0; k < members.length; k++) {
      let sum = 0;
      for (let i = 0; i < members[k].length; i++) sum += values[members[k][i]];
      out[k] = sum;
    }
  }

  /**
   * χ² of one combination with its nuisances profiled, and its derivatives by the squared charges.
   *
   * @param charges effective squared charges, in the order of the description's charges
   * @param gradient receives ∂χ²/∂q_c, [charges]; NaN where χ² is infinite
   * @param theta receives the nuisances of the minimum, by nuisance of the description; those that were
   *   marginalised in advance, or are in no term of the combination, stay as they are
   */
  chargeGradient(
    charges: Float64Array,
    familyValue: number,
    combination: number,
    gradient: Float64Array,
    theta?: Float64Array,
  ): number {
    return this.fall(charges, familyValue, combination, gradient, theta, false);
  }

  /**
   * The same at the local minimum next to nuisances that are known, those of a neighbouring point: many
   * times as fast as the search for the lowest. Where minima cross, it stays on the branch it is on.
   * @param theta where to start, by nuisance of the description; receives the nuisances of the minimum
   */
  chargeGradientNear(
    charges: Float64Array,
    familyValue: number,
    combination: number,
    gradient: Float64Array,
    theta: Float64Array,
  ): number {
    return this.fall(charges, familyValue, combination, gradient, theta, true);
  }

  private fall(
    charges: Float64Array,
    familyValue: number,
    combination: number,
    gradient: Float64Array,
    theta: Float64Array | undefined,
    isNear: boolean,
  ): number {
    gradient.fill(0);
    this.reached = true;
    let chi2 = 0;
    for (const i of this.members[combination]) {
      const component = this.withinReach(i, charges) ? this.components[i] : this.directComponent(i);
      const { nuisances } = component;
      if (isNear && theta) {
        for (let k = 0; k < nuisances.length; k++) component.theta[k] = theta[nuisances[k]];
        chi2 += component.descend(charges, familyValue, SCAN_TOLERANCE);
      } else chi2 += component.minimise(charges, familyValue, SCAN_TOLERANCE);
      this.reached &&= component.converged;
      component.addChargeGradient(gradient);
      if (!theta) continue;
      for (let k = 0; k < nuisances.length; k++) theta[nuisances[k]] = component.theta[k];
    }
    if (!Number.isFinite(chi2)) gradient.fill(Number.NaN);
    return chi2;
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
    const components = this.members[combination].map((profile) => this.directComponent(profile));
    return wholeProfile(components, this.problem, charges, familyValue);
  }

  /** A joint profile with every term evaluated bin by bin, made when first asked for. */
  private directComponent(profile: number): Component {
    const terms = this.profiles[profile].map((t) => this.terms[t]);
    // Poisson terms are never compressed: the profile of a scan is the direct one already.
    const isDirect = terms.every(({ term }) => term.statistic === "poisson");
    if (isDirect) return this.components[profile];
    const { description, observations, auxiliary } = this.problem;
    this.direct[profile] ??= new Component(terms, description, observations, false, auxiliary);
    return this.direct[profile];
  }
}
