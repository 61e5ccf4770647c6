import { addScaled, dot } from "../numerics/linear-algebra.js";
import type { Observation } from "./description.js";
import { gaussianChi2 } from "./gaussian.js";
import type { BinnedTerm, Derivatives } from "./part.js";
import { FLOOR, isPoissonDomain, poissonChi2 } from "./poisson.js";
import { signalResponse } from "./profile.js";
import { combine } from "./rows.js";
import { TangentProducts } from "./tangent-products.js";
import type { TermTemplates } from "./templates.js";

/**
 * A term evaluated bin by bin whose μ is a sum of what its nuisances do: also the direct route for
 * Gaussian terms.
 */
export class BinnedPart implements BinnedTerm {
  readonly isQuadratic: boolean;
  /** Signal counts S_b at nominal nuisances, [bins]. */
  readonly signal: Float64Array;
  /** Expected counts of the latest evaluation, [bins]. */
  readonly mu: Float64Array;
  /** ∂χ²/∂μ_b of the latest evaluation, [bins]. */
  readonly slope: Float64Array;
  private readonly nominal: Float64Array;
  private readonly weight: Float64Array;
  /** By nuisance of the term: ∂μ/∂θ at θ = 0 and, where μ has one, the coefficient of θ². */
  protected readonly linear: Float64Array[];
  protected readonly quadratic: (Float64Array | undefined)[];
  /** ∂μ/∂θ at the current θ: `linear` itself where nothing is quadratic. */
  private readonly tangent: Float64Array[];
  /** The term's own squared charges and nuisances. */
  protected readonly own: Float64Array;
  private readonly values: Float64Array;
  private readonly products: TangentProducts;
  private readonly poisson: boolean;
  private readonly inverseVariance: Float64Array;
  private readonly observed: Float64Array;
  private counts: Float64Array;
  private floor = FLOOR;
  private family = 0;

  /** @param index of the term's nuisances in the joint profile */
  constructor(
    readonly templates: TermTemplates,
    observation: Observation,
    private readonly index: readonly number[],
  ) {
    const { bins } = templates;
    const row = () => new Float64Array(bins);
    this.poisson = templates.term.statistic === "poisson";
    this.isQuadratic = !this.poisson && !templates.curves.includes(true);
    this.observed = observation.counts;
    this.counts = observation.counts;
    this.inverseVariance = (observation.variance ?? row()).map((variance) => 1 / variance);
    this.own = new Float64Array(templates.term.charges.length);
    this.values = new Float64Array(index.length);
    this.signal = row();
    this.mu = row();
    this.slope = row();
    this.nominal = row();
    this.weight = row();
    const { constant, factor, morphsSignal, curves } = templates;
    this.linear = templates.nuisances.map((_, j) => {
      if (!templates.touchesSignal(j)) return constant[j] ?? row();
      const isNorm = factor[j]?.every((value) => value === 1) && !constant[j] && !morphsSignal[j];
      return isNorm ? this.signal : row();
    });
    this.quadratic = curves.map((curved) => (curved ? row() : undefined));
    this.tangent = this.linear.map((linear, j) => (this.quadratic[j] ? row() : linear));
    this.products = new TangentProducts(index, this.tangent, bins);
  }

  setPoint(charges: Float64Array, familyValue: number): void {
    const { background, constant, factor } = this.templates;
    const { signal, nominal } = this;
    this.family = familyValue;
    this.fillRows(charges, familyValue);
    for (let b = 0; b < nominal.length; b++) nominal[b] = background[b] + signal[b];
    for (let j = 0; j < this.linear.length; j++) {
      const linear = this.linear[j];
      const shape = factor[j];
      if (!shape || linear === signal || linear === constant[j]) continue;
      for (let b = 0; b < linear.length; b++) linear[b] += shape[b] * signal[b];
    }
  }

  /** Fills the rows that are linear in the charges: the signal, and what nuisances add to it. */
  protected fillRows(charges: Float64Array, familyValue: number): void {
    const { term, constant, constantQuadratic } = this.templates;
    const templates = this.templates.signalAt(familyValue);
    const { own, signal } = this;
    for (let c = 0; c < own.length; c++) own[c] = charges[term.charges[c]];
    combine(signal, undefined, own, templates.counts);
    for (let j = 0; j < this.linear.length; j++) {
      const quadratic = this.quadratic[j];
      if (quadratic) combine(quadratic, constantQuadratic[j], own, templates.quadratic[j]);
      const linear = this.linear[j];
      if (linear === signal || linear === constant[j]) continue;
      combine(linear, constant[j], own, templates.linear[j]);
    }
  }

  chi2At(theta: Float64Array): number {
    const { index, mu, values, slope, weight } = this;
    for (let j = 0; j < index.length; j++) values[j] = theta[index[j]];
    this.expect();
    return this.poisson
      ? poissonChi2(mu, this.counts, this.floor, slope, weight)
      : gaussianChi2(mu, this.counts, this.inverseVariance, slope, weight);
  }

  addDerivatives(_: Float64Array, derivatives: Derivatives): void {
    this.products.addTo(derivatives, this.slope, this.weight);
    this.addBends(derivatives);
  }

  addChargeGradient(theta: Float64Array, out: Float64Array): void {
    const { index, templates, values, slope } = this;
    this.chi2At(theta);
    const { term, nuisances } = templates;
    const all = new Float64Array(Math.max(-1, ...nuisances) + 1);
    for (let j = 0; j < index.length; j++) all[nuisances[j]] = values[j];
    signalResponse(templates, this.family, all).forEach((row, c) => {
      out[term.charges[c]] += dot(slope, row);
    });
  }

  /** Computes μ and its tangents at `values`. */
  private expect(): void {
    const { linear, quadratic, tangent, mu, values } = this;
    combine(mu, this.nominal, values, linear);
    for (let j = 0; j < values.length; j++) {
      const curved = quadratic[j];
      if (!curved) continue;
      addScaled(mu, values[j] * values[j], curved);
      const row = tangent[j];
      for (let b = 0; b < mu.length; b++) row[b] = linear[j][b] + 2 * values[j] * curved[b];
    }
  }

  /** Adds what the second derivatives of μ contribute. */
  private addBends({ n, bend }: Derivatives): void {
    const { index, quadratic, slope } = this;
    for (let j = 0; j < index.length; j++) {
      const curved = quadratic[j];
      if (curved) bend[index[j] * (n + 1)] += 2 * dot(slope, curved);
    }
  }

  isInDomain(): boolean {
    return !this.poisson || isPoissonDomain(this.mu, this.observed, this.floor);
  }

  chi2AtLatest(): number {
    if (!this.isInDomain()) return Number.POSITIVE_INFINITY;
    const { mu, observed, inverseVariance } = this;
    const unused = new Float64Array(mu.length);
    return this.poisson
      ? poissonChi2(mu, observed, this.floor, unused, unused)
      : gaussianChi2(mu, observed, inverseVariance, unused, unused);
  }

  isImpossible(): boolean {
    if (!this.poisson) return false;
    const rows = [this.nominal, ...this.linear, ...this.quadratic.filter((row) => !!row)];
    return this.observed.some((count, b) => count > 0 && rows.every((row) => row[b] === 0));
  }

  setBarrier(floor = FLOOR, seen = 0): void {
    this.floor = floor;
    this.counts = seen ? this.observed.map((count) => count || seen) : this.observed;
  }
}
