import type { EvaluateOptions, FlatRange, GridAxis } from "../engine.js";
import { axisValues } from "../points.js";
import {
  axisPairs,
  emptyProfiles,
  type GridProfiles,
  lineOf,
  lower,
  type Profile,
} from "../profiles.js";
import { axisTable, type Fused, lostPoints, wantedRange } from "./fused.js";
import { inFlight } from "./in-flight.js";
import { Pace } from "./pace.js";

const FIRST_QUADS = 16384;
/** χ² from here on is no point's: those left out, and those that float64 has. */
const NOTHING = 2.9e38;

/** The grid as dispatches see it: blocks of rows of the last axis. */
interface Blocks {
  /** Points of the last axis, and groups of four in a row. */
  readonly length: number;
  readonly quads: number;
  /** Rows per block: points of the last axis but one, or 1. */
  readonly rows: number;
  /** Number of axes outside blocks. */
  readonly outer: number;
}

/** Reduces a range of a grid on the device; only minima of its blocks are read back. */
export async function reduceGrid(
  fused: Fused,
  axes: readonly GridAxis[],
  range: FlatRange,
  options: EvaluateOptions,
): Promise<GridProfiles> {
  const width = fused.kernel.combinations.length;
  const profiles = emptyProfiles(axes, width);
  if (range.count === 0) return profiles;
  const { gpu } = fused;
  const names = axes.map((axis) => axis.parameter);
  const chi2 = await fused.pipeline("grid", names);
  const [rows, columns, blocks] = await fused.reducers();
  const shape = blocksOf(axes, fused.capacity);
  const perBlock = shape.rows * shape.quads;
  const points = shape.rows * shape.length;
  const firstBlock = Math.floor(range.start / points);
  const endBlock = Math.floor((range.start + range.count - 1) / points) + 1;
  const wanted = wantedRange(range.start, range.start + range.count, shape.length);
  const values = Float32Array.from(axes.flatMap((axis) => [...axisValues(axis)]));
  const axisBuffer = gpu.upload("axes", values, GPUBufferUsage.STORAGE);
  const table = axisTable(axes.map((axis) => axis.points));
  const merge = new Merge(axes, shape, profiles);
  const pace = new Pace(FIRST_QUADS, fused.capacity);
  pace.start();
  let next = firstBlock;
  let done = 0;
  try {
    await inFlight(
      fused.flights,
      (flight) => {
        options.signal?.throwIfAborted();
        if (next >= endBlock) return undefined;
        const first = next;
        const count = Math.min(Math.max(1, Math.floor(pace.quads / perBlock)), endBlock - first);
        next += count;
        const groups = count * perBlock;
        const cells = width * (count * (shape.rows + shape.length) + shape.rows * shape.length);
        const run = {
          firstRow: first * shape.rows,
          firstQuad: 0,
          count: groups,
          quads: shape.quads,
          length: shape.length,
          stride: groups,
          block: shape.rows,
          blocks: count,
          ...wanted,
          axes: table,
        };
        return flight
          .fly(
            run,
            axisBuffer,
            [
              { pipeline: chi2, invocations: groups },
              { pipeline: rows, invocations: width * count * shape.rows },
              { pipeline: columns, invocations: width * count * shape.quads },
              { pipeline: blocks, invocations: width * perBlock },
            ],
            { role: "minima", bytes: 8 * cells },
            { results: 16 * groups * width, listed: 4 * groups, minima: 8 * cells },
          )
          .then((landed) => ({ landed, first, count, groups }));
      },
      ({ landed, first, count, groups }) => {
        pace.landed(groups);
        const { written, checksum, reduced, reducedChecksum } = landed.status;
        const start = Math.max(first * points, range.start);
        const end = Math.min((first + count) * points, range.start + range.count);
        if (written !== end - start) throw lostPoints(written, end - start);
        // Each of three reductions saw every lane once, and with the bits that were written.
        const lanes = 3 * 4 * groups * width;
        if (reduced !== lanes) throw lostPoints(reduced, lanes);
        if (reducedChecksum !== Math.imul(3, checksum) >>> 0)
          throw lostPoints(reducedChecksum, checksum);
        merge.add(landed.words, first, count);
        const flat = Array.from(landed.listed, (place) => {
          const quad = place >> 2;
          const row = first * shape.rows + Math.floor(quad / shape.quads);
          return row * shape.length + 4 * (quad % shape.quads) + (place & 3);
        });
        const whole = { kind: "grid", axes, start: 0, count: 0 } as const;
        merge.addPoints(flat, fused.exact(whole, flat));
        done += written;
        options.onProgress?.(done);
      },
    );
  } finally {
    axisBuffer.destroy();
  }
  options.signal?.throwIfAborted();
  return merge.finish(done);
}

