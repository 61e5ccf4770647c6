import { chargeModel } from "../../model/charges.js";
import { PARAMETERS, parameterIndex } from "../../model/parameters.js";
import { AxisPlace } from "../cpu/tables/axis-states.js";
import type { EngineProblem, GridAxis } from "../engine.js";
import { axisValue, gridSize } from "../points.js";
import { laneItems, type ProductShape, type ProductTable, WINDOW } from "./product-shape.js";

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

  /** Groups of lanes as shaders/product.wgsl reads them. @param size lanes of a group */
  lanes(shape: ProductShape, size: number): Float32Array {
    if (this.#lanes?.shape !== shape) this.#lanes = { shape, values: this.#groups(shape, size) };
    return this.#lanes.values;
  }

  #groups(shape: ProductShape, size: number): Float32Array {
    const { tables } = shape;
    const cells = this.#cells;
    const order = Array.from({ length: this.count }, (_, state) => state);
    const position = (state: number) => {
      // Where it lies in its cell does not matter: whatever keeps neighbours together will do.
      return cells.reduce((sum, own, t) => sum + own[state] / tables[t].size, 0);
    };
    const positions = Float64Array.from(order, position);
    order.sort((a, b) => positions[a] - positions[b] || a - b);
    const groups: number[][] = [];
    let low: number[] = [];
    let high: number[] = [];
    for (const state of order) {
      const group = groups[groups.length - 1];
      const lower = cells.map((own, t) => Math.min(own[state], low[t] ?? Infinity));
      const upper = cells.map((own, t) => Math.max(own[state], high[t] ?? 0));
      const fits = lower.every((first, t) => upper[t] - first <= WINDOW - 4);
      if (group && group.length < size && fits) {
        group.push(state);
        [low, high] = [lower, upper];
      } else {
        groups.push([state]);
        low = cells.map((own) => own[state]);
        high = [...low];
      }
    }
    const items = laneItems(shape).length;
    const floats = tables.length + size * (1 + items);
    const values = new Float32Array(groups.length * floats);
    groups.forEach((group, g) => {
      const at = g * floats;
      const firsts = tables.map(({ size: most }, t) => {
        const first = Math.min(...group.map((state) => cells[t][state]));
        return Math.min(first, most - WINDOW);
      });
      firsts.forEach((first, t) => {
        values[at + t] = tables[t].at + first;
      });
      const own = at + tables.length;
      values.fill(-1, own, own + size);
      group.forEach((state, lane) => {
        values[own + lane] = state;
        let item = own + size + lane;
        tables.forEach((_, t) => {
          const before = cells[t][state] - firsts[t];
          for (let j = 0; j < 4; j++) {
            values[item + (before + j) * size] = this.#weights[t][4 * state + j];
          }
          item += WINDOW * size;
          const deltas = this.#deltas[t].length / this.count;
          for (let i = 0; i < deltas; i++, item += size) {
            values[item] = this.#deltas[t][state * deltas + i];
          }
        });
      });
    });
    return values;
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
