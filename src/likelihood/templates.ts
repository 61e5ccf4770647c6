import { barycentricWeights, cardinalValues } from "../numerics/interpolation.js";
import { addScaled } from "../numerics/linear-algebra.js";
import type { Effect, LikelihoodDescription, Term } from "./description.js";
import { createSplineWeights, splineCoefficients, splineWeights } from "./spline.js";

/** Signal templates of one term at one value of the family parameter, each row [bins]. */
export interface SignalTemplates {
  /** Counts per unit of squared charge, one row per charge of the term. */
  readonly counts: readonly Float64Array[];
  /** By nuisance of the term: coefficients of θ and θ² per unit of squared charge, where morphed. */
  readonly linear: readonly (readonly Float64Array[] | undefined)[];
  readonly quadratic: readonly (readonly Float64Array[] | undefined)[];
}

/** The signal's dependence on a position nuisance, as coefficients of splines, each row [bins]. */
export interface SignalSplines {
  /** [positions + 2][charges of the term]. */
  readonly counts: readonly (readonly Float64Array[])[];
  /** By nuisance of the term, likewise, where morphed. */
  readonly linear: readonly (SignalSplines["counts"] | undefined)[];
  readonly quadratic: readonly (SignalSplines["counts"] | undefined)[];
}

export type PositionEffect = Extract<Effect, { kind: "position" }>;

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
  /** Signal splines at a value of the family parameter (any, where there is no family). */
  readonly splinesAt: (familyValue: number) => SignalSplines;
  private readonly nominalAt: (familyValue: number) => SignalTemplates;
  private readonly movedAt: (position: number) => SignalTemplates;

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
    const weights = family && barycentricWeights(family.nodes);
    const positions = this.position?.values.length ?? 1;
    const cardinals = (value: number) =>
      family && weights ? cardinalValues(family.nodes, weights, value) : Float64Array.of(1);
    const tabulated = <T>(read: (table: Float64Array) => T) => ({
      counts: read(term.signal),
      linear: this.nuisances.map((_, j) => linear[j] && read(linear[j])),
      quadratic: this.nuisances.map((_, j) => quadratic[j] && read(quadratic[j])),
    });
    const splines = remember((value): SignalSplines => {
      const along = cardinals(value);
      return tabulated((table) => splineRows(interpolateNodes(table, along), positions, term));
    });
    this.splinesAt = family ? splines : () => splines(0);
    const nominal = remember((value): SignalTemplates => {
      if (this.position) return this.signalNear(value, 0);
      const along = cardinals(value);
      return tabulated((table) => cutRows(interpolateNodes(table, along), 0, term));
    });
    this.nominalAt = family ? nominal : () => nominal(0);
    this.movedAt = remember((position) => this.signalNear(0, position));
    this.morphsSignal = this.nuisances.map((_, j) => linear[j] !== undefined);
    this.curves = this.nuisances.map((_, j) => !!quadratic[j] || !!this.constantQuadratic[j]);
  }

  /**
   * Signal templates at a value of the family parameter (any, where there is no family) and of the
   * position nuisance (likewise).
   */
  signalAt(familyValue: number, position = 0): SignalTemplates {
    if (position === 0 || !this.position) return this.nominalAt(familyValue);
    return this.hasFamily ? this.signalNear(familyValue, position) : this.movedAt(position);
  }

  private signalNear(familyValue: number, position: number): SignalTemplates {
    const weights = createSplineWeights();
    splineWeights((this.position as PositionEffect).values, position, weights);
    const { counts, linear, quadratic } = this.splinesAt(familyValue);
    const read = (spline: SignalSplines["counts"]) =>
      spline[0].map((_, c) => {
        const row = new Float64Array(this.bins);
        for (let k = 0; k < 4; k++) {
          addScaled(row, weights.value[k], spline[weights.first + k][c]);
        }
        return row;
      });
    return {
      counts: read(counts),
      linear: linear.map((spline) => spline && read(spline)),
      quadratic: quadratic.map((spline) => spline && read(spline)),
    };
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

/** Σ_i ℓ_i table[i, …] over the nodes of the family. */
function interpolateNodes(table: Float64Array, cardinals: Float64Array): Float64Array {
  const size = table.length / cardinals.length;
  if (cardinals.length === 1) return table;
  const result = new Float64Array(size);
  cardinals.forEach((cardinal, node) => {
    const start = node * size;
    if (cardinal !== 0) addScaled(result, cardinal, table.subarray(start, start + size));
  });
  return result;
}

/** The rows of table[position, charge, bin] at one position, one per charge. */
function cutRows(table: Float64Array, position: number, { charges, bins }: Term): Float64Array[] {
  return charges.map((_, c) => {
    const start = (position * charges.length + c) * bins;
    return table.subarray(start, start + bins);
  });
}

function splineRows(table: Float64Array, positions: number, term: Term): Float64Array[][] {
  const coefficients = splineCoefficients(table, term.charges.length * term.bins);
  return Array.from({ length: positions + 2 }, (_, k) => cutRows(coefficients, k, term));
}
