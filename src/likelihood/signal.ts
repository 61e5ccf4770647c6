import { barycentricWeights, cardinalValues } from "../numerics/interpolation.js";
import { addScaled } from "../numerics/linear-algebra.js";
import type { Effect, Term } from "./description.js";
import { remember } from "./remember.js";
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

/** A term's tables of the signal, each [nodes × positions × charges of the term × bins]. */
export interface SignalTables {
  readonly counts: Float64Array;
  /** By nuisance of the term, where morphed: coefficients of θ and θ². */
  readonly linear: readonly (Float64Array | undefined)[];
  readonly quadratic: readonly (Float64Array | undefined)[];
}

/** A term's signal between its tables: polynomial in the family parameter, spline in the position. */
export class TabulatedSignal {
  /** At a value of the family parameter (any, where there is no family). */
  readonly splinesAt: (familyValue: number) => SignalSplines;
  private readonly nominalAt: (familyValue: number) => SignalTemplates;
  private readonly movedAt: (position: number) => SignalTemplates;
  private readonly hasFamily: boolean;

  /** @param nodes of the template family, if there is one */
  constructor(
    private readonly term: Term,
    tables: SignalTables,
    nodes: Float64Array | undefined,
    private readonly position: PositionEffect | undefined,
  ) {
    this.hasFamily = nodes !== undefined;
    const weights = nodes && barycentricWeights(nodes);
    const cardinals = (value: number) =>
      nodes && weights ? cardinalValues(nodes, weights, value) : Float64Array.of(1);
    const tabulated = <T>(read: (table: Float64Array) => T) => ({
      counts: read(tables.counts),
      linear: tables.linear.map((table) => table && read(table)),
      quadratic: tables.quadratic.map((table) => table && read(table)),
    });
    const positions = position?.values.length ?? 1;
    const splines = remember((value): SignalSplines => {
      const along = cardinals(value);
      return tabulated((table) => splineRows(interpolateNodes(table, along), positions, term));
    });
    this.splinesAt = nodes ? splines : () => splines(0);
    const nominal = remember((value): SignalTemplates => {
      if (position) return this.near(value, 0);
      const along = cardinals(value);
      return tabulated((table) => cutRows(interpolateNodes(table, along), 0, term));
    });
    this.nominalAt = nodes ? nominal : () => nominal(0);
    this.movedAt = remember((at) => this.near(0, at));
  }

  /** At a value of the family parameter and of the position nuisance (any, where there is none). */
  at(familyValue: number, position: number): SignalTemplates {
    if (position === 0 || !this.position) return this.nominalAt(familyValue);
    return this.hasFamily ? this.near(familyValue, position) : this.movedAt(position);
  }

  private near(familyValue: number, position: number): SignalTemplates {
    const weights = createSplineWeights();
    splineWeights((this.position as PositionEffect).values, position, weights);
    const { counts, linear, quadratic } = this.splinesAt(familyValue);
    const read = (spline: SignalSplines["counts"]) =>
      spline[0].map((_, c) => {
        const row = new Float64Array(this.term.bins);
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
