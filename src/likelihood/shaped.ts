import type { Observation } from "./description.js";
import type { BinnedTerm, Derivatives } from "./part.js";
import { FLOOR, isPoissonDomain, poissonChi2 } from "./poisson.js";
import type { TermTemplates } from "./templates.js";
import { TermRows } from "./term-rows.js";
import { TermTangents } from "./term-tangents.js";

/** Terms in kernels, which parts of the same templates share: each part takes its turn. */
const rooms = new WeakMap<TermTemplates, TermRows>();

function roomOf(templates: TermTemplates): TermRows {
  let room = rooms.get(templates);
  if (!room) {
    room = new TermRows(templates);
    rooms.set(templates, room);
  }
  return room;
}

/**
 * A term whose components are scaled or moved: μ_b = Σ_k Π_s (1 + θ_s) Z_kb(θ), with products of
 * nuisances and, along a position, splines.
 */
export class ShapedPart implements BinnedTerm {
  readonly isQuadratic = false;
  readonly #term: TermRows;
  readonly #tangents: TermTangents;
  readonly #charges: Float64Array;
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  #family = 0;
  #floor = FLOOR;
  /** What empty bins are taken to have seen. */
  #seen = 0;

  /** @param index of the term's nuisances in the joint profile */
  constructor(
    readonly templates: TermTemplates,
    private readonly observation: Observation,
    private readonly index: readonly number[],
  ) {
    this.#term = roomOf(templates);
    this.#tangents = new TermTangents(this.#term, index);
    this.#charges = new Float64Array(templates.term.charges.length);
    this.#values = new Float64Array(index.length);
    this.#slopes = new Float64Array(templates.term.charges.length);
  }

  setPoint(charges: Float64Array, family: number): void {
    const own = this.#charges;
    const { term } = this.templates;
    for (let c = 0; c < own.length; c++) own[c] = charges[term.charges[c]];
    this.#family = family;
    if (this.#term.tenant === this) this.#term.setPoint(own, family);
  }

  chi2At(theta: Float64Array): number {
    const { index } = this;
    const values = this.#values;
    for (let j = 0; j < index.length; j++) values[j] = theta[index[j]];
    this.#enter();
    return this.#term.evaluate(values, this.#floor);
  }

  addDerivatives(_: Float64Array, derivatives: Derivatives): void {
    this.#tangents.addTo(this.#values, derivatives);
  }

  addChargeGradient(theta: Float64Array, out: Float64Array): void {
    this.chi2At(theta);
    this.#slopes.fill(0);
    this.#term.addChargeGradient(this.#values, this.#slopes);
    const { charges } = this.templates.term;
    for (let c = 0; c < charges.length; c++) out[charges[c]] += this.#slopes[c];
  }

  isInDomain(): boolean {
    if (this.templates.term.statistic !== "poisson") return true;
    return isPoissonDomain(this.#term.mu, this.observation.counts, this.#floor);
  }

  chi2AtLatest(): number {
    if (!this.isInDomain()) return Number.POSITIVE_INFINITY;
    const { counts } = this.observation;
    const { mu } = this.#term;
    const unused = new Float64Array(counts.length);
    return this.templates.term.statistic === "poisson"
      ? poissonChi2(mu, counts, this.#floor, unused, unused)
      : this.#term.evaluate(this.#values, this.#floor);
  }

  isImpossible(): boolean {
    if (this.templates.term.statistic !== "poisson") return false;
    this.#enter();
    return this.observation.counts.some((count, bin) => count > 0 && this.#term.isEmpty(bin));
  }

  setBarrier(floor = FLOOR, seen = 0): void {
    this.#floor = floor;
    if (seen === this.#seen) return;
    this.#seen = seen;
    if (this.#term.tenant === this) this.#term.tenant = undefined;
  }

  /** Brings this part's data and point to the kernel. */
  #enter(): void {
    const term = this.#term;
    if (term.tenant === this) return;
    term.tenant = this;
    const { counts, variance } = this.observation;
    const isPoisson = this.templates.term.statistic === "poisson";
    for (let b = 0; b < counts.length; b++) {
      term.counts[b] = isPoisson ? counts[b] || this.#seen : counts[b];
      term.inverse[b] = 1 / (isPoisson ? term.counts[b] : (variance?.[b] ?? 0));
    }
    term.setPoint(this.#charges, this.#family);
  }
}
