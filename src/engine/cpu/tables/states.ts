import { chargeModel } from "../../../model/charges.js";
import { parameterIndex } from "../../../model/parameters.js";
import type { EngineProblem, GridAxis } from "../../engine.js";
import { axisValue } from "../../points.js";
import type { Views } from "./arena.js";
import { AxisPlace } from "./axis-states.js";
import type { Collapsing, TablesMemory } from "./tables-memory.js";

const EXPONENT = parameterIndex("exponent_x");

/** Bytes of eight lanes. */
const BLOCK = 32;

/** Bytes of a walked state's record: its cell, and the weights of L terms. */
export function recordBytes(terms: number): number {
  return 4 + 16 * terms;
}

/** Points of the axes of one flavour, as a kernel's memory has them. */
export class StateWriter {
  readonly #parameters: Float64Array;
  readonly #squared: Float64Array;
  readonly #columns: readonly number[];
  readonly #fill: (parameters: Float64Array, out: Float64Array) => void;
  /** By table. */
  readonly #places: readonly AxisPlace[];

  constructor(
    problem: EngineProblem,
    readonly axes: readonly GridAxis[],
    readonly memory: TablesMemory,
    readonly flavour: 0 | 1,
  ) {
    const { charges } = problem.description;
    const model = chargeModel(charges);
    this.#fill = (parameters, out) => model.fill(parameters, out);
    this.#parameters = Float64Array.from(problem.base);
    this.#squared = new Float64Array(charges.length);
    this.#columns = axes.map(({ parameter }) => parameterIndex(parameter));
    this.#places = memory.likelihood.tables.map((table) => new AxisPlace(table, flavour));
  }

  /** Moves some axes to places on them; the others stay. */
  move(axes: readonly number[], places: ArrayLike<number>): void {
    for (let i = 0; i < axes.length; i++) {
      const axis = this.axes[axes[i]];
      // An axis of one point that a grid of one axis is given beside it.
      if (axis) this.#parameters[this.#columns[axes[i]]] = axisValue(axis, places[i]);
    }
    this.#fill(this.#parameters, this.#squared);
    for (const place of this.#places) place.setExponent(this.#parameters[EXPONENT]);
  }

  get exponent(): number {
    return this.#parameters[EXPONENT];
  }

  /** Writes the record of a walked state, of every look-up. @param records by look-up: its address */
  writeRecord({ ints, floats }: Views, records: readonly number[], state: number): void {
    this.#eachLookUp((v, { cell, weights, deltas }, { terms }) => {
      const at = (records[v] + state * recordBytes(terms.length)) / 4;
      ints[at] = cell * terms.length * BLOCK;
      for (let l = 0; l < terms.length; l++) {
        const factor = productOf(deltas, terms[l]);
        for (let i = 0; i < 4; i++) floats[at + 1 + i * terms.length + l] = weights[i] * factor;
      }
    });
  }

  /** Writes cell and weights of a lane, of every look-up: addresses by look-up. */
  writeLane(
    { ints, doubles }: Views,
    cells: readonly number[],
    weightsAt: readonly number[],
    lane: number,
  ): void {
    this.#eachLookUp((v, { cell, weights, deltas }, { laneDeltas }) => {
      ints[cells[v] / 4 + lane] = cell;
      let at = weightsAt[v] / 8 + 4 * laneDeltas.length * lane;
      for (let m = 0; m < laneDeltas.length; m++) {
        const factor = productOf(deltas, laneDeltas[m]);
        for (let i = 0; i < 4; i++) doubles[at++] = weights[i] * factor;
      }
    });
  }

  #eachLookUp(write: (v: number, place: AxisPlace, collapsing: Collapsing) => void): void {
    const { program, collapsings } = this.memory;
    program.lookUps.forEach(({ table, factor }, v) => {
      const place = this.#places[table];
      place.find(this.#squared, factor);
      write(v, place, collapsings[table]);
    });
  }
}

function productOf(deltas: Float64Array, chosen: readonly number[]): number {
  let product = 1;
  for (let i = 0; i < chosen.length; i++) product *= deltas[chosen[i]];
  return product;
}
