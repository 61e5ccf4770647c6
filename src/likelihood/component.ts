import { BinnedPart } from "./binned.js";
import { mirroredBranches } from "./branches.js";
import { CompressedPart, isSeparable, type Priors } from "./compress.js";
import type { LikelihoodDescription, Nuisance, Observation, Observations } from "./description.js";
import { type Landscape, LowestMinimum } from "./lowest.js";
import { Newton, type Objective } from "./newton.js";
import { createDerivatives, type Derivatives, type Part } from "./part.js";
import { type PositionAxis, PositionSearch } from "./search.js";
import { ShapedPart } from "./shaped.js";
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

/** What a joint profile is made of, from a term, its data, and its nuisances' places in the profile. */
export interface PartMaker {
  /** A term that is evaluated bin by bin. */
  binned(templates: TermTemplates, observation: Observation, index: readonly number[]): BinnedPart;
  /**
   * A Gaussian term, with nuisances marginalised in advance where no place is given. Absent: they are
   * compressed.
   */
  gaussian?(
    templates: TermTemplates,
    observation: Observation,
    index: readonly (number | undefined)[],
    priors: Priors,
  ): Part;
}

export const usualParts: PartMaker = {
  binned: (templates, observation, index) => {
    const Part = templates.isShaped ? ShapedPart : BinnedPart;
    return new Part(templates, observation, index);
  },
};

/** Terms that share nuisances, profiled jointly. */
export class Component {
  /** Indices in the description of the nuisances profiled here. */
  readonly nuisances: readonly number[];
  /** Their values at the latest minimum. */
  readonly theta: Float64Array;
  readonly parts: readonly Part[];
  readonly newton: Newton;
  private readonly binned: readonly BinnedPart[];
  private readonly starts: Part[];
  private readonly exact: Objective;
  private readonly approximate: Objective;
  /** Where χ² may have several minima. */
  private readonly lowest: LowestMinimum | undefined;
  private iterations = 0;
  private hasBarrier = false;

  /**
   * @param compressed whether Gaussian terms are compressed, and nuisances that only they feel
   *   marginalised in advance; otherwise every term is evaluated bin by bin
   * @param maker makes parts that are not the usual ones
   */
  constructor(
    readonly terms: readonly TermTemplates[],
    description: LikelihoodDescription,
    observations: Observations,
    compressed: boolean,
    auxiliary?: Float64Array,
    maker: PartMaker = usualParts,
  ) {
    const all = description.nuisances;
    const users = (j: number) =>
      description.terms.filter((term) => term.effects.some((effect) => effect.nuisance === j));
    const compressible = (t: TermTemplates) =>
      compressed && t.term.statistic === "gaussian" && !t.isShaped && !t.curves.includes(true);
    const keeps = (t: TermTemplates, at: number) =>
      !compressible(t) ||
      !isSeparable(all[t.nuisances[at]], users(t.nuisances[at]).length > 1, t.touchesSignal(at));
    const kept = terms.flatMap((t) => t.nuisances.filter((_, at) => keeps(t, at)));
    this.nuisances = [...new Set(kept)].sort((a, b) => a - b);
    this.theta = new Float64Array(this.nuisances.length);

    const nodes = description.family?.nodes ?? [0];
    const middle = (nodes[0] + nodes[nodes.length - 1]) / 2;
    const build = (t: TermTemplates) => {
      const observation = observations[t.term.name];
      const index = t.nuisances.map((j, at) =>
        keeps(t, at) ? this.nuisances.indexOf(j) : undefined,
      );
      const weights = (observation.variance ?? referenceCounts(t, observation.counts, middle)).map(
        (variance) => 1 / variance,
      );
      const priors = { nuisances: all, auxiliary };
      const scan = (around?: readonly number[]) =>
        Array.from(searchValues(t), (position) => {
          const expansion = { position, ...(around && { around }) };
          return new CompressedPart(t, observation.counts, weights, priors, index, expansion);
        });
      const scanned = scan();
      if (compressible(t)) {
        const exact = maker.gaussian?.(t, observation, index, priors) ?? scanned[0];
        return { exact, scanned, mirrored: [] };
      }
      const exact = maker.binned(t, observation, index as number[]);
      const branches = t.position ? mirroredBranches(t, all, middle) : [];
      const mirrored = branches.map((around) => ({ around, parts: scan(around) }));
      return { exact, scanned, mirrored };
    };
    const built = terms.map(build);
    this.parts = built.map(({ exact }) => exact);
    this.starts = built.map(({ scanned }) => scanned[0]);
    this.binned = this.parts.filter((part) => part instanceof BinnedPart);
    const own = this.nuisances.map((j) => all[j]);
    const measured = Float64Array.from(this.nuisances, (j) => auxiliary?.[j] ?? 0);
    this.exact = sumOf(this.parts, own, measured);
    this.approximate = sumOf(this.starts, own, measured);
    this.newton = new Newton(
      Float64Array.from(own, (nuisance) => nuisance.lower),
      Float64Array.from(own, (nuisance) => nuisance.upper),
    );
    if (!terms.some(({ position }) => position)) return;
    const scanned = built.map((parts) => parts.scanned);
    const search = (parts: readonly (readonly CompressedPart[])[], starts: Part[]) => {
      const axes = this.positionAxes(parts);
      const approximate = starts === this.starts ? this.approximate : sumOf(starts, own, measured);
      return new PositionSearch(axes, starts, approximate, this.newton, own.length);
    };
    const strain = sumOf([], own, measured);
    const scratch = createDerivatives(own.length);
    const landscape: Landscape = {
      nominal: search(scanned, this.starts),
      mirrored: built.flatMap(({ mirrored }, t) =>
        mirrored.map(({ around, parts }) => ({
          search: search(scanned.with(t, parts), this.starts.with(t, parts[0])),
          reflect: (theta) => {
            terms[t].nuisances.forEach((j, at) => {
              const place = this.nuisances.indexOf(j);
              if (around[at] !== 0) theta[place] = around[at] - theta[place];
            });
          },
        })),
      ),
      strain: (theta) => strain.evaluate(theta, scratch),
      held: this.newtonWithout(scalesOfMoved(terms), own, measured),
      exact: this.exact,
      descend: (theta, tolerance) => {
        const chi2 = this.minimiseFrom(theta, tolerance);
        this.iterations += this.newton.iterations;
        return chi2;
      },
    };
    this.lowest = new LowestMinimum(landscape, own.length);
  }

