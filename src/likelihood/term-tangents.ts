import type { Derivatives } from "./part.js";
import type { SampleRows } from "./sample-rows.js";
import { scaleOf, type TermRows } from "./term-rows.js";

/**
 * The chain rule of a term: every ∂μ/∂θ_j is a sum of basis rows, whose products with ∂χ²/∂μ and among
 * themselves give the derivatives of χ² by the nuisances.
 */
export class TermTangents {
  /** By summand: place of the nuisance in the joint profile, the basis row, and what it counts for. */
  readonly #nuisances: number[] = [];
  readonly #rows: number[] = [];
  readonly #factors: Float64Array;
  #bend: Float64Array = new Float64Array(0);
  #n = 0;
  #factor = 1;

  /** @param index of the term's nuisances in the joint profile */
  constructor(
    private readonly term: TermRows,
    private readonly index: readonly number[],
  ) {
    for (const sample of term.samples) {
      const { scales, norms, shapes, position } = sample.layout;
      for (const j of scales) this.#add(j, sample.z);
      for (const j of norms) this.#add(j, sample.nominal);
      shapes.forEach((j, i) => {
        this.#add(j, sample.tangent + i);
      });
      if (position !== undefined) this.#add(position, sample.velocity);
    }
    this.#factors = new Float64Array(this.#rows.length);
  }

  #add(nuisance: number, row: number): void {
    this.#nuisances.push(this.index[nuisance]);
    this.#rows.push(row);
  }

  /** Adds the derivatives of χ² at the latest evaluation of the term. */
  addTo(values: Float64Array, { n, gradient, hessian, bend }: Derivatives): void {
    const { products, gram, size, samples } = this.term;
    this.term.differentiate();
    this.#setFactors(values);
    const nuisances = this.#nuisances;
    const rows = this.#rows;
    const factors = this.#factors;
    for (let e = 0; e < rows.length; e++) {
      const a = nuisances[e];
      const row = rows[e];
      gradient[a] += factors[e] * products[row];
      for (let f = 0; f <= e; f++) {
        const b = nuisances[f];
        const other = rows[f];
        const place = row > other ? row * size + other : other * size + row;
        const value = factors[e] * factors[f] * gram[place];
        hessian[a * n + b] += value;
        if (f < e) hessian[b * n + a] += value;
      }
    }
    this.#bend = bend;
    this.#n = n;
    for (const sample of samples) this.#addBends(sample, values);
  }

  #setFactors(values: Float64Array): void {
    const factors = this.#factors;
    let e = 0;
    for (const { layout, isRigid, factors: own } of this.term.samples) {
      const { scales, norms, shapes, position } = layout;
      const amplitude = isRigid ? own[0] : 1;
      for (let s = 0; s < scales.length; s++) factors[e++] = amplitude * scaleOf(layout, values, s);
      const factor = scaleOf(layout, values);
      const rest = norms.length + shapes.length + (position === undefined ? 0 : 1);
      for (let i = 0; i < rest; i++) factors[e++] = factor;
    }
  }

  /** Adds what the second derivatives of μ contribute. */
  #addBends(sample: SampleRows, values: Float64Array): void {
    const { layout, isRigid, z, nominal, tangent, velocity, factors } = sample;
    const { scales, norms, shapes, position } = layout;
    const { products } = this.term;
    const amplitude = isRigid ? factors[0] : 1;
    for (let s = 0; s < scales.length; s++) {
      this.#factor = scaleOf(layout, values, s);
      for (const j of norms) this.#bendBy(scales[s], j, products[nominal]);
      for (let i = 0; i < shapes.length; i++) {
        this.#bendBy(scales[s], shapes[i], products[tangent + i]);
      }
      if (position !== undefined) this.#bendBy(scales[s], position, products[velocity]);
      for (let other = 0; other < s; other++) {
        this.#factor = scaleOf(layout, values, s, other);
        this.#bendBy(scales[s], scales[other], amplitude * products[z]);
      }
    }
    if (isRigid) return;
    this.#factor = scaleOf(layout, values);
    const { products: own, productSlopes, productBends } = sample;
    for (let i = 0; i < shapes.length; i++) this.#bendBy(shapes[i], shapes[i], own[2 + 2 * i]);
    if (position === undefined) return;
    for (const j of norms) this.#bendBy(position, j, productSlopes[0]);
    let curvature = 0;
    for (let r = 0; r < factors.length; r++) curvature += factors[r] * productBends[r];
    this.#bendBy(position, position, 0.5 * curvature);
    for (let i = 0; i < shapes.length; i++) {
      const j = shapes[i];
      const mixed = productSlopes[1 + 2 * i] + 2 * values[j] * productSlopes[2 + 2 * i];
      this.#bendBy(position, j, mixed);
    }
  }

  /** Of two nuisances (of the term), each pair once, or half where both are the same. */
  #bendBy(j: number, k: number, value: number): void {
    const n = this.#n;
    const { index } = this;
    this.#bend[index[j] * n + index[k]] += this.#factor * value;
    this.#bend[index[k] * n + index[j]] += this.#factor * value;
  }
}
