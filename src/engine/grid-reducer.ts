import { NumericalError } from "../errors.js";
import type { GridAxis } from "./engine.js";
import {
  axisPairs,
  emptyProfile,
  type GridProfiles,
  lineOf,
  lower,
  type Profile,
} from "./profiles.js";

/** χ² of consecutive points of a grid. */
export interface Values {
  readonly chi2: Float64Array;
  /** Where the first point's χ² of the first combination is, and from there to the next ones. */
  readonly offset: number;
  readonly pointStride: number;
  readonly combinationStride: number;
}

/** What is known of the block at hand: the last two axes at fixed values of all others. */
interface Block {
  /** Minimum by value of the last axis. */
  readonly columns: Profile;
  lowest: number;
  lowestAt: number;
}

/**
 * Reduces χ² of a grid to all its profiles, point after point, in any order of runs. Most of the work
 * is done within a block, so that a point costs three comparisons whatever the number of axes.
 */
export class GridReducer {
  #points = 0;
  readonly #axes: readonly GridAxis[];
  /** At least two: a dummy of one point goes before a single axis. */
  readonly #sizes: readonly number[];
  readonly #pairs: readonly (readonly [number, number])[];
  /** [pair][combination] */
  readonly #planes: readonly (readonly Profile[])[];
  /** By combination. */
  readonly #blocks: readonly Block[];
  /** By outer axis: its planes with the two inner ones. */
  readonly #withRows: readonly (readonly Profile[])[];
  readonly #withColumns: readonly (readonly Profile[])[];
  readonly #inner: readonly Profile[];
  readonly #place: Float64Array;
  #block = -1;

