import { BinnedPart } from "./binned.js";
import { CompressedPart, isSeparable } from "./compress.js";
import type { LikelihoodDescription, Nuisance, Observations } from "./description.js";
import { Newton, type Objective } from "./newton.js";
import { createDerivatives, type Derivatives, type Part } from "./part.js";
import type { TermTemplates } from "./templates.js";

/**
 * Empty bins end up having "seen" this many events where the minimum lies at μ = 0: χ² is then too
 * high by twice that for each of them.
 */
const SMALLEST_BARRIER = 1e-10;

/** Sets of terms (indices) linked by shared nuisances, each ascending. */
export function connectedTerms(terms: readonly TermTemplates[], chosen: readonly number[]) {
  const groups: { terms: number[]; nuisances: Set<number> }[] = [];
  for (const t of chosen) {
    const { nuisances } = terms[t];
    const linked = groups.filter((group) => nuisances.some((j) => group.nuisances.has(j)));
    const merged = {
      terms: [...linked.flatMap((group) => group.terms), t].sort((a, b) => a - b),
      nuisances: new Set([...linked.flatMap((group) => [...group.nuisances]), ...nuisances]),
    };
    for (const group of linked) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map((group) => group.terms);
}

/** Terms that share nuisances, profiled jointly. */
export class Component {
  /** Indices in the description of the nuisances profiled here. */
  readonly nuisances: readonly number[];
  /** Their values at the latest minimum. */
  readonly theta: Float64Array;
  readonly parts: readonly Part[];
  readonly newton: Newton;
  private readonly binned: readonly BinnedPart[];
  private readonly starts: readonly Part[];
  private readonly exact: Objective;
  private readonly approximate: Objective;
  private hasBarrier = false;

  /**
   * @param compressed whether Gaussian terms are compressed, and nuisances that only they feel
   *   marginalised in advance; otherwise every term is evaluated bin by bin
   */
  constructor(
    readonly terms: readonly TermTemplates[],
    description: LikelihoodDescription,
    observations: Observations,
    compressed: boolean,
  ) {
    const all = description.nuisances;
    const users = (j: number) =>
      description.terms.filter((term) => term.effects.some((effect) => effect.nuisance === j));
    const compressible = (t: TermTemplates) =>
      compressed && t.term.statistic === "gaussian" && !t.curves.includes(true);
    const keeps = (t: TermTemplates, at: number) =>
      !compressible(t) ||
      !isSeparable(all[t.nuisances[at]], users(t.nuisances[at]).length > 1, t.touchesSignal(at));
    const kept = terms.flatMap((t) => t.nuisances.filter((_, at) => keeps(t, at)));
    this.nuisances = [...new Set(kept)].sort((a, b) => a - b);
    this.theta = new Float64Array(this.nuisances.length);

    const nodes = description.family?.nodes ?? [0];
    const middle = (nodes[0] + nodes[nodes.length - 1]) / 2;
    const build = (t: TermTemplates): { exact: Part; start: Part } => {
      const observation = observations[t.term.name];
      const index = t.nuisances.map((j, at) =>
        keeps(t, at) ? this.nuisances.indexOf(j) : undefined,
      );
      const weights = (observation.variance ?? referenceCounts(t, observation.counts, middle)).map(
        (variance) => 1 / variance,
      );
      const start = new CompressedPart(t, observation.counts, weights, all, index);
      if (compressible(t)) return { exact: start, start };
      return { exact: new BinnedPart(t, observation, index as number[]), start };
    };
    const built = terms.map(build);
    this.parts = built.map(({ exact }) => exact);
    this.starts = built.map(({ start }) => start);
    this.binned = this.parts.filter((part) => part instanceof BinnedPart);
    const own = this.nuisances.map((j) => all[j]);
    this.exact = sumOf(this.parts, own);
    this.approximate = sumOf(this.starts, own);
    this.newton = new Newton(
      Float64Array.from(own, (nuisance) => nuisance.lower),
      Float64Array.from(own, (nuisance) => nuisance.upper),
    );
  }

  /** χ² minimised over the nuisances; +Infinity where events were seen that cannot be explained. */
  minimise(charges: Float64Array, familyValue: number, tolerance: number): number {
    const { theta, newton } = this;
    if (this.hasBarrier) this.setBarrier();
    for (const part of this.parts) part.setPoint(charges, familyValue);
    theta.fill(0);
    if (!this.exact.isQuadratic) {
      for (const start of this.starts) {
        if (!this.parts.includes(start)) start.setPoint(charges, familyValue);
      }
      newton.minimise(this.approximate, theta, tolerance);
    }
    const chi2 = newton.minimise(this.exact, theta, tolerance);
    for (const part of this.binned) if (!part.isInDomain()) return this.minimiseAtEdge(tolerance);
    return chi2;
  }

  /**
   * Some μ_b would have to be negative, or nearly vanishes where events were seen: approach the edge
   * by ever weaker logarithmic barriers.
   */
  private minimiseAtEdge(tolerance: number): number {
    const { theta, newton } = this;
    if (this.binned.some((part) => part.isImpossible())) return Number.POSITIVE_INFINITY;
    let iterations = newton.iterations;
    for (let seen = 1e-2; seen > SMALLEST_BARRIER / 2; seen *= 0.1) {
      this.setBarrier(seen, seen);
      newton.minimise(this.exact, theta, tolerance);
      iterations += newton.iterations;
    }
    // χ² no longer tells how close μ is to its tiny value, on which the gradient depends.
    for (let i = 0; i < 3; i++) newton.minimise(this.exact, theta, tolerance);
    newton.iterations = iterations;
    if (!this.binned.every((part) => part.isInDomain())) return Number.POSITIVE_INFINITY;
    // The barriers go, but stay in the derivatives: their slopes are the forces of the constraints.
    this.setBarrier(SMALLEST_BARRIER);
    const chi2 = this.exact.evaluate(theta, createDerivatives(theta.length));
    this.setBarrier(SMALLEST_BARRIER, SMALLEST_BARRIER);
    return chi2;
  }

  private setBarrier(floor?: number, seen?: number): void {
    this.hasBarrier = floor !== undefined;
    for (const part of this.binned) part.setBarrier(floor, seen);
  }
}

/** Sum of parts and of the priors (θ/σ)² of their nuisances. */
function sumOf(parts: readonly Part[], nuisances: readonly Nuisance[]): Objective {
  const n = nuisances.length;
  const precision = Float64Array.from(nuisances, ({ sigma }) => (sigma === null ? 0 : sigma ** -2));
  return {
    isQuadratic: parts.every((part) => part.isQuadratic),
    evaluate(theta: Float64Array, derivatives: Derivatives): number {
      const { gradient, hessian, bend } = derivatives;
      hessian.fill(0);
      bend.fill(0);
      let chi2 = 0;
      for (let i = 0; i < n; i++) {
        chi2 += precision[i] * theta[i] * theta[i];
        gradient[i] = 2 * precision[i] * theta[i];
        hessian[i * n + i] = 2 * precision[i];
      }
      for (let p = 0; p < parts.length; p++) chi2 += parts[p].addTo(theta, derivatives);
      return chi2;
    },
  };
}

/**
 * Variances of the Gaussian approximation that predicts where Newton starts: the expected counts
 * with all charges equal, scaled to the number of events observed. Any positive value is legal.
 */
function referenceCounts(
  templates: TermTemplates,
  counts: Float64Array,
  familyValue: number,
): Float64Array {
  const sum = (row: Float64Array) => row.reduce((total, value) => total + value, 0);
  const signal = new Float64Array(templates.bins);
  for (const row of templates.signalAt(familyValue).counts) {
    for (let b = 0; b < row.length; b++) signal[b] += row[b];
  }
  const missing = sum(counts) - sum(templates.background);
  const scale = Math.max(missing, 0) / (sum(signal) || 1);
  const least = (1e-2 * (1 + sum(counts))) / templates.bins;
  return signal.map((value, b) => Math.max(scale * value + templates.background[b], least));
}
