import { Descent } from "./descent.js";
import type { LikelihoodDescription, Observations } from "./description.js";
import { jointChi2 } from "./joint-chi2.js";
import { landscapeOf } from "./landscape.js";
import { LowestMinimum } from "./lowest.js";
import { Newton, type Objective } from "./newton.js";
import type { BinnedTerm, Part } from "./part.js";
import type { TermTemplates } from "./templates.js";
import {
  keptNuisances,
  type PartMaker,
  type TermParts,
  termParts,
  usualParts,
} from "./term-parts.js";

/** Terms that share nuisances, profiled jointly. */
export class Component {
  /** Indices in the description of the nuisances profiled here. */
  readonly nuisances: readonly number[];
  /** Their values at the latest minimum. */
  readonly theta: Float64Array;
  /** By term. */
  readonly parts: readonly Part[];
  /** Those of them that are evaluated bin by bin, by term where all are. */
  readonly binned: readonly BinnedTerm[];
  private readonly built: readonly TermParts[];
  private readonly newton: Newton;
  private readonly descent: Descent;
  /** The Gaussian approximation, from whose minimum the descent starts, and its parts not in `parts`. */
  private readonly approximate: Objective;
  private readonly starts: readonly Part[];
  /** Where χ² may have several minima. */
  private readonly lowest: LowestMinimum | undefined;

  /**
   * @param compressed whether Gaussian terms are compressed, and nuisances that only they feel
   *   marginalised in advance; otherwise every term is evaluated bin by bin
   * @param auxiliary measurements that the priors are centred on, by nuisance of the description;
   *   absent: 0
   * @param maker makes parts that are not the usual ones
   * @param sibling of the same terms with other data
   */
  constructor(
    readonly terms: readonly TermTemplates[],
    description: LikelihoodDescription,
    observations: Observations,
    compressed: boolean,
    auxiliary?: Float64Array,
    maker: PartMaker = usualParts,
    sibling?: Component,
  ) {
    const all = description.nuisances;
    const kept = terms.map((t) => keptNuisances(t, description, compressed));
    const indices = new Set(terms.flatMap((t, i) => kept[i].map((at) => t.nuisances[at])));
    this.nuisances = [...indices].sort((a, b) => a - b);
    this.theta = new Float64Array(this.nuisances.length);

    const nodes = description.family?.nodes ?? [0];
    const middle = (nodes[0] + nodes[nodes.length - 1]) / 2;
    const built = terms.map((t, i) => {
      const index = t.nuisances.map((j, at) =>
        kept[i].includes(at) ? this.nuisances.indexOf(j) : undefined,
      );
      const priors = { nuisances: all, auxiliary };
      const observation = observations[t.term.name];
      return termParts(t, observation, index, priors, compressed, middle, maker, sibling?.built[i]);
    });
    this.built = built;
    this.parts = built.map(({ exact }) => exact);
    const starts = built.map(({ scanned }) => scanned[0]);
    this.starts = starts.filter((start) => !this.parts.includes(start));

    const nuisances = this.nuisances.map((j) => all[j]);
    const measured = Float64Array.from(this.nuisances, (j) => auxiliary?.[j] ?? 0);
    this.approximate = jointChi2(starts, nuisances, measured);
    this.newton = new Newton(
      Float64Array.from(nuisances, ({ lower }) => lower),
      Float64Array.from(nuisances, ({ upper }) => upper),
    );
    this.binned = built.flatMap(({ binned }) => binned ?? []);
    const chi2 = jointChi2(this.parts, nuisances, measured);
    this.descent = new Descent(chi2, this.newton, this.binned);
    if (!terms.some(({ position }) => position)) return;
    const profiled = { indices: this.nuisances, nuisances, measured };
    const landscape = landscapeOf(terms, built, profiled, this.newton, this.descent);
    this.lowest = new LowestMinimum(landscape, nuisances.length);
  }

  private isSearched = false;

  /** Whether the latest {@link minimise} reached its minimum. */
  get converged(): boolean {
    return this.isSearched && this.lowest ? this.lowest.converged : this.descent.converged;
  }

  /** Newton iterations of the latest {@link minimise} on χ² itself, over all starts. */
  get iterations(): number {
    return (this.lowest ?? this.descent).iterations;
  }

  /**
   * χ² minimised over the nuisances, which {@link theta} then holds; +Infinity where events were seen
   * that cannot be explained.
   * @param charges effective squared charges, in the order of the description's charges
   * @param tolerance how far above its minimum the χ² returned may stay
   */
  minimise(charges: Float64Array, familyValue: number, tolerance: number): number {
    const { theta, parts, starts, lowest } = this;
    for (let p = 0; p < parts.length; p++) parts[p].setPoint(charges, familyValue);
    theta.fill(0);
    this.isSearched = true;
    if (!this.descent.chi2.isQuadratic) {
      for (let p = 0; p < starts.length; p++) starts[p].setPoint(charges, familyValue);
      if (lowest) return lowest.find(charges, familyValue, tolerance, theta);
      this.newton.minimise(this.approximate, theta, tolerance);
    }
    return this.descent.from(theta, tolerance);
  }

  /**
   * The local minimum next to {@link theta}, which it overwrites: for a point near to the one whose
   * nuisances these are.
   */
  descend(charges: Float64Array, familyValue: number, tolerance: number): number {
    const { theta, parts } = this;
    this.isSearched = false;
    for (let p = 0; p < parts.length; p++) parts[p].setPoint(charges, familyValue);
    return this.descent.from(theta, tolerance);
  }

  /** Adds ∂χ²/∂q by charge of the description at the latest minimum: the nuisances may be held there. */
  addChargeGradient(out: Float64Array): void {
    for (const part of this.parts) part.addChargeGradient?.(this.theta, out);
  }
}
