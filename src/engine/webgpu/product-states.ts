import { chargeModel } from "../../model/charges.js";
import { PARAMETERS, parameterIndex } from "../../model/parameters.js";
import { AxisPlace } from "../cpu/tables/axis-states.js";
import type { EngineProblem, GridAxis } from "../engine.js";
import { axisValue, gridSize } from "../points.js";
import {
  headVectors,
  lanePlaces,
  type ProductShape,
  type ProductTable,
  WINDOW,
} from "./product-shape.js";

/** Axes of a grid that change one flavour's charges, as far as a box of the grid goes. */
export interface OwnAxes {
  /** Of the grid. */
  readonly numbers: readonly number[];
  readonly starts: readonly number[];
  readonly counts: readonly number[];
}

/** One flavour's states in a box: where they lie in every table, in float64. */
export class FlavourStates {
  readonly count: number;
  /** By state: its part of the flat index. */
  readonly flat: Float64Array;
  /** By table: [states], [states × 4], [states × δ's]. */
  readonly #cells: Int32Array[];
  readonly #weights: Float64Array[];
  readonly #deltas: Float64Array[];
  #lanes: { shape: ProductShape; values: Float32Array } | undefined;
  #collapsed: { shape: ProductShape; values: Float32Array } | undefined;

  /** @param base parameters, with those of axes that change both flavours where they are now */
  constructor(
    { description }: EngineProblem,
    tables: readonly ProductTable["table"][],
    flavour: 0 | 1,
    base: Float64Array,
    axes: readonly GridAxis[],
    readonly own: OwnAxes,
  ) {
    const model = chargeModel(description.charges);
    const squared = new Float64Array(description.charges.length);
    const parameters = base.slice();
    const { numbers, starts, counts } = own;
    this.count = counts.reduce((a, b) => a * b, 1);
    this.flat = new Float64Array(this.count);
    const places = tables.map((table) => new AxisPlace(table, flavour));
    for (const place of places) place.setExponent(base[parameterIndex("exponent_x")]);
    this.#cells = tables.map(() => new Int32Array(this.count));
    this.#weights = tables.map(() => new Float64Array(4 * this.count));
    this.#deltas = places.map(({ deltas }) => new Float64Array(deltas.length * this.count));
    const columns = numbers.map((axis) => parameterIndex(axes[axis].parameter));
    const strides = numbers.map((axis) => gridSize(axes.slice(axis + 1)));
    for (let state = 0; state < this.count; state++) {
      let rest = state;
      for (let i = numbers.length - 1; i >= 0; i--) {
        const at = starts[i] + (rest % counts[i]);
        rest = Math.floor(rest / counts[i]);
        parameters[columns[i]] = axisValue(axes[numbers[i]], at);
        this.flat[state] += at * strides[i];
      }
      model.fill(parameters, squared);
      places.forEach((place, t) => {
        place.find(squared, 1);
        this.#cells[t][state] = place.cell;
        this.#weights[t].set(place.weights, 4 * state);
        this.#deltas[t].set(place.deltas, place.deltas.length * state);
      });
    }
  }

  /** Groups of lanes as shaders/product.wgsl reads them. */
  lanes(shape: ProductShape, quads: number): Float32Array {
    if (this.#lanes?.shape !== shape) this.#lanes = { shape, values: this.#groups(shape, quads) };
    return this.#lanes.values;
  }

  #groups(shape: ProductShape, quads: number): Float32Array {
    const { tables } = shape;
    const groups = this.#together(tables, 4 * quads);
    const { at, count } = lanePlaces(shape);
    const head = 4 * headVectors(shape);
    const floats = head + 4 * quads * count;
    const values = new Float32Array(groups.length * floats);
    groups.forEach((group, g) => {
      const begin = g * floats;
      const firsts = tables.map(({ size }, t) => {
        const first = Math.min(...group.map((state) => this.#cells[t][state]));
        return Math.min(first, size - WINDOW);
      });
      firsts.forEach((first, t) => {
        values[begin + t] = tables[t].at + first;
      });
      for (let lane = 0; lane < 4 * quads; lane++) {
        const own = begin + head + 4 * (lane >> 2) * count + (lane & 3);
        values[own] = -1;
        if (lane >= group.length) continue;
        const state = group[lane];
        values[own] = state;
        tables.forEach((_, t) => {
          const cell = this.#cells[t][state] - firsts[t];
          for (let j = 0; j < 4; j++) {
            values[own + 4 * (at[t] + cell + j)] = this.#weights[t][4 * state + j];
          }
          const deltas = this.#deltas[t].length / this.count;
          for (let i = 0; i < deltas; i++) {
            values[own + 4 * (at[t] + WINDOW + i)] = this.#deltas[t][state * deltas + i];
          }
        });
      }
    });
    return values;
  }

  /** States by group: of the same few cells in every table. */
  #together(tables: readonly ProductTable[], most: number): number[][] {
    const span = WINDOW - 3;
    const buckets = new Map<number, number[]>();
    for (let state = 0; state < this.count; state++) {
      let key = 0;
      tables.forEach(({ size }, t) => {
        key = key * size + Math.floor(this.#cells[t][state] / span);
      });
      const bucket = buckets.get(key);
      if (bucket) bucket.push(state);
      else buckets.set(key, [state]);
    }
    return [...buckets.values()].flatMap((bucket) =>
      Array.from({ length: Math.ceil(bucket.length / most) }, (_, i) =>
        bucket.slice(i * most, (i + 1) * most),
      ),
    );
  }

  /** Tables collapsed to each state, [states × stride], for lanes of the other flavour. */
  collapsed(shape: ProductShape): Float32Array {
    if (this.#collapsed?.shape !== shape) {
      this.#collapsed = { shape, values: this.#collapse(shape) };
    }
    return this.#collapsed.values;
  }

  #collapse({ tables, stride, flavour }: ProductShape): Float32Array {
    const values = new Float32Array(this.count * stride);
    const sums = new Float64Array(stride);
    for (let state = 0; state < this.count; state++) {
      sums.fill(0);
      tables.forEach(({ table, monomials, size, at }, t) => {
        const { axes, coefficients } = table;
        const [rows, width] = axes.map(({ knots }) => knots.length + 2);
        const deltas = this.#deltas[t].length / this.count;
        // Steps along the lanes' axis, and along this one.
        const [step, across, count] = flavour === 1 ? [1, width, width] : [width, 1, rows];
        monomials.forEach(({ term, factors }, m) => {
          let factor = 1;
          for (const i of factors) factor *= this.#deltas[t][state * deltas + i];
          const to = at + term * size;
          for (let j = 0; j < 4; j++) {
            const weight = factor * this.#weights[t][4 * state + j];
            let from = m * rows * width + (this.#cells[t][state] + j) * across;
            for (let i = 0; i < count; i++, from += step)
              sums[to + i] += weight * coefficients[from];
          }
        });
      });
      values.set(sums, state * stride);
    }
    return values;
  }
}

/** Parameters with an axis' place set, for axes that change both flavours. */
export function movedTo(
  base: Float64Array,
  axes: readonly GridAxis[],
  numbers: readonly number[],
  places: readonly number[],
): Float64Array {
  const parameters = Float64Array.from(PARAMETERS, (_, k) => base[k]);
  numbers.forEach((axis, i) => {
    parameters[parameterIndex(axes[axis].parameter)] = axisValue(axes[axis], places[i]);
  });
  return parameters;
}
