import { BinnedPart } from "./binned.js";
import { checkProblem } from "./check.js";
import { Component } from "./component.js";
import { CountLayout, type CountRows, type TermRows } from "./count-rows.js";
import { CountedGaussianPart } from "./counted-gaussian.js";
import type { Observation, Problem } from "./description.js";
import { jointProfiles } from "./joint-profiles.js";
import { TermTemplates } from "./templates.js";
import { type PartMaker, usualParts } from "./term-parts.js";

/** How far above its minimum a χ² may stay. */
const TOLERANCE = 5e-11;

/**
 * χ² from event counts that something else computed, nuisances profiled in float64. Terms whose signal
 * is scaled or moved by nuisances need more than counts, and are evaluated from the charges.
 */
export class CountsEvaluator {
  readonly counts: CountRows;
  private readonly components: readonly Component[];
  private readonly members: readonly (readonly number[])[];
  private readonly values: Float64Array;
  /** The charges, and the counts behind them. */
  private readonly point: Float64Array;

  constructor(problem: Problem) {
    checkProblem(problem);
    const { description, observations, combinations, auxiliary } = problem;
    const terms = description.terms.map((term) => new TermTemplates(term, description));
    const charges = description.charges.length;
    const nodes = description.family?.nodes ?? Float64Array.of(0);
    const layout = new CountLayout(nodes, charges);
    const placed = new Map(terms.map((term) => [term, layout.add(term)]));
    this.counts = layout.finish();
    this.point = new Float64Array(charges + this.counts.rows);

    const { profiles, members } = jointProfiles(terms, combinations);
    const rowsOf = (term: TermTemplates) => placed.get(term) as TermRows;
    const maker: PartMaker = {
      binned: (term, observation, index) =>
        term.isShaped
          ? usualParts.binned(term, observation, index)
          : new CountedPart(term, observation, index, rowsOf(term), charges),
      gaussian: (term, observation, index, priors) =>
        new CountedGaussianPart(term, observation, index, priors, rowsOf(term), charges),
    };
    this.components = profiles.map((profile) => {
      const own = profile.map((t) => terms[t]);
      return new Component(own, description, observations, true, auxiliary, maker);
    });
    this.members = members;
    this.values = new Float64Array(profiles.length);
  }

  /** Whether every joint profile of the latest {@link chi2} reached its minimum. */
  get converged(): boolean {
    return this.components.every(({ converged }) => converged);
  }

  /**
   * χ² with all nuisances profiled.
   * @param charges of the description: where searches start from, and for terms that need them
   * @param counts of the point, [rows]
   * @param out receives χ² by combination, [combinations]
   */
  chi2(
    charges: Float64Array,
    familyValue: number,
    counts: ArrayLike<number>,
    out: Float64Array,
  ): void {
    const { components, members, values, point } = this;
    point.set(charges);
    point.set(counts, charges.length);
    for (let i = 0; i < components.length; i++) {
      values[i] = components[i].minimise(point, familyValue, TOLERANCE);
    }
    for (let k = 0; k < members.length; k++) {
      out[k] = members[k].reduce((sum, i) => sum + values[i], 0);
    }
  }
}

/** A term whose rows are read off, not computed. */
class CountedPart extends BinnedPart {
  constructor(
    templates: TermTemplates,
    observation: Observation,
    index: readonly number[],
    private readonly rows: TermRows,
    private readonly offset: number,
  ) {
    super(templates, observation, index);
  }

  protected override fillRows(point: Float64Array): void {
    const { constant, constantQuadratic } = this.templates;
    const { signal, rows } = this;
    this.read(point, rows.signal, undefined, signal);
    for (let j = 0; j < this.linear.length; j++) {
      const quadratic = this.quadratic[j];
      if (quadratic) this.read(point, rows.quadratic[j], constantQuadratic[j], quadratic);
      const linear = this.linear[j];
      if (linear === signal || linear === constant[j]) continue;
      this.read(point, rows.linear[j], constant[j], linear);
    }
  }

  private read(
    point: Float64Array,
    row: number | undefined,
    base: Float64Array | undefined,
    target: Float64Array,
  ): void {
    if (base) target.set(base);
    else target.fill(0);
    if (row === undefined) return;
    const from = this.offset + row;
    for (let b = 0; b < target.length; b++) target[b] += point[from + b];
  }
}
