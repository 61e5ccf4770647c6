import { chargeModel } from "../../../model/charges.js";
import { parameterIndex } from "../../../model/parameters.js";
import type { TabulatedLikelihood } from "../../../tables/table.js";
import type { EngineProblem, GridAxis, PointSource } from "../../engine.js";
import type { Values } from "../../grid-reducer.js";
import { pointWriter } from "../../points.js";
import { Arena } from "./arena.js";
import { planProgram } from "./program.js";
import { Quantities } from "./quantities.js";
import { ScatteredMemory } from "./scattered-memory.js";
import { TablesMemory } from "./tables-memory.js";
import { type TablesKernel, tablesKernel } from "./wasm.js";

const EXPONENT = parameterIndex("exponent_x");
const LANES = 8;
const HEADER = 30;

/** χ² of points in no order, and of grids whose axes all change both flavours, by the kernel. */
export class ScatteredPoints {
  readonly #kernel: TablesKernel;
  readonly #arena: Arena;
  readonly #memory: TablesMemory;
  readonly #scattered: ScatteredMemory;
  readonly #quantities: Quantities;
  readonly #fill: (parameters: Float64Array, out: Float64Array) => void;
  readonly #parameters: Float64Array;
  readonly #squared: Float64Array;
  /** Quantities at three points of a row. */
  readonly #three: readonly [Float64Array, Float64Array, Float64Array];
  readonly #capacity: number;
  readonly #values: Float64Array;

