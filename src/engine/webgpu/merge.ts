import type { GridAxis } from "../engine.js";
import {
  axisPairs,
  emptyProfiles,
  type GridProfiles,
  lineOf,
  lower,
  type Profile,
} from "../profiles.js";
import { NOTHING } from "./run.js";

/** A grid as dispatches see it: blocks of rows of the last axis. */
export interface Blocks {
  /** Points of the last axis, and groups of four in a row. */
  readonly length: number;
  readonly quads: number;
  /** Rows per block: points of the last axis but one, or 1. */
  readonly rows: number;
  /** Number of axes outside blocks. */
  readonly outer: number;
}

/** Blocks of two axes, or of one where two do not fit into `capacity` groups of four points. */
export function blocksOf(axes: readonly GridAxis[], capacity: number): Blocks {
  const length = axes[axes.length - 1].points;
  const quads = Math.ceil(length / 4);
  const second = axes.length > 1 ? axes[axes.length - 2].points : 1;
  const inner = axes.length > 1 && second * quads <= capacity ? 2 : 1;
  return { length, quads, rows: inner === 2 ? second : 1, outer: axes.length - inner };
}

/** Gathers the minima of dispatches (shaders/reduce.wgsl) into the profiles of a grid. */
export class Merge {
  readonly #profiles: GridProfiles;
  readonly #sizes: readonly number[];
  readonly #pairs: readonly (readonly [number, number])[];
  readonly #width: number;

  constructor(
    private readonly axes: readonly GridAxis[],
    private readonly shape: Blocks,
    /** By combination: what is added to minima. */
    private readonly offsets: Float64Array,
  ) {
    this.#profiles = emptyProfiles(axes, offsets.length);
    this.#sizes = axes.map((axis) => axis.points);
    this.#pairs = axisPairs(axes.length);
    this.#width = offsets.length;
  }

  /** The minima of blocks first ≤ block < first + count. */
  add(words: ArrayBuffer, first: number, count: number): void {
    const { rows, length, outer } = this.shape;
    const values = new Float32Array(words);
    const places = new Uint32Array(words);
    const columnsFrom = this.#width * count * rows;
    const blocksFrom = columnsFrom + this.#width * count * length;
    for (let k = 0; k < this.#width; k++) {
      const offset = this.offsets[k];
      const ofRows = outer > 0 && rows > 1 ? this.#planesWith(outer, k) : [];
      const ofColumns = this.#planesWith(this.axes.length - 1, k).slice(0, outer);
      for (let b = 0; b < count; b++) {
        const place = this.#digits(first + b, outer);
        const row = (first + b) * rows;
        let lowest = NOTHING;
        let lowestAt = 0;
        for (let j = 0; j < rows; j++) {
          const at = 2 * ((k * count + b) * rows + j);
          const value = values[at];
          if (!(value < NOTHING)) continue;
          const flat = (row + j) * length + places[at + 1];
          if (value < lowest) {
            lowest = value;
            lowestAt = flat;
          }
          for (let x = 0; x < ofRows.length; x++)
            lower(ofRows[x], place[x] * rows + j, value + offset, flat);
        }
        if (lowest < NOTHING) this.#addBlock(k, place, lowest + offset, lowestAt);
        for (let i = 0; i < length; i++) {
          const at = 2 * (columnsFrom + (k * count + b) * length + i);
          const value = values[at];
          if (!(value < NOTHING)) continue;
          const flat = (row + places[at + 1]) * length + i;
          for (let x = 0; x < outer; x++) {
            lower(ofColumns[x], place[x] * length + i, value + offset, flat);
          }
        }
      }
      const inner = this.#inner(k);
      for (let cell = 0; inner && cell < rows * length; cell++) {
        const at = 2 * (blocksFrom + k * rows * length + cell);
        const flat = (first + places[at + 1]) * rows * length + cell;
        if (values[at] < NOTHING) lower(inner, cell, values[at] + offset, flat);
      }
    }
  }

  /** Points one by one, with their χ² [points × combinations]. */
  addPoints(flat: readonly number[], chi2: Float64Array): void {
    const { lines, planes } = this.#profiles;
    flat.forEach((index, n) => {
      const place = this.#digits(index, this.axes.length);
      for (let k = 0; k < this.#width; k++) {
        const value = chi2[n * this.#width + k];
        for (const { x, y, profiles } of planes) {
          lower(profiles[k], place[x] * this.#sizes[y] + place[y], value, index);
        }
        if (this.axes.length === 1) lower(lines[0][k], place[0], value, index);
      }
    });
  }

  /** The minimum of combination k over a part of the grid, which is at a point. */
  addMinimum(k: number, value: number, index: number): void {
    const { lines, planes } = this.#profiles;
    const place = this.#digits(index, this.axes.length);
    const chi2 = value + this.offsets[k];
    for (const { x, y, profiles } of planes) {
      lower(profiles[k], place[x] * this.#sizes[y] + place[y], chi2, index);
    }
    if (this.axes.length === 1) lower(lines[0][k], place[0], chi2, index);
  }

  /** What was gathered, of so many points. */
  finish(points: number): GridProfiles {
    const { planes } = this.#profiles;
    const lines = this.axes.map((_, axis) => {
      const pair = this.#pairs.findIndex(([x, y]) => x === axis || y === axis);
      if (pair < 0) return this.#profiles.lines[axis];
      const [x, y] = this.#pairs[pair];
      const along = x === axis ? "x" : "y";
      return planes[pair].profiles.map((plane) =>
        lineOf(plane, this.#sizes[x], this.#sizes[y], along),
      );
    });
    const best = lines[0].map((line) => {
      const { chi2, index } = lineOf(line, 1, line.chi2.length, "x");
      return { chi2: chi2[0], index: index[0] };
    });
    return { points, best, lines, planes };
  }

  /** A whole block's minimum: to planes of two axes outside blocks. */
  #addBlock(k: number, place: readonly number[], value: number, flat: number): void {
    this.#pairs.forEach(([x, y], pair) => {
      if (y >= this.shape.outer) return;
      const { profiles } = this.#profiles.planes[pair];
      lower(profiles[k], place[x] * this.#sizes[y] + place[y], value, flat);
    });
  }

  /** Planes of each earlier axis with this one. */
  #planesWith(axis: number, k: number): Profile[] {
    return this.#profiles.planes.filter(({ y }) => y === axis).map(({ profiles }) => profiles[k]);
  }

  /** What shows the cells of a block as they are, if anything does. */
  #inner(k: number): Profile | undefined {
    const inner = this.axes.length - this.shape.outer;
    if (inner === 2) return this.#profiles.planes[this.#pairs.length - 1].profiles[k];
    return this.axes.length === 1 ? this.#profiles.lines[0][k] : undefined;
  }

  #digits(index: number, count: number): number[] {
    const digits = new Array<number>(count);
    let rest = index;
    for (let axis = count - 1; axis >= 0; axis--) {
      digits[axis] = rest % this.#sizes[axis];
      rest = Math.floor(rest / this.#sizes[axis]);
    }
    return digits;
  }
}
