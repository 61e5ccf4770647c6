import { addScaled, dot } from "../numerics/linear-algebra.js";
import type { ComponentIndex, Effect } from "./description.js";
import { combine, dotFour } from "./rows.js";
import { createSplineWeights, type SplineWeights, splineWeights } from "./spline.js";
import type { TermTemplates } from "./templates.js";

/** One table of a component at the point's charges: all rows [bins]. */
interface Layer {
  readonly nominal: Float64Array;
  /** L of each shape, then C of each curved one. */
  readonly rows: Float64Array[];
  /** Point for which the rows were computed. */
  version: number;
}

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
  /** Norms and relative shapes, by their place in `shapes`. */
  private readonly relative: readonly { shape: number; deviation?: Float64Array }[];
  private readonly layers: readonly Layer[];
  /** M + Σ θ L + θ² C of each active layer. */
  private readonly active: readonly Float64Array[];
  /** The rows of the active layers beside each other: [shapes, then curved][active]. */
  private readonly across: readonly Float64Array[][];
  private readonly products = new Float64Array(4);
  private readonly weights: SplineWeights;
  private readonly coefficients: Float64Array;
  private readonly own: Float64Array;
  private readonly spare: Float64Array;
  private familyValue = 0;
  private version = 0;

  constructor(
    private readonly templates: TermTemplates,
    private readonly component: ComponentIndex,
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
    this.relative = effects.flatMap((effect) => {
      const shape = this.shapes.indexOf(nuisances.indexOf(effect.nuisance));
      if (effect.kind === "norm") return { shape };
      return effect.kind === "relative" ? { shape, deviation: effect.deviation } : [];
    });
    const moves = this.position !== undefined;
    this.isPlain = this.scales.length === 0 && !moves && this.curved.length === 0;

    const row = () => new Float64Array(bins);
    const positions = templates.position?.values.length ?? 1;
    this.layers = Array.from({ length: moves ? positions + 2 : 1 }, () => ({
      nominal: row(),
      rows: [...this.shapes, ...this.curved].map(row),
      version: 0,
    }));
    this.active = Array.from({ length: moves ? 4 : 1 }, row);
    this.across = [...this.shapes, ...this.curved].map(() => [...this.active]);
    this.weights = moves ? createSplineWeights() : STILL;
    this.z = moves ? row() : this.active[0];
    this.tangents = this.shapes.map(row);
    this.velocity = moves ? row() : undefined;
    this.coefficients = new Float64Array(this.shapes.length + this.curved.length);
    this.own = new Float64Array(term.charges.length);
    this.spare = row();
  }

  /** @param own squared charges of the term */
  setPoint(own: Float64Array, familyValue: number): void {
    this.own.set(own);
    this.familyValue = familyValue;
    if (this.component === "signal" || this.version === 0) this.version++;
  }

  /** Computes Z and its derivatives. @param values of the term's nuisances */
  evaluate(values: Float64Array): void {
    const { shapes, curved, coefficients, active, across, weights, position } = this;
    const { templates, tangents, products: doubled } = this;
    for (let i = 0; i < shapes.length; i++) coefficients[i] = values[shapes[i]];
    for (let i = 0; i < curved.length; i++) {
      coefficients[shapes.length + i] = values[curved[i]] ** 2;
    }
    if (position !== undefined && templates.position) {
      splineWeights(templates.position.values, values[position], weights);
    }
    for (let m = 0; m < active.length; m++) {
      const { nominal, rows } = this.layer(weights.first + m);
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
    return this.layers.flatMap((_, k) => {
      const { nominal, rows } = this.layer(k);
      return [nominal, ...rows];
    });
  }

  /** A layer at the point's charges: computed when first asked for. */
  private layer(k: number): Layer {
    const layer = this.layers[k];
    if (layer.version === this.version) return layer;
    if (this.component === "signal") this.fillSignal(k, layer);
    else this.fillBackground(this.component, layer);
    this.addRelative(layer);
    layer.version = this.version;
    return layer;
  }

  private fillSignal(k: number, { nominal, rows }: Layer): void {
    const { templates, own, familyValue, shapes, curved } = this;
    if (this.position === undefined) {
      const { counts, linear, quadratic } = templates.signalAt(familyValue);
      combine(nominal, undefined, own, counts);
      for (let i = 0; i < shapes.length; i++) combine(rows[i], undefined, own, linear[shapes[i]]);
      for (let i = 0; i < curved.length; i++) {
        combine(rows[shapes.length + i], undefined, own, quadratic[curved[i]]);
      }
      return;
    }
    const { counts, linear, quadratic } = templates.splinesAt(familyValue);
    combine(nominal, undefined, own, counts[k]);
    for (let i = 0; i < shapes.length; i++) {
      combine(rows[i], undefined, own, linear[shapes[i]]?.[k]);
    }
    for (let i = 0; i < curved.length; i++) {
      combine(rows[shapes.length + i], undefined, own, quadratic[curved[i]]?.[k]);
    }
  }

  private fillBackground(component: number, { nominal, rows }: Layer): void {
    const { term, nuisances } = this.templates;
    nominal.set(term.backgrounds[component].counts);
    for (const row of rows) row.fill(0);
    for (const effect of term.effects) {
      if (effect.component !== component || effect.kind !== "morph") continue;
      const j = nuisances.indexOf(effect.nuisance);
      addScaled(rows[this.shapes.indexOf(j)], 1, effect.linear);
      const at = this.curved.indexOf(j);
      if (at >= 0) addScaled(rows[this.shapes.length + at], 1, effect.quadratic);
    }
  }

  /** Adds the norms (L = M) and relative shapes (L = Δ M). */
  private addRelative({ nominal, rows }: Layer): void {
    for (const { shape, deviation } of this.relative) {
      const row = rows[shape];
      for (let b = 0; b < row.length; b++) row[b] += (deviation?.[b] ?? 1) * nominal[b];
    }
  }
}

/** Scalar products of one row with one or four others. */
function dotEach(row: Float64Array, rows: readonly Float64Array[], out: Float64Array): void {
  if (rows.length === 4) dotFour(row, rows, 0, out);
  else out[0] = dot(row, rows[0]);
}
