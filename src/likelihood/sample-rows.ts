import { type BinKernel, type Rows, rowOf } from "./bin-kernel.js";
import { isRigid, layerRows, type SampleLayout } from "./sample-layout.js";
import { splineWeights } from "./spline.js";
import type { TermTemplates } from "./templates.js";

/** How many rows and floats a component needs of a kernel, and how many basis rows besides Z. */
export function sampleSize({ term }: TermTemplates, layout: SampleLayout) {
  const { shapes, norms, layers, component } = layout;
  const rows = 1 + 2 * shapes.length;
  const charges = component === "signal" ? term.charges.length : 0;
  const moves = layers > 1;
  return {
    rows: layers * rows * (charges + 1) + (moves ? rows : 0),
    floats: rows * (2 + 4 * (2 + charges)) + 4,
    basis: isRigid(layout) ? 0 : shapes.length + (norms.length > 0 ? 1 : 0) + (moves ? 1 : 0),
  };
}

/**
 * The rows of one component: its templates, what they give at a point's charges (layers), and the basis
 * rows at its nuisances: Z = (1 + Σ θ_n) M + Σ (θ L + θ² C), M where norms act on it, ∂Z/∂θ of every
 * shape, and ∂Z/∂position. Of a rigid component there is M only, and Z = (1 + Σ θ_n) M.
 */
