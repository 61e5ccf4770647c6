import type { TermRows } from "./count-rows.js";
import type { Observation } from "./description.js";
import { excessCounts, type Priors, whitened } from "./marginalise.js";
import { QuadraticPart } from "./quadratic-part.js";
import { dotFour } from "./rows.js";
import type { TermTemplates } from "./templates.js";

/**
 * A Gaussian term from its event counts S_b. The residual (N − B − S)/σ and the derivatives of μ/σ by
 * the nuisances kept are vectors x_i = constant_i + shape_i S + morph_i; χ² needs their scalar products,
 * with the separable nuisances projected out.
 */
export class CountedGaussianPart extends QuadraticPart {
  /** x_0 the residual, x_1 … the derivatives; filled up to a multiple of four, each [bins]. */
  private readonly vectors: readonly Float64Array[];
  private readonly constants: readonly Float64Array[];
  private readonly shapes: readonly (Float64Array | undefined)[];
  /** Where the counts of each begin that a morph adds, if one does. */
  private readonly morphs: readonly (number | undefined)[];
  private readonly root: Float64Array;
  /** Filled up to a multiple of four. */
  private readonly directions: readonly Float64Array[];
  /** Scalar products of every vector with every direction. */
  private readonly along: Float64Array;
  private readonly signal: number;
  private readonly size: number;
  private readonly sums = new Float64Array(4);

  /**
   * @param index of the term's nuisances in the joint profile, undefined for separable ones
   * @param offset of the counts within a point
   */
  constructor(
    templates: TermTemplates,
    { counts, variance }: Observation,
    index: readonly (number | undefined)[],
    priors: Priors,
    rows: TermRows,
    offset: number,
  ) {
    super(index);
    const zero = new Float64Array(templates.bins);
    const inverse = (variance ?? zero).map((value) => 1 / value);
    const { kept, whiten, directions } = whitened(templates, inverse, priors, index);
    const excess = whiten(excessCounts(templates, counts, priors.auxiliary, index));
    this.size = kept.length + 1;
    this.root = inverse.map(Math.sqrt);
    this.signal = offset + rows.signal;
    this.constants = [excess, ...kept.map((j) => whiten(templates.constant[j] ?? zero))];
    const factors = kept.map((j) => templates.factor[j]);
    this.shapes = [
      this.root.map((value) => -value),
      ...factors.map((factor) => factor && whiten(factor)),
    ];
    const morphs = kept.map((j) => rows.linear[j]);
    this.morphs = [undefined, ...morphs.map((row) => (row === undefined ? row : offset + row))];
    this.vectors = inFours(this.constants.map((row) => Float64Array.from(row)));
    this.directions = inFours(directions);
    this.along = new Float64Array(this.size * this.directions.length);
  }

  override setPoint(point: Float64Array): void {
    for (let i = 0; i < this.size; i++) this.fill(i, point);
    const { vectors, directions, along, sums, entries } = this;
    const width = directions.length;
    for (let i = 0; i < this.size; i++) {
      for (let d = 0; d < width; d += 4) {
        dotFour(vectors[i], directions, d, sums);
        for (let k = 0; k < 4; k++) along[i * width + d + k] = sums[k];
      }
    }
    for (let i = 0, e = 0; i < this.size; i++) {
      for (let k = 0; k <= i; k++, e++) {
        if (k % 4 === 0) dotFour(vectors[i], vectors, k, sums);
        let value = sums[k % 4];
        for (let d = 0; d < width; d++) value -= along[i * width + d] * along[k * width + d];
        entries[e] = value;
      }
    }
  }

  private fill(i: number, point: Float64Array): void {
    const { root, signal } = this;
    const vector = this.vectors[i];
    const constant = this.constants[i];
    const shape = this.shapes[i];
    if (shape) {
      for (let b = 0; b < vector.length; b++) {
        vector[b] = constant[b] + shape[b] * point[signal + b];
      }
    }
    const morph = this.morphs[i];
    if (morph === undefined) return;
    if (!shape) vector.set(constant);
    for (let b = 0; b < vector.length; b++) vector[b] += root[b] * point[morph + b];
  }
}

/** Rows, and rows of zeros up to a multiple of four. */
function inFours(rows: readonly Float64Array[]): Float64Array[] {
  const missing = (4 - (rows.length % 4)) % 4;
  const empty = Array.from({ length: missing }, () => new Float64Array(rows[0].length));
  return [...rows, ...empty];
}
