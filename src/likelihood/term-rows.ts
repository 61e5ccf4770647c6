import { addScaled } from "../numerics/linear-algebra.js";
import { BinKernel, type Rows, rowOf } from "./bin-kernel.js";
import { type SampleLayout, sampleLayout } from "./sample-layout.js";
import { SampleRows, sampleSize } from "./sample-rows.js";
import type { TermTemplates } from "./templates.js";

/**
 * A term in the memory of a kernel, at one point and for the data of one part at a time: expected counts
 * are sums of basis rows, μ = Σ_i m_i(θ) X_i, and so are all ∂μ/∂θ.
 */
export class TermRows {
  readonly samples: readonly SampleRows[];
  /** Number of basis rows, and by basis row Σ_b slope_b X_b. */
  readonly size: number;
  readonly products: Float64Array;
  /** Σ_b weight_b X_b X'_b by pair of basis rows, lower triangle of [size × size]. */
  readonly gram: Float64Array;
  /** Expected and observed, [bins]. */
  readonly mu: Float64Array;
  readonly counts: Float64Array;
  /** 1/N of a Poisson term, 1/σ² of a Gaussian one. */
  readonly inverse: Float64Array;
  /** ∂χ²/∂μ and ∂²χ²/∂μ². */
  readonly #slope: Float64Array;
  readonly #weight: Float64Array;
  /** The part whose data and point these are. */
  tenant: object | undefined;
  readonly #kernel: BinKernel;
  readonly #isPoisson: boolean;
  /** What nothing changes, then the basis rows. */
  readonly #rows: Rows;
  readonly #basis: Rows;
  readonly #amplitudes: Float64Array;
  readonly #scratch: Float64Array;
  readonly #charges: Float64Array;
  #family = Number.NaN;

  constructor(templates: TermTemplates) {
    const { term } = templates;
    this.#isPoisson = term.statistic === "poisson";
    const all = [sampleLayout(templates, "signal")];
    const fixed = new Float64Array(term.bins);
    term.backgrounds.forEach(({ counts }, k) => {
      const layout = sampleLayout(templates, k);
      if (isFixed(layout)) addScaled(fixed, 1, counts);
      else all.push(layout);
    });
    const sizes = all.map((layout) => sampleSize(templates, layout));
    const sum = (of: (size: (typeof sizes)[number]) => number) =>
      sizes.reduce((total, size) => total + of(size), 0);
    this.size = all.length + sum(({ basis }) => basis);
    const rows = sum((size) => size.rows) + this.size + 7;
    const pieces = 4 + 8 * all.length;
    const floats = sum((size) => size.floats) + this.size * (this.size + 2) + 1 + pieces;
    this.#kernel = new BinKernel(term.bins, rows, floats);
    this.#rows = this.#kernel.rows(this.size + 1);
    this.#basis = { ...this.#rows, at: this.#rows.at + this.#rows.bytes };
    rowOf(this.#rows).set(fixed);
    let more = all.length;
    this.samples = all.map((layout, z) => {
      const sample = new SampleRows(this.#kernel, templates, layout, this.#basis, z, more);
      more += sizes[z].basis;
      return sample;
    });
    const row = () => rowOf(this.#kernel.rows(1)).subarray(0, term.bins);
    this.mu = row();
    this.#slope = row();
    this.counts = row();
    this.inverse = row();
    this.#weight = row();
    this.#scratch = row();
    this.products = this.#kernel.floats(this.size);
    this.gram = this.#kernel.floats(this.size * this.size);
    this.#amplitudes = this.#kernel.floats(1 + all.length).fill(1);
    this.#charges = new Float64Array(term.charges.length);
  }

  /** @param charges of the term, squared */
  setPoint(charges: Float64Array, family: number): void {
    const own = this.#charges;
    let isNew = this.#family !== family;
    this.#family = family;
    for (let c = 0; c < own.length; c++) {
      if (own[c] === charges[c]) continue;
      own[c] = charges[c];
      isNew = true;
    }
    if (!isNew) return;
    for (const sample of this.samples) sample.setPoint(own, family);
  }

  /** χ² at nuisances of the term, and its derivatives by μ. @param floor see `poissonChi2` */
  evaluate(values: Float64Array, floor: number): number {
    const { samples, mu, counts, inverse } = this;
    const { loops, bytes } = this.#kernel;
    const amplitudes = this.#amplitudes;
    for (let k = 0; k < samples.length; k++) {
      const sample = samples[k];
      sample.evaluate(values);
      const factor = scaleOf(sample.layout, values);
      amplitudes[1 + k] = sample.isRigid ? factor * sample.factors[0] : factor;
    }
    const n = 1 + samples.length;
    loops.mix(mu.byteOffset, 0, this.#rows.at, 1, 0, n, bytes, amplitudes.byteOffset, 0, bytes);
    const weight = this.#weight.byteOffset;
    const [m, c, i, s] = [
      mu.byteOffset,
      counts.byteOffset,
      inverse.byteOffset,
      this.#slope.byteOffset,
    ];
    return this.#isPoisson
      ? loops.poisson(m, c, i, floor, s, weight, bytes)
      : loops.gaussian(m, c, i, s, weight, bytes);
  }

  /** Brings the basis rows, their products and their Gram matrix to the latest evaluation. */
  differentiate(): void {
    const { loops, bytes } = this.#kernel;
    const { size, products, gram, samples } = this;
    const slope = this.#slope.byteOffset;
    const { at } = this.#basis;
    for (let k = 0; k < samples.length; k++) samples[k].differentiate();
    loops.dots(slope, at, 1, 0, size, bytes, products.byteOffset, bytes);
    const scratch = this.#scratch.byteOffset;
    loops.gram(this.#weight.byteOffset, at, size, scratch, gram.byteOffset, bytes);
    for (const sample of samples) {
      if (!sample.isRigid) sample.multiply(slope);
    }
  }

  /** Adds ∂χ²/∂q_c at the latest evaluation. @param out [charges of the term] */
  addChargeGradient(values: Float64Array, out: Float64Array): void {
    for (const sample of this.samples) {
      if (!sample.isSignal) continue;
      sample.addChargeGradient(this.#slope.byteOffset, scaleOf(sample.layout, values), out);
    }
  }

  /** Whether a bin expects nothing whatever the nuisances. */
  isEmpty(bin: number): boolean {
    return rowOf(this.#rows)[bin] === 0 && this.samples.every((sample) => sample.isEmpty(bin));
  }
}

function isFixed({ scales, norms, shapes, position }: SampleLayout): boolean {
  return scales.length + norms.length + shapes.length === 0 && position === undefined;
}

/** Π (1 + θ_s) over the scales of a component, some left out. */
export function scaleOf(
  { scales }: SampleLayout,
  values: Float64Array,
  without = -1,
  and = -1,
): number {
  let factor = 1;
  for (let s = 0; s < scales.length; s++) {
    if (s !== without && s !== and) factor *= 1 + values[scales[s]];
  }
  return factor;
}