export class SampleRows {
  readonly isSignal: boolean;
  readonly isRigid: boolean;
  /** Places among the basis rows of the term. */
  readonly z: number;
  readonly nominal: number;
  readonly tangent: number;
  readonly velocity: number;
  /** Σ_b slope_b of M, then of L and C of every shape, and of their derivatives by the position. */
  readonly products: Float64Array;
  readonly productSlopes: Float64Array;
  readonly productBends: Float64Array;
  /** What M, L and C count for in Z: 1 + Σ θ_n, then θ and θ² of every shape. */
  readonly factors: Float64Array;
  readonly #rows: number;
  readonly #active: number;
  readonly #charges: Float64Array;
  readonly #templates: Rows;
  readonly #layers: Rows;
  /** M, L and C at the position. */
  readonly #mixed: Rows;
  readonly #doubled: Float64Array;
  readonly #along: Float64Array;
  readonly #dots: Float64Array;
  readonly #weights: {
    first: number;
    value: Float64Array;
    slope: Float64Array;
    bend: Float64Array;
  };
  /** By layer: the family value its templates were read at, and the point it was filled for. */
  readonly #readAt: Float64Array;
  readonly #filledFor: Float64Array;
  #family = 0;
  #point = 0;

  /**
   * @param basis rows of the term
   * @param z place of Z among them
   * @param more where its other rows begin
   */
  constructor(
    private readonly kernel: BinKernel,
    private readonly templates: TermTemplates,
    readonly layout: SampleLayout,
    private readonly basis: Rows,
    z: number,
    more: number,
  ) {
    const { shapes, norms, layers, component } = layout;
    this.isSignal = component === "signal";
    this.isRigid = isRigid(layout);
    this.z = z;
    this.nominal = this.isRigid ? z : more;
    this.tangent = more + (norms.length > 0 ? 1 : 0);
    this.velocity = this.tangent + shapes.length;
    const moves = layers > 1;
    const rows = 1 + 2 * shapes.length;
    const charges = this.isSignal ? templates.term.charges.length : 0;
    this.#rows = rows;
    this.#active = moves ? 4 : 1;
    this.#charges = kernel.floats(charges);
    this.#templates = kernel.rows(layers * rows * charges);
    // A rigid component's only row is its basis row.
    const at = basis.at + z * basis.bytes;
    this.#layers = this.isRigid ? { ...basis, at } : kernel.rows(layers * rows);
    this.#mixed = moves ? kernel.rows(rows) : this.#layers;
    this.factors = kernel.floats(rows).fill(1);
    this.#doubled = kernel.floats(rows).fill(1);
    this.#along = kernel.floats(rows * this.#active);
    this.#dots = kernel.floats(rows * this.#active * Math.max(charges, 1));
    this.#weights = {
      first: 0,
      value: kernel.floats(this.#active).fill(1),
      slope: new Float64Array(this.#active),
      bend: new Float64Array(this.#active),
    };
    this.products = new Float64Array(rows);
    this.productSlopes = new Float64Array(rows);
    this.productBends = new Float64Array(rows);
    this.#readAt = new Float64Array(layers).fill(Number.NaN);
    this.#filledFor = new Float64Array(layers);
  }

  /** @param charges of the term, squared */
  setPoint(charges: Float64Array, family: number): void {
    if (this.#point > 0 && !this.isSignal) return;
    this.#family = this.templates.hasFamily ? family : 0;
    if (this.isSignal) this.#charges.set(charges);
    this.#point++;
    if (this.isRigid) this.#fill(0);
  }

  /** Brings Z to the nuisances (of the term). */
  evaluate(values: Float64Array): void {
    const { factors, kernel, basis } = this;
    const { norms, shapes, position } = this.layout;
    factors[0] = 1;
    for (let n = 0; n < norms.length; n++) factors[0] += values[norms[n]];
    if (this.isRigid) return;
    for (let i = 0; i < shapes.length; i++) {
      const value = values[shapes[i]];
      factors[1 + 2 * i] = value;
      factors[2 + 2 * i] = value * value;
      this.#doubled[2 * i + 1] = 2 * value;
    }
    if (position === undefined) this.#fill(0);
    else this.#move(values[position]);
    const { loops, bytes } = kernel;
    const z = basis.at + this.z * bytes;
    loops.mix(z, 0, this.#mixed.at, 1, 0, this.#rows, bytes, factors.byteOffset, 0, bytes);
  }

  /** Brings the other basis rows to the nuisances of the latest evaluation. */
  differentiate(): void {
    if (this.isRigid) return;
    const { factors, basis } = this;
    const { loops, bytes } = this.kernel;
    const { norms, shapes, layers } = this.layout;
    const { first, slope } = this.#weights;
    const twice = this.#doubled.byteOffset;
    const mixed = this.#mixed.at;
    const rows = this.#rows;
    const nominal = basis.at + this.nominal * bytes;
    if (norms.length > 0) loops.mix(nominal, 0, mixed, 1, 0, 1, bytes, twice, 0, bytes);
    const tangent = basis.at + this.tangent * bytes;
    const pairs = mixed + bytes;
    loops.mix(tangent, bytes, pairs, shapes.length, 2 * bytes, 2, bytes, twice, 16, bytes);
    if (layers === 1) return;
    const along = this.#along;
    for (let r = 0, k = 0; r < rows; r++) {
      for (let m = 0; m < 4; m++) along[k++] = factors[r] * slope[m];
    }
    const velocity = basis.at + this.velocity * bytes;
    const from = this.#layers.at + first * bytes;
    const apart = layers * bytes;
    loops.mix(velocity, 0, from, rows, apart, 4, bytes, along.byteOffset, 32, bytes);
  }

  /** M, L and C at a position. */
  #move(position: number): void {
    const { loops, bytes } = this.kernel;
    const { layers } = this.layout;
    const weights = this.#weights;
    splineWeights((this.templates.position as { values: Float64Array }).values, position, weights);
    for (let m = 0; m < 4; m++) this.#fill(weights.first + m);
    const from = this.#layers.at + weights.first * bytes;
    const { byteOffset } = weights.value;
    loops.mix(
      this.#mixed.at,
      bytes,
      from,
      this.#rows,
      layers * bytes,
      4,
      bytes,
      byteOffset,
      0,
      bytes,
    );
  }

  /** Brings the products up to date. @param slope place of a row */
  multiply(slope: number): void {
    const { loops, bytes } = this.kernel;
    const { first, value, slope: slopes, bend } = this.#weights;
    const { products, productSlopes, productBends } = this;
    const active = this.#active;
    const dots = this.#dots;
    const from = this.#layers.at + first * bytes;
    const apart = this.layout.layers * bytes;
    loops.dots(slope, from, this.#rows, apart, active, bytes, dots.byteOffset, bytes);
    for (let r = 0, k = 0; r < this.#rows; r++) {
      products[r] = 0;
      productSlopes[r] = 0;
      productBends[r] = 0;
      for (let m = 0; m < active; m++, k++) {
        products[r] += value[m] * dots[k];
        productSlopes[r] += slopes[m] * dots[k];
        productBends[r] += bend[m] * dots[k];
      }
    }
  }

  /** Adds `scale` Σ_b slope_b ∂Z_b/∂q_c at the latest evaluation, [charges of the term]. */
  addChargeGradient(slope: number, scale: number, out: Float64Array): void {
    const { loops, bytes } = this.kernel;
    const { first, value } = this.#weights;
    const rows = this.#rows;
    const charges = this.#charges.length;
    const dots = this.#dots;
    const block = rows * charges * bytes;
    for (let m = 0; m < this.#active; m++) {
      const from = this.#templates.at + (first + m) * block;
      loops.dots(slope, from, 1, 0, rows * charges, bytes, dots.byteOffset, bytes);
      for (let r = 0, k = 0; r < rows; r++) {
        const factor = scale * this.factors[r] * value[m];
        for (let c = 0; c < charges; c++) out[c] += factor * dots[k++];
      }
    }
  }

  /** Whether a bin is empty whatever the nuisances of its shapes. */
  isEmpty(bin: number): boolean {
    for (let k = 0; k < this.layout.layers; k++) {
      this.#fill(k);
      for (let r = 0; r < this.#rows; r++) {
        if (rowOf(this.#layers, r * this.layout.layers + k)[bin] !== 0) return false;
      }
    }
    return true;
  }

  /** A layer at the point's charges: computed when first asked for. */
  #fill(k: number): void {
    if (this.#filledFor[k] === this.#point) return;
    this.#filledFor[k] = this.#point;
    if (this.#readAt[k] !== this.#family) this.#read(k);
    if (!this.isSignal) return;
    const { loops, bytes } = this.kernel;
    const charges = this.#charges.length;
    const apart = this.layout.layers * bytes;
    const block = charges * bytes;
    const from = this.#templates.at + k * this.#rows * block;
    const to = this.#layers.at + k * bytes;
    const { byteOffset } = this.#charges;
    loops.mix(to, apart, from, this.#rows, block, charges, bytes, byteOffset, 0, bytes);
  }

  /** Reads the templates of a layer. */
  #read(k: number): void {
    this.#readAt[k] = this.#family;
    const charges = this.#charges.length;
    layerRows(this.templates, this.layout, k, this.#family).forEach((rows, r) => {
      if (!this.isSignal) rowOf(this.#layers, r).set(rows?.[0] ?? []);
      for (let c = 0; c < charges; c++) {
        const row = rowOf(this.#templates, (k * this.#rows + r) * charges + c);
        if (rows) row.set(rows[c]);
        else row.fill(0);
      }
    });
  }
}