  /** Newton's method with some nuisances (of the description) held where they were measured. */
  private newtonWithout(
    held: readonly number[],
    own: readonly Nuisance[],
    measured: Float64Array,
  ): Newton {
    const bound = (i: number, given: number) => {
      const { lower, upper } = own[i];
      return held.includes(this.nuisances[i])
        ? Math.min(Math.max(measured[i], lower), upper)
        : given;
    };
    return new Newton(
      Float64Array.from(own, ({ lower }, i) => bound(i, lower)),
      Float64Array.from(own, ({ upper }, i) => bound(i, upper)),
    );
  }

  private positionAxes(scanned: readonly (readonly CompressedPart[])[]): PositionAxis[] {
    const moved = [...this.terms.keys()].filter((t) => this.terms[t].position);
    const nuisance = (t: number) => this.terms[t].position?.nuisance as number;
    return [...new Set(moved.map(nuisance))].map((j) => {
      const own = moved.filter((t) => nuisance(t) === j);
      return {
        at: this.nuisances.indexOf(j),
        values: searchValues(this.terms[own[0]]),
        moved: own.map((term) => ({ term, parts: scanned[term] })),
      };
    });
  }

  /** χ² minimised over the nuisances; +Infinity where events were seen that cannot be explained. */
  minimise(charges: Float64Array, familyValue: number, tolerance: number): number {
    const { theta, newton } = this;
    for (const part of this.parts) part.setPoint(charges, familyValue);
    theta.fill(0);
    if (!this.exact.isQuadratic) {
      for (const start of this.starts) {
        if (!this.parts.includes(start)) start.setPoint(charges, familyValue);
      }
      if (this.lowest) return this.minimiseFromAll(this.lowest, charges, familyValue, tolerance);
      newton.minimise(this.approximate, theta, tolerance);
    }
    return this.minimiseFrom(theta, tolerance);
  }

  private minimiseFrom(theta: Float64Array, tolerance: number): number {
    if (this.hasBarrier) this.setBarrier();
    const chi2 = this.newton.minimise(this.exact, theta, tolerance);
    for (const part of this.binned) {
      if (!part.isInDomain()) return this.minimiseAtEdge(theta, tolerance);
    }
    return chi2;
  }

  /** The lowest of several minima; the latest evaluation is there. */
  private minimiseFromAll(
    lowest: LowestMinimum,
    charges: Float64Array,
    familyValue: number,
    tolerance: number,
  ): number {
    const { theta, newton } = this;
    this.iterations = 0;
    let chi2 = lowest.find(charges, familyValue, tolerance, theta);
    if (lowest.runs > 1) chi2 = this.minimiseFrom(theta, tolerance);
    newton.iterations = this.iterations;
    return chi2;
  }

  /**
   * Some μ_b would have to be negative, or nearly vanishes where events were seen: approach the edge
   * by ever weaker logarithmic barriers.
   */
  private minimiseAtEdge(theta: Float64Array, tolerance: number): number {
    const { newton } = this;
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

/** The nuisances (of the description) that scale signals which also move. */
function scalesOfMoved(terms: readonly TermTemplates[]): number[] {
  return terms.flatMap(({ term, position }) => {
    const scales = term.effects.filter(({ kind, component }) => {
      return kind === "scale" && component === "signal";
    });
    return position ? scales.map(({ nuisance }) => nuisance) : [];
  });
}

/** Where the Gaussian approximation of a term is made: at its nominal position, or all along it. */
function searchValues({ position }: TermTemplates): Float64Array {
  if (!position) return Float64Array.of(0);
  return position.values.filter((_, k) => k % position.stride === 0);
}

/** Sum of parts and of the priors ((θ − measured)/σ)² of their nuisances. */
function sumOf(
  parts: readonly Part[],
  nuisances: readonly Nuisance[],
  measured: Float64Array,
): Objective {
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
        const off = theta[i] - measured[i];
        chi2 += precision[i] * off * off;
        gradient[i] = 2 * precision[i] * off;
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
