import { addScaled, dot } from "../numerics/linear-algebra.js";
import { BinnedPart } from "./binned.js";
import type { Observation } from "./description.js";
import type { Derivatives } from "./part.js";
import { combine } from "./rows.js";
import { Shape } from "./shape.js";
import type { TermTemplates } from "./templates.js";

/**
 * A term whose components are scaled or moved: μ_b = Σ_k Π_s (1 + θ_s) Z_kb(θ), with products of
 * nuisances and, along a position, splines.
 */
export class ShapedPart extends BinnedPart {
  override readonly isQuadratic = false;
  private readonly varying: readonly Shape[];
  private readonly plain: readonly Shape[];
  /** Nuisances (of the term) that only plain components feel: ∂μ/∂θ is constant for a point. */
  private readonly isVarying: readonly boolean[];

  constructor(templates: TermTemplates, observation: Observation, index: readonly number[]) {
    super(templates, observation, index);
    const shapes = [
      new Shape(templates, "signal"),
      ...templates.term.backgrounds.map((_, k) => new Shape(templates, k)),
    ];
    this.plain = shapes.filter((shape) => shape.isPlain);
    this.varying = shapes.filter((shape) => !shape.isPlain);
    const row = () => new Float64Array(templates.bins);
    this.isVarying = index.map((_, j) =>
      this.varying.some(
        (shape) => shape.shapes.includes(j) || shape.scales.includes(j) || shape.position === j,
      ),
    );
    for (let j = 0; j < index.length; j++) {
      this.linear[j] = row();
      this.tangent[j] = this.isVarying[j] ? row() : this.linear[j];
    }
  }

  override setPoint(charges: Float64Array, familyValue: number): void {
    const { own, nominal, linear, values } = this;
    const { term } = this.templates;
    for (let c = 0; c < own.length; c++) own[c] = charges[term.charges[c]];
    for (const shape of this.varying) shape.setPoint(own, familyValue);
    nominal.fill(0);
    for (const row of linear) row.fill(0);
    values.fill(0);
    for (const shape of this.plain) {
      shape.setPoint(own, familyValue);
      shape.evaluate(values);
      addScaled(nominal, 1, shape.z);
      shape.shapes.forEach((j, i) => {
        addScaled(linear[j], 1, shape.tangents[i]);
      });
    }
  }

  protected override expect(): void {
    const { mu, nominal, linear, tangent, values, isVarying } = this;
    combine(mu, nominal, values, linear);
    for (let j = 0; j < tangent.length; j++) if (isVarying[j]) tangent[j].set(linear[j]);
    for (const shape of this.varying) {
      shape.evaluate(values);
      const factor = product(shape, values);
      addScaled(mu, factor, shape.z);
      for (let i = 0; i < shape.shapes.length; i++) {
        addScaled(tangent[shape.shapes[i]], factor, shape.tangents[i]);
      }
      for (let s = 0; s < shape.scales.length; s++) {
        addScaled(tangent[shape.scales[s]], product(shape, values, s), shape.z);
      }
      if (shape.velocity) addScaled(tangent[shape.position as number], factor, shape.velocity);
    }
  }

  protected override addBends({ n, bend }: Derivatives): void {
    const { index, slope, values } = this;
    let factor = 1;
    const add = (j: number, k: number, value: number): void => {
      bend[index[j] * n + index[k]] += factor * value;
      bend[index[k] * n + index[j]] += factor * value;
    };
    for (const shape of this.varying) {
      const { shapes, scales, position, velocity, z, tangents } = shape;
      factor = product(shape, values);
      shape.addBends(slope, values, add);
      for (let s = 0; s < scales.length; s++) {
        factor = product(shape, values, s);
        for (let i = 0; i < shapes.length; i++) add(scales[s], shapes[i], dot(slope, tangents[i]));
        if (velocity) add(scales[s], position as number, dot(slope, velocity));
        for (let other = 0; other < s; other++) {
          factor = product(shape, values, s, other);
          add(scales[s], scales[other], dot(slope, z));
        }
      }
    }
  }

  protected override sources(): Float64Array[] {
    return [this.nominal, ...this.linear, ...this.varying.flatMap((shape) => shape.sources())];
  }
}

/** Π (1 + θ_s) over the scales of a component, some left out. */
function product({ scales }: Shape, values: Float64Array, without = -1, and = -1): number {
  let factor = 1;
  for (let s = 0; s < scales.length; s++) {
    if (s !== without && s !== and) factor *= 1 + values[scales[s]];
  }
  return factor;
}