/** Blocks are as large as fits: two axes, or one. */
function blocksOf(axes: readonly GridAxis[], capacity: number): Blocks {
  const length = axes[axes.length - 1].points;
  const quads = Math.ceil(length / 4);
  const second = axes.length > 1 ? axes[axes.length - 2].points : 1;
  const fits = second * quads <= capacity;
  const inner = axes.length > 1 && fits ? 2 : 1;
  return { length, quads, rows: inner === 2 ? second : 1, outer: axes.length - inner };
}

/** Gathers the minima of dispatches into profiles. */
class Merge {
  readonly #pairs: readonly (readonly [number, number])[];
  readonly #sizes: readonly number[];

  constructor(
    private readonly axes: readonly GridAxis[],
    private readonly shape: Blocks,
    private readonly profiles: GridProfiles,
  ) {
    this.#sizes = axes.map((axis) => axis.points);
    this.#pairs = axisPairs(axes.length);
  }

  get #width(): number {
    return this.profiles.best.length;
  }

  /** The minima of blocks first ≤ block < first + count. */
  add(words: ArrayBuffer, first: number, count: number): void {
    const { rows, length } = this.shape;
    const values = new Float32Array(words);
    const places = new Uint32Array(words);
    const width = this.#width;
    const columnsFrom = width * count * rows;
    const blocksFrom = columnsFrom + width * count * length;
    for (let k = 0; k < width; k++) {
      for (let b = 0; b < count; b++) {
        const outer = this.#outerPlace(first + b);
        const row = (first + b) * rows;
        for (let j = 0; j < rows; j++) {
          const at = 2 * ((k * count + b) * rows + j);
          this.#row(k, outer, j, values[at], (row + j) * length + places[at + 1]);
        }
        for (let i = 0; i < length; i++) {
          const at = 2 * (columnsFrom + (k * count + b) * length + i);
          this.#column(k, outer, i, values[at], (row + places[at + 1]) * length + i);
        }
      }
      for (let cell = 0; cell < rows * length; cell++) {
        const at = 2 * (blocksFrom + k * rows * length + cell);
        const flat = (first + places[at + 1]) * rows * length + cell;
        this.#inner(k, cell, values[at], flat);
      }
    }
  }

  /** Points one by one, with their χ² [points × combinations]. */
  addPoints(flat: readonly number[], chi2: Float64Array): void {
    const width = this.#width;
    flat.forEach((index, n) => {
      const place = this.#place(index);
      for (let k = 0; k < width; k++) {
        const value = chi2[n * width + k];
        this.profiles.planes.forEach(({ x, y, profiles }) => {
          lower(profiles[k], place[x] * this.#sizes[y] + place[y], value, index);
        });
        if (this.axes.length === 1) lower(this.profiles.lines[0][k], place[0], value, index);
      }
    });
  }

  finish(points: number): GridProfiles {
    const { planes } = this.profiles;
    const lines =
      this.axes.length === 1
        ? this.profiles.lines
        : this.axes.map((_, axis) => {
            const pair = this.#pairs.findIndex(([x, y]) => x === axis || y === axis);
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

  /** A row's minimum: over the last axis, and any that are not shown. */
  #row(k: number, outer: readonly number[], j: number, value: number, flat: number): void {
    if (!(value < NOTHING)) return;
    const second = this.shape.outer;
    const hasSecond = this.axes.length - second === 2;
    this.profiles.planes.forEach(({ x, y, profiles }) => {
      if (y < second) lower(profiles[k], outer[x] * this.#sizes[y] + outer[y], value, flat);
      else if (hasSecond && y === second && x < second) {
        lower(profiles[k], outer[x] * this.#sizes[y] + j, value, flat);
      }
    });
  }

  /** A column's minimum: over the rows of its block. */
  #column(k: number, outer: readonly number[], i: number, value: number, flat: number): void {
    if (!(value < NOTHING)) return;
    const last = this.axes.length - 1;
    for (let x = 0; x < this.shape.outer; x++) {
      const pair = this.#pairs.findIndex(([a, b]) => a === x && b === last);
      const profile: Profile = this.profiles.planes[pair].profiles[k];
      lower(profile, outer[x] * this.#sizes[last] + i, value, flat);
    }
  }

  /** A cell within the block: over the blocks. */
  #inner(k: number, cell: number, value: number, flat: number): void {
    if (!(value < NOTHING)) return;
    const inner = this.axes.length - this.shape.outer;
    if (inner === 2)
      lower(this.profiles.planes[this.#pairs.length - 1].profiles[k], cell, value, flat);
    else if (this.axes.length === 1) lower(this.profiles.lines[0][k], cell, value, flat);
  }

  #outerPlace(block: number): number[] {
    return this.#digits(block, this.shape.outer);
  }

  #place(flat: number): number[] {
    return this.#digits(flat, this.axes.length);
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
