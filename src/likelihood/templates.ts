import { barycentricWeights, cardinalValues } from "../numerics/interpolation.js";
import { addScaled } from "../numerics/linear-algebra.js";
import type { LikelihoodDescription, Term } from "./description.js";

/** Signal templates of one term at one value of the family parameter, each row [bins]. */
export interface SignalTemplates {
  /** Counts per unit of squared charge, one row per charge of the term. */
  readonly counts: readonly Float64Array[];
  /** By nuisance of the term: coefficients of θ and θ² per unit of squared charge, where morphed. */
  readonly linear: readonly (readonly Float64Array[] | undefined)[];
  readonly quadratic: readonly (readonly Float64Array[] | undefined)[];
}

/** How many values of the family parameter are kept interpolated: a grid axis of that length. */
const REMEMBERED = 128;

/** Remembers the latest results of a function of one number. */
export function remember<T>(make: (value: number) => T): (value: number) => T {
  const known = new Map<number, T>();
  let lastValue = Number.NaN;
  let last: T | undefined;
  return (value) => {
    if (last !== undefined && value === lastValue) return last;
    let result = known.get(value);
    if (result === undefined) {
      result = make(value);
      if (known.size >= REMEMBERED) known.delete(known.keys().next().value as number);
      known.set(value, result);
    }
    lastValue = value;
    last = result;
    return result;
  };
}

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
  /** Signal templates at a value of the family parameter (any, where there is no family). */
  readonly signalAt: (familyValue: number) => SignalTemplates;

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
    for (const effect of term.effects) {
      const at = this.nuisances.indexOf(effect.nuisance);
      const { component } = effect;
      if (component === "signal") {
        if (effect.kind === "morph") {
          accumulate(linear, at, effect.linear);
          if (isCurved(effect.quadratic)) accumulate(quadratic, at, effect.quadratic);
        } else {
          const ones = new Float64Array(term.bins).fill(1);
          accumulate(this.factor, at, effect.kind === "norm" ? ones : effect.deviation);
        }
      } else {
        const { counts } = term.backgrounds[component];
        if (effect.kind === "norm") accumulate(this.constant, at, counts);
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
    const weights = family && barycentricWeights(family.nodes);
    const at = remember((value): SignalTemplates => {
      const cardinals =
        family && weights ? cardinalValues(family.nodes, weights, value) : Float64Array.of(1);
      const interpolate = (table: Float64Array) => interpolateRows(table, cardinals, term);
      return {
        counts: interpolate(term.signal),
        linear: this.nuisances.map((_, j) => linear[j] && interpolate(linear[j])),
        quadratic: this.nuisances.map((_, j) => quadratic[j] && interpolate(quadratic[j])),
      };
    });
    this.signalAt = family ? at : () => at(0);
    this.morphsSignal = this.nuisances.map((_, j) => linear[j] !== undefined);
    this.curves = this.nuisances.map((_, j) => !!quadratic[j] || !!this.constantQuadratic[j]);
  }

  /** Whether the nuisance (of the term) acts on the signal. */
  touchesSignal(nuisance: number): boolean {
    return this.factor[nuisance] !== undefined || this.morphsSignal[nuisance];
  }
}

function isCurved(quadratic: Float64Array): boolean {
  return quadratic.some((value) => value !== 0);
}

/** Σ_i ℓ_i table[i, charge, bin], one row per charge. */
function interpolateRows(table: Float64Array, cardinals: Float64Array, term: Term): Float64Array[] {
  const { bins } = term;
  const size = term.charges.length * bins;
  return term.charges.map((_, c) => {
    const row = new Float64Array(bins);
    cardinals.forEach((cardinal, node) => {
      const start = node * size + c * bins;
      if (cardinal !== 0) addScaled(row, cardinal, table.subarray(start, start + bins));
    });
    return row;
  });
}