  constructor(
    axes: readonly GridAxis[],
    readonly combinations: number,
  ) {
    this.#axes = axes;
    const sizes = axes.map(({ points }) => points);
    this.#sizes = sizes.length === 1 ? [1, ...sizes] : sizes;
    const each = <T>(make: () => T): T[] => Array.from({ length: combinations }, make);
    this.#pairs = axisPairs(this.#sizes.length);
    this.#planes = this.#pairs.map(([x, y]) =>
      each(() => emptyProfile(this.#sizes[x] * this.#sizes[y])),
    );
    const outer = this.#sizes.length - 2;
    this.#blocks = each(() => ({
      columns: emptyProfile(this.#sizes[outer + 1]),
      lowest: Number.POSITIVE_INFINITY,
      lowestAt: Number.POSITIVE_INFINITY,
    }));
    this.#place = new Float64Array(outer);
    const axesOutside = Array.from({ length: outer }, (_, axis) => axis);
    this.#withRows = axesOutside.map((axis) => this.#plane(axis, outer));
    this.#withColumns = axesOutside.map((axis) => this.#plane(axis, outer + 1));
    this.#inner = this.#plane(outer, outer + 1);
  }

  #plane(x: number, y: number): readonly Profile[] {
    return this.#planes[this.#pairs.findIndex(([a, b]) => a === x && b === y)];
  }

  /**
   * Counts the points start ≤ i < start + count of the flat index.
   * @throws NumericalError for a χ² that is not a number, which no minimum would show
   */
  add(start: number, count: number, values: Values): void {
    const columns = this.#sizes[this.#sizes.length - 1];
    for (let at = start; at < start + count; ) {
      const row = Math.floor(at / columns);
      const first = at - row * columns;
      const run = Math.min(columns - first, start + count - at);
      this.#addRow(row, first, run, values, values.offset + (at - start) * values.pointStride);
      at += run;
    }
    this.#points += count;
  }

  #addRow(row: number, first: number, run: number, values: Values, from: number): void {
    const { chi2, pointStride, combinationStride } = values;
    const [rows, columns] = this.#sizes.slice(-2);
    const block = Math.floor(row / rows);
    if (block !== this.#block) this.#enter(block);
    const i = row - block * rows;
    const flat = row * columns;
    for (let k = 0; k < this.#blocks.length; k++) {
      const inner = this.#inner[k];
      const own = this.#blocks[k];
      let lowest = Number.POSITIVE_INFINITY;
      let lowestAt = Number.POSITIVE_INFINITY;
      let sum = 0;
      for (let j = first, at = from + k * combinationStride; j < first + run; j++) {
        const value = chi2[at];
        at += pointStride;
        sum += value;
        if (value <= inner.chi2[i * columns + j]) lower(inner, i * columns + j, value, flat + j);
        if (value <= own.columns.chi2[j]) lower(own.columns, j, value, flat + j);
        if (value < lowest || lowestAt === Number.POSITIVE_INFINITY) {
          lowest = value;
          lowestAt = flat + j;
        }
      }
      // A sum of χ² ≥ 0 is a number unless one of them is not.
      if (Number.isNaN(sum)) throw notANumber(flat + first, run);
      for (let axis = 0; axis < this.#place.length; axis++) {
        lower(this.#withRows[axis][k], this.#place[axis] * rows + i, lowest, lowestAt);
      }
      if (lowest < own.lowest || (lowest === own.lowest && lowestAt < own.lowestAt)) {
        own.lowest = lowest;
        own.lowestAt = lowestAt;
      }
    }
  }

  /** Leaves the block at hand for another one. */
  #enter(block: number): void {
    this.#leave();
    this.#block = block;
    for (let axis = this.#place.length - 1, rest = block; axis >= 0; axis--) {
      this.#place[axis] = rest % this.#sizes[axis];
      rest = Math.floor(rest / this.#sizes[axis]);
    }
  }

  #leave(): void {
    if (this.#block < 0) return;
    const outer = this.#place.length;
    this.#blocks.forEach((own, k) => {
      const { columns } = own;
      for (let axis = 0; axis < outer; axis++) {
        const plane = this.#withColumns[axis][k];
        const row = this.#place[axis] * columns.chi2.length;
        for (let j = 0; j < columns.chi2.length; j++) {
          lower(plane, row + j, columns.chi2[j], columns.index[j]);
        }
      }
      this.#pairs.forEach(([x, y], pair) => {
        if (y >= outer) return;
        const cell = this.#place[x] * this.#sizes[y] + this.#place[y];
        lower(this.#planes[pair][k], cell, own.lowest, own.lowestAt);
      });
      columns.chi2.fill(Number.POSITIVE_INFINITY);
      columns.index.fill(Number.POSITIVE_INFINITY);
      own.lowest = Number.POSITIVE_INFINITY;
      own.lowestAt = Number.POSITIVE_INFINITY;
    });
    this.#block = -1;
  }

  /** What was added so far; the reducer may go on. */
  profiles(): GridProfiles {
    this.#leave();
    const isLine = this.#axes.length === 1;
    const lines = this.#axes.map((_, axis) => {
      // Any plane that shows the axis has its line.
      const pair = isLine ? 0 : this.#pairs.findIndex(([x, y]) => x === axis || y === axis);
      const [x, y] = this.#pairs[pair];
      const along = !isLine && x === axis ? "x" : "y";
      const [rows, columns] = [this.#sizes[x], this.#sizes[y]];
      return this.#planes[pair].map((plane) => lineOf(plane, rows, columns, along));
    });
    const best = lines[0].map((line) => {
      const { chi2, index } = lineOf(line, 1, line.chi2.length, "x");
      return { chi2: chi2[0], index: index[0] };
    });
    const planes = isLine
      ? []
      : this.#pairs.map(([x, y], pair) => ({ x, y, profiles: this.#planes[pair] }));
    return { points: this.#points, best, lines, planes };
  }
}

function notANumber(start: number, count: number): Error {
  return new NumericalError(
    "chi2-not-a-number",
    `χ² is not a number at one of the grid's points ${start} to ${start + count - 1} (flat index). Narrow the scanned ranges: the couplings there are beyond what the likelihood can express.`,
    { start, count },
  );
}
