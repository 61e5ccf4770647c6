import { addScaled } from "../numerics/linear-algebra.js";
import type { ComponentIndex } from "./description.js";
import { combine } from "./rows.js";
import type { TermTemplates } from "./templates.js";

/** One table of a component at the point's charges: all rows [bins]. */
export interface Layer {
  /** M. */
  readonly nominal: Float64Array;
  /** L of each shape, then C of each curved one. */
  readonly rows: readonly Float64Array[];
}

interface VersionedLayer extends Layer {
  /** Point for which the rows were computed. */
  version: number;
}

/**
 * The tables of one component of a term, M + Σ_j (θ_j L_j + θ_j² C_j): one for each coefficient of the
 * splines in its position, else one. At a point, those that are asked for are computed.
 */
export class Layers {
  /** Norms and relative shapes, by their place in `shapes`. */
  private readonly relative: readonly { shape: number; deviation?: Float64Array }[];
  private readonly layers: readonly VersionedLayer[];
  private readonly own: Float64Array;
  private familyValue = 0;
  private version = 0;

  /**
   * @param shapes nuisances (of the term) that reshape the component
   * @param curved those of them in which it is quadratic
   * @param moves whether the component has a position
   */
  constructor(
    private readonly templates: TermTemplates,
    private readonly component: ComponentIndex,
    private readonly shapes: readonly number[],
    private readonly curved: readonly number[],
    private readonly moves: boolean,
  ) {
    const { term, nuisances, bins, position } = templates;
    this.relative = term.effects.flatMap((effect) => {
      if (effect.component !== component) return [];
      const shape = shapes.indexOf(nuisances.indexOf(effect.nuisance));
      if (effect.kind === "norm") return { shape };
      return effect.kind === "relative" ? { shape, deviation: effect.deviation } : [];
    });
    const row = () => new Float64Array(bins);
    const positions = position?.values.length ?? 1;
    this.layers = Array.from({ length: moves ? positions + 2 : 1 }, () => ({
      nominal: row(),
      rows: [...shapes, ...curved].map(row),
      version: 0,
    }));
    this.own = new Float64Array(term.charges.length);
  }

  /** @param own squared charges of the term */
  setPoint(own: Float64Array, familyValue: number): void {
    this.own.set(own);
    this.familyValue = familyValue;
    if (this.component === "signal" || this.version === 0) this.version++;
  }

  all(): Layer[] {
    return this.layers.map((_, k) => this.at(k));
  }

  /** A layer at the point's charges: computed when first asked for. */
  at(k: number): Layer {
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
    if (!this.moves) {
      const { counts, linear, quadratic } = templates.signalAt(familyValue);
      combine(nominal, undefined, own, counts);
      for (let i = 0; i < shapes.length; i++) combine(rows[i], undefined, own, linear[shapes[i]]);
      for (let i = 0; i < curved.length; i++) {
        combine(rows[shapes.length + i], undefined, own, quadratic[curved[i]]);
      }
      return;
    }
    const { counts, linear, quadratic } = templates.signal.splinesAt(familyValue);
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
