import { addScaled, dot } from "../numerics/linear-algebra.js";
import type { ComponentIndex, Effect } from "./description.js";
import { Layers } from "./layers.js";
import { combine, dotFour } from "./rows.js";
import { createSplineWeights, type SplineWeights, splineWeights } from "./spline.js";
import type { TermTemplates } from "./templates.js";

/** Takes a summand of the second derivative by two nuisances (of the term), in either order. */
type AddBend = (j: number, k: number, value: number) => void;

const STILL: SplineWeights = {
  first: 0,
  value: Float64Array.of(1),
  slope: new Float64Array(1),
  bend: new Float64Array(1),
};

/**
 * One component of a term before its scales: Z_b(θ) = M_b + Σ_j (θ_j L_jb + θ_j² C_jb), where the
 * rows of a component with a position are splines in it: four layers act at a time, else one.
 */
export class Shape {
  /** Nuisances (of the term) that reshape the component, scale it, and move it. */
  readonly shapes: readonly number[];
  readonly scales: readonly number[];
  readonly position: number | undefined;
  /** Whether Z is linear in the nuisances and nothing multiplies it. */
  readonly isPlain: boolean;
  /** Z, ∂Z/∂θ of each shape, and ∂Z/∂position, at the latest evaluation, [bins]. */
  readonly z: Float64Array;
  readonly tangents: readonly Float64Array[];
  readonly velocity: Float64Array | undefined;
  private readonly curved: readonly number[];
  private readonly layers: Layers;
  /** M + Σ θ L + θ² C of each active layer. */
  private readonly active: readonly Float64Array[];
  /** The rows of the active layers beside each other: [shapes, then curved][active]. */
  private readonly across: readonly Float64Array[][];
  private readonly products = new Float64Array(4);
  private readonly weights: SplineWeights;
  private readonly coefficients: Float64Array;
  private readonly spare: Float64Array;

  constructor(
    private readonly templates: TermTemplates,
    component: ComponentIndex,
  ) {
    const { term, nuisances, bins } = templates;
    const effects = term.effects.filter((effect) => effect.component === component);
    const of = (...kinds: readonly Effect["kind"][]) =>
      effects
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ nuisance }) => nuisances.indexOf(nuisance));
    this.shapes = [...new Set(of("norm", "relative", "morph"))];
    this.scales = of("scale");
    this.position = of("position").at(0);
    const isCurved = (j: number) =>
      effects.some(
        (effect) =>
          effect.kind === "morph" &&
          nuisances.indexOf(effect.nuisance) === j &&
          effect.quadratic.some((value) => value !== 0),
      );
    this.curved = this.shapes.filter(isCurved);
    const moves = this.position !== undefined;
    this.isPlain = this.scales.length === 0 && !moves && this.curved.length === 0;

    const row = () => new Float64Array(bins);
    this.layers = new Layers(templates, component, this.shapes, this.curved, moves);
    this.active = Array.from({ length: moves ? 4 : 1 }, row);
    this.across = [...this.shapes, ...this.curved].map(() => [...this.active]);
    this.weights = moves ? createSplineWeights() : STILL;
    this.z = moves ? row() : this.active[0];
    this.tangents = this.shapes.map(row);
    this.velocity = moves ? row() : undefined;
    this.coefficients = new Float64Array(this.shapes.length + this.curved.length);
    this.spare = row();
  }

  /** @param own squared charges of the term */
  setPoint(own: Float64Array, familyValue: number): void {
    this.layers.setPoint(own, familyValue);
  }

  /** Computes Z and its derivatives. @param values of the term's nuisances */
  evaluate(values: Float64Array): void {
    const { shapes, curved, coefficients, active, across, weights, position } = this;
    const { templates, layers, tangents, products: doubled } = this;
    for (let i = 0; i < shapes.length; i++) coefficients[i] = values[shapes[i]];
    for (let i = 0; i < curved.length; i++) {
      coefficients[shapes.length + i] = values[curved[i]] ** 2;
    }
    if (position !== undefined && templates.position) {
      splineWeights(templates.position.values, values[position], weights);
    }
    for (let m = 0; m < active.length; m++) {
      const { nominal, rows } = layers.at(weights.first + m);
      combine(active[m], nominal, coefficients, rows);
      for (let i = 0; i < rows.length; i++) across[i][m] = rows[i];
    }
    for (let i = 0; i < shapes.length; i++) {
      combine(tangents[i], undefined, weights.value, across[i]);
    }
    for (let i = 0; i < curved.length; i++) {
      const rows = across[shapes.length + i];
      const twice = 2 * values[curved[i]];
      for (let m = 0; m < active.length; m++) doubled[m] = twice * weights.value[m];
      combine(this.spare, undefined, doubled, rows);
      addScaled(tangents[shapes.indexOf(curved[i])], 1, this.spare);
    }
    if (!this.velocity) return;
    combine(this.z, undefined, weights.value, active);
    combine(this.velocity, undefined, weights.slope, active);
  }

  /**
   * Second derivatives of Z, summed over bins with the slope ∂χ²/∂μ_b as weight.
   * @param add receives two nuisances (of the term) and Σ_b slope_b ∂²Z_b/∂θ∂θ, each pair once, or
   *   half of it where both are the same
   */
  addBends(slope: Float64Array, values: Float64Array, add: AddBend): void {
    const { shapes, curved, across, weights, position, products } = this;
    for (let i = 0; i < curved.length; i++) {
      dotEach(slope, across[shapes.length + i], products);
      const j = curved[i];
      add(j, j, dot(weights.value, products));
      if (position !== undefined) {
        add(position, j, 2 * values[j] * dot(weights.slope, products));
      }
    }
    if (position === undefined) return;
    for (let i = 0; i < shapes.length; i++) {
      dotEach(slope, across[i], products);
      add(position, shapes[i], dot(weights.slope, products));
    }
    dotEach(slope, this.active, products);
    add(position, position, 0.5 * dot(weights.bend, products));
  }

  /** Every row that Z can be made of. */
  sources(): Float64Array[] {
    return this.layers.all().flatMap(({ nominal, rows }) => [nominal, ...rows]);
  }
}

/** Scalar products of one row with one or four others. */
function dotEach(row: Float64Array, rows: readonly Float64Array[], out: Float64Array): void {
  if (rows.length === 4) dotFour(row, rows, 0, out);
  else out[0] = dot(row, rows[0]);
}
