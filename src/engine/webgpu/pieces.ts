import { NumericalError } from "../../errors.js";
import type { GridRange, PointList, PointSource } from "../engine.js";
import { axisValues, pointCount } from "../points.js";
import type { Run } from "./run.js";

/** A source of points cut into dispatches. */
export interface Pieces {
  /** Groups of four points in all. */
  readonly quads: number;
  /** Values along the axes, one after the other, where the device generates the points. */
  readonly axisValues: Float32Array | undefined;
  /** Groups from ≤ group < from + count. */
  cut(from: number, count: number): Piece;
}

export function piecesOf(source: PointSource): Pieces {
  return source.kind === "grid" ? new GridPieces(source) : new ListPieces(source);
}

/** Points of a source as one dispatch takes them. */
export interface Piece {
  readonly run: Run;
  readonly columns?: Float32Array;
  /** Points of the source that it holds: first ≤ i < end. */
  readonly first: number;
  readonly end: number;
  /** Where the results of point i are. */
  placeOf(i: number): number;
}

const noBlocks = { block: 1, blocks: 0 } as const;

/** Rows of the last axis, each in groups of four that do not straddle rows. */
class GridPieces implements Pieces {
  readonly quads: number;
  readonly axisValues: Float32Array;
  private readonly length: number;
  private readonly perRow: number;
  private readonly firstRow: number;
  private readonly firstQuad: number;

  constructor(private readonly source: GridRange) {
    const { axes, start, count } = source;
    this.axisValues = Float32Array.from(axes.flatMap((axis) => [...axisValues(axis)]));
    this.length = axes[axes.length - 1].points;
    this.perRow = Math.ceil(this.length / 4);
    this.firstRow = Math.floor(start / this.length);
    this.firstQuad = Math.floor((start % this.length) / 4);
    const last = start + count - 1;
    const lastRow = Math.floor(last / this.length) - this.firstRow;
    const end = lastRow * this.perRow + Math.floor((last % this.length) / 4) + 1;
    this.quads = end - this.firstQuad;
  }

  cut(from: number, count: number): Piece {
    const { source, length, perRow, firstRow } = this;
    const quad = this.firstQuad + from;
    const row = firstRow + Math.floor(quad / perRow);
    const origin = quad % perRow;
    const lastQuad = origin + count - 1;
    const endOfLast = Math.min(4 * (lastQuad % perRow) + 4, length);
    const end = (row + Math.floor(lastQuad / perRow)) * length + endOfLast;
    const first = Math.max(row * length + 4 * origin, source.start);
    const stop = Math.min(end, source.start + source.count);
    return {
      run: {
        firstRow: row,
        firstQuad: origin,
        count,
        quads: perRow,
        length,
        stride: count,
        ...noBlocks,
        ...wantedRange(source.start, source.start + source.count, length),
        axes: axisTable(source.axes.map((axis) => axis.points)),
      },
      first: first - source.start,
      end: stop - source.start,
      placeOf: (i) => {
        const flat = i + source.start;
        const at = Math.floor(flat / length);
        const along = flat - at * length;
        return 4 * ((at - row) * perRow + (along >> 2) - origin) + (along & 3);
      },
    };
  }
}

/** Points start ≤ flat < end in terms of rows. */
export function wantedRange(start: number, end: number, length: number) {
  const endRow = Math.floor((end - 1) / length);
  return {
    beginRow: Math.floor(start / length),
    begin: start % length,
    endRow,
    end: end - endRow * length,
  };
}

/** Offset of each axis among all values one after the other, and its points. */
export function axisTable(points: readonly number[]): [number, number][] {
  let offset = 0;
  return points.map((count) => {
    offset += count;
    return [offset - count, count];
  });
}

class ListPieces implements Pieces {
  readonly quads: number;
  readonly axisValues = undefined;

  constructor(private readonly source: PointList) {
    this.quads = Math.ceil(pointCount(source) / 4);
  }

  cut(from: number, count: number): Piece {
    const { names, values } = this.source;
    const first = 4 * from;
    const end = Math.min(4 * (from + count), pointCount(this.source));
    const width = names.length;
    const columns = new Float32Array(4 * count * width);
    for (let k = 0; k < width; k++) {
      for (let i = 0; i < 4 * count; i++) {
        // The last point again fills up the last group.
        columns[k * 4 * count + i] = values[Math.min(first + i, end - 1) * width + k];
      }
    }
    return {
      run: {
        firstRow: 0,
        firstQuad: 0,
        count,
        quads: count,
        length: end - first,
        stride: count,
        ...noBlocks,
        ...wantedRange(0, end - first, end - first),
        axes: [],
      },
      columns,
      first,
      end,
      placeOf: (i) => i - first,
    };
  }
}

export function lostPoints(found: number, expected: number): NumericalError {
  const message = `The device counted ${found} points where there are ${expected}: some were lost or done twice. Nothing of this is to be used; run again with another adapter, or with the engine "cpu", and report this.`;
  return new NumericalError("points-lost", message, { found, expected });
}