  constructor(
    readonly problem: EngineProblem,
    likelihood: TabulatedLikelihood,
  ) {
    const { charges } = problem.description;
    const model = chargeModel(charges);
    this.#fill = (parameters, out) => model.fill(parameters, out);
    this.#parameters = new Float64Array(problem.base.length);
    this.#squared = new Float64Array(charges.length);
    this.#kernel = tablesKernel();
    const arena = new Arena(this.#kernel.memory);
    this.#arena = arena;
    const header = arena.reserve(4 * HEADER);
    const program = planProgram(likelihood);
    const memory = new TablesMemory(arena, likelihood, program, 1);
    this.#memory = memory;
    this.#capacity = memory.tileColumns * LANES;
    this.#quantities = new Quantities(likelihood, charges.length);
    this.#scattered = new ScatteredMemory(arena, likelihood, this.#quantities, this.#capacity);
    const { count } = this.#quantities;
    this.#three = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    const lookUps = arena.reserve(64 * program.lookUps.length);
    program.lookUps.forEach(({ table, factor, buffer }, v) => {
      const at = lookUps + 64 * v;
      arena.views.ints[at / 4 + 4] = memory.buffers[buffer].at;
      arena.views.ints[at / 4 + 13] = this.#scattered.tables[table];
      arena.views.doubles[at / 8 + 7] = factor;
    });
    for (const { lookUpsAt, first } of memory.scales) {
      arena.views.ints[lookUpsAt / 4] = lookUps + 64 * first;
    }
    const { instructions, outputs } = memory;
    const end = instructions + 32 * program.instructions.length;
    const width = program.outputs.length;
    arena.ints(header, HEADER).set([program.plain, lookUps, instructions, end, width, outputs]);
    this.#kernel.prepare(header);
    this.#values = new Float64Array(width * this.#capacity);
  }

  /**
   * χ² of points start ≤ i < end of a source, into their rows of `chi2`, [all points × combinations].
   * @param exactly does a point that tables are not certified for
   */
  evaluate(
    source: PointSource,
    start: number,
    end: number,
    chi2: Float64Array,
    exactly: (i: number) => void,
  ): void {
    const write = pointWriter(source);
    const width = this.#memory.program.outputs.length;
    const [values] = this.#three;
    const outside: number[] = [];
    this.#parameters.set(this.problem.base);
    const flush = (first: number, count: number) => {
      this.#run(count);
      for (let k = 0; k < width; k++) {
        for (let p = 0; p < count; p++) {
          chi2[(first + p) * width + k] = this.#values[k * this.#capacity + p];
        }
      }
    };
    let first = start;
    let exponent = Number.NaN;
    for (let i = start; i < end; i++) {
      write(i, this.#parameters);
      const x = this.#parameters[EXPONENT];
      if (i - first === this.#capacity || (x !== exponent && i > first)) {
        flush(first, i - first);
        first = i;
      }
      exponent = x;
      this.#setExponent(x);
      this.#fill(this.#parameters, this.#squared);
      this.#quantities.fill(this.#squared, values);
      if (!this.#quantities.areWithin(values)) {
        outside.push(i);
        values.fill(0);
      }
      this.#write(i - first, values);
    }
    if (end > first) flush(first, end - first);
    for (const i of outside) exactly(i);
  }

  /**
   * χ² of points of a grid's flat index, run by run, each handed to `take` before the next. Along the
   * last axis squared charges are quadratic (x = 2), so that three points of it tell all; a point has the
   * same bits whatever part of its row is asked for.
   */
  reduce(
    axes: readonly GridAxis[],
    start: number,
    count: number,
    take: (start: number, count: number, values: Values) => void,
  ): void {
    const { points: columns, parameter } = axes[axes.length - 1];
    const source = { kind: "grid", axes, start: 0, count: 0 } as const;
    const write = pointWriter(source);
    this.#parameters.set(this.problem.base);
    const values = this.#values;
    const at = { chi2: values, offset: 0, pointStride: 1, combinationStride: this.#capacity };
    for (let i = start; i < start + count; ) {
      const row = Math.floor(i / columns) * columns;
      const first = i - row;
      const run = Math.min(columns - first, start + count - i, this.#capacity);
      write(row, this.#parameters);
      const x = this.#parameters[EXPONENT];
      if (x === 2 && parameter !== "exponent_x" && columns > 2) {
        this.#setExponent(x);
        this.#writeRow(write, row, columns, first, run);
        this.#run(run);
        take(i, run, at);
        i += run;
        continue;
      }
      // One by one, as long as the exponent stays.
      let done = 0;
      for (; done < run; done++) {
        write(i + done, this.#parameters);
        if (done > 0 && this.#parameters[EXPONENT] !== x && parameter === "exponent_x") break;
        this.#setExponent(this.#parameters[EXPONENT]);
        this.#fill(this.#parameters, this.#squared);
        this.#quantities.fill(this.#squared, this.#three[0]);
        this.#write(done, this.#three[0]);
      }
      this.#run(done);
      take(i, done, at);
      i += done;
    }
  }

  #setExponent(x: number): void {
    this.#quantities.setExponent(x);
    this.#scattered.setExponent(x);
  }

  #writeRow(
    write: (i: number, parameters: Float64Array) => void,
    row: number,
    columns: number,
    first: number,
    run: number,
  ): void {
    const last = columns - 1;
    const middle = last >> 1;
    [0, middle, last].forEach((place, i) => {
      write(row + place, this.#parameters);
      this.#fill(this.#parameters, this.#squared);
      this.#quantities.fill(this.#squared, this.#three[i]);
    });
    const [low, mid, high] = this.#three;
    const { doubles } = this.#arena.views;
    for (let q = 0; q < low.length; q++) {
      // Newton's divided differences in the place on the axis.
      const slope = (mid[q] - low[q]) / middle;
      const bend = ((high[q] - mid[q]) / (last - middle) - slope) / last;
      const at = this.#scattered.quantities[q] / 8;
      for (let p = 0; p < run; p++) {
        const place = first + p;
        doubles[at + p] = low[q] + place * (slope + (place - middle) * bend);
      }
    }
  }

  #write(p: number, values: Float64Array): void {
    const { doubles } = this.#arena.views;
    const { quantities } = this.#scattered;
    for (let q = 0; q < values.length; q++) doubles[quantities[q] / 8 + p] = values[q];
  }

  #run(count: number): void {
    const blocks = Math.ceil(count / LANES);
    const { doubles, floats } = this.#arena.views;
    // Lanes beyond the last point do as it does.
    for (const quantity of this.#scattered.quantities) {
      const at = quantity / 8;
      doubles.fill(doubles[at + count - 1], at + count, at + blocks * LANES);
    }
    this.#kernel.scatter(blocks);
    const { program, buffers } = this.#memory;
    program.outputs.forEach(({ buffer, offset }, k) => {
      const from = buffers[buffer].at / 4;
      const to = k * this.#capacity;
      for (let p = 0; p < count; p++) this.#values[to + p] = floats[from + p] + offset;
    });
  }
}
