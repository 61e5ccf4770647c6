import { addScaled } from "../numerics/linear-algebra.js";
import type { LikelihoodDescription, Term } from "./description.js";
import { type PositionEffect, type SignalTemplates, TabulatedSignal } from "./signal.js";

/** Sum of the rows that the effects of one kind of component give to one nuisance. */
function accumulate(rows: (Float64Array | undefined)[], at: number, row: Float64Array): void {
  const present = rows[at];
  if (present === undefined) rows[at] = Float64Array.from(row);
  else addScaled(present, 1, row);
}

/**
 * A term's effects gathered by nuisance. With S_b = Σ_c q_c T_cb the signal of the point, nuisance j
 * adds to bin b
 *
 *   θ_j [ constant_jb + factor_jb S_b + Σ_c q_c linear_jcb ] + θ_j² [ constant²_jb + Σ_c q_c quadratic_jcb ]
 *
 * Scales are gathered as norms, which they are to first order. Of a position only the tables show.
 */
export class TermTemplates {
  readonly bins: number;
  /** Indices of the nuisances of this term in the description, ascending. */
  readonly nuisances: readonly number[];
  /** Sum of the nominal backgrounds, [bins]. */
  readonly background: Float64Array;
  readonly constant: (Float64Array | undefined)[] = [];
  readonly constantQuadratic: (Float64Array | undefined)[] = [];
  readonly factor: (Float64Array | undefined)[] = [];
  /** By nuisance of the term: whether it morphs the signal, and whether μ is quadratic in it. */
  readonly morphsSignal: readonly boolean[];
  readonly curves: readonly boolean[];
  readonly hasFamily: boolean;
  /** The effect that moves the signal along its templates, if there is one. */
  readonly position: PositionEffect | undefined;
  /** Whether μ holds products of nuisances, or more of one than θ and θ². */
  readonly isShaped: boolean;
  /** The signal at nominal nuisances and its morphs, as rows [bins]. */
  readonly signal: TabulatedSignal;

  constructor(
    readonly term: Term,
    description: LikelihoodDescription,
  ) {
    this.bins = term.bins;
    this.nuisances = [...new Set(term.effects.map((effect) => effect.nuisance))].sort(
      (a, b) => a - b,
    );
    this.background = new Float64Array(term.bins);
    for (const { counts } of term.backgrounds) addScaled(this.background, 1, counts);
    const linear: (Float64Array | undefined)[] = [];
    const quadratic: (Float64Array | undefined)[] = [];
    this.position = term.effects.find((effect) => effect.kind === "position");
    this.isShaped = term.effects.some(({ kind }) => kind === "position" || kind === "scale");
    for (const effect of term.effects) {
      const at = this.nuisances.indexOf(effect.nuisance);
      if (effect.kind === "position") continue;
      const { component } = effect;
      const isNorm = effect.kind === "norm" || effect.kind === "scale";
      if (component === "signal") {
        if (effect.kind === "morph") {
          accumulate(linear, at, effect.linear);
          if (isCurved(effect.quadratic)) accumulate(quadratic, at, effect.quadratic);
        } else {
          const ones = new Float64Array(term.bins).fill(1);
          accumulate(this.factor, at, isNorm ? ones : effect.deviation);
        }
      } else {
        const { counts } = term.backgrounds[component];
        if (isNorm) accumulate(this.constant, at, counts);
        else if (effect.kind === "relative") {
          const shifted = effect.deviation.map((deviation, b) => deviation * counts[b]);
          accumulate(this.constant, at, shifted);
        } else {
          accumulate(this.constant, at, effect.linear);
          if (isCurved(effect.quadratic)) accumulate(this.constantQuadratic, at, effect.quadratic);
        }
      }
    }
    const { family } = description;
    this.hasFamily = family !== undefined;
    const tables = {
      counts: term.signal,
      linear: this.nuisances.map((_, j) => linear[j]),
      quadratic: this.nuisances.map((_, j) => quadratic[j]),
    };
    this.signal = new TabulatedSignal(term, tables, family?.nodes, this.position);
    this.morphsSignal = this.nuisances.map((_, j) => linear[j] !== undefined);
    this.curves = this.nuisances.map((_, j) => !!quadratic[j] || !!this.constantQuadratic[j]);
  }

  /**
   * Signal templates at a value of the family parameter (any, where there is no family) and of the
   * position nuisance (likewise).
   */
  signalAt(familyValue: number, position = 0): SignalTemplates {
    return this.signal.at(familyValue, position);
  }

  /** Whether the nuisance (of the term) acts on the signal. */
  touchesSignal(nuisance: number): boolean {
    return (
      this.factor[nuisance] !== undefined ||
      this.morphsSignal[nuisance] ||
      this.nuisances[nuisance] === this.position?.nuisance
    );
  }
}

function isCurved(quadratic: Float64Array): boolean {
  return quadratic.some((value) => value !== 0);
}
