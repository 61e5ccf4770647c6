import type { EvaluateOptions, FlatRange, GridAxis } from "../engine.js";
import { axisValues } from "../points.js";
import { emptyProfiles, type GridProfiles } from "../profiles.js";
import type { ExactPoints } from "./exact.js";
import type { Flight, Landed } from "./flight.js";
import type { Gpu } from "./gpu.js";
import { inFlight } from "./in-flight.js";
import { type Blocks, blocksOf, Merge } from "./merge.js";
import { Pace } from "./pace.js";
import { axisTable, lostPoints, wantedRange } from "./pieces.js";
import { NOTHING } from "./run.js";

const FIRST_QUADS = 16384;
/** What computes χ² on the device, and what reduces it. */
export interface GridKernels {
  readonly gpu: Gpu;
  readonly flights: readonly Flight[];
  readonly exact: ExactPoints;
  /** Groups of four points that one dispatch can take. */
  readonly capacity: number;
  readonly combinations: number;
  /** By combination: what is added to the χ² of kernels. */
  readonly offsets: Float64Array;
  pipeline(kind: "grid", names: readonly string[]): Promise<GPUComputePipeline>;
  reducers(): Promise<readonly GPUComputePipeline[]>;
}

/** Reduces a range of a grid on the device; only minima of its blocks are read back. */
export async function reduceGrid(
  kernels: GridKernels,
  axes: readonly GridAxis[],
  range: FlatRange,
  options: EvaluateOptions,
): Promise<GridProfiles> {
  const width = kernels.combinations;
  if (range.count === 0) return emptyProfiles(axes, width);
  const { gpu } = kernels;
  const names = axes.map((axis) => axis.parameter);
  const chi2 = await kernels.pipeline("grid", names);
  const [rows, columns, blocks] = await kernels.reducers();
  const shape = blocksOf(axes, kernels.capacity);
  const perBlock = shape.rows * shape.quads;
  const points = shape.rows * shape.length;
  const firstBlock = Math.floor(range.start / points);
  const endBlock = Math.floor((range.start + range.count - 1) / points) + 1;
  const wanted = wantedRange(range.start, range.start + range.count, shape.length);
  const values = Float32Array.from(axes.flatMap((axis) => [...axisValues(axis)]));
  const axisBuffer = gpu.upload("axes", values, GPUBufferUsage.STORAGE);
  const table = axisTable(axes.map((axis) => axis.points));
  const merge = new Merge(axes, shape, kernels.offsets);
  const pace = new Pace(FIRST_QUADS, kernels.capacity);
  pace.start();
  let next = firstBlock;
  let done = 0;
  try {
    await inFlight(
      kernels.flights,
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
            { results: 16 * groups * width, minima: 8 * cells },
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
        const flat = doubtfulPoints(landed, shape, first * shape.rows, groups).filter(
          (index) => index >= start && index < end,
        );
        if (flat.length !== landed.status.doubtful)
          throw lostPoints(flat.length, landed.status.doubtful);
        const whole = { kind: "grid", axes, start: 0, count: 0 } as const;
        merge.addPoints(flat, kernels.exact.at(whole, flat));
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

/** Flat indices of lanes that hold no χ² of float32. */
function doubtfulPoints(
  { doubtful }: Landed,
  { length, quads }: Blocks,
  firstRow: number,
  groups: number,
): number[] {
  if (!doubtful) return [];
  const flat: number[] = [];
  new Float32Array(doubtful, 0, 4 * groups).forEach((value, place) => {
    const quad = place >> 2;
    const along = 4 * (quad % quads) + (place & 3);
    const isPoint = value >= NOTHING && along < length;
    if (isPoint) flat.push((firstRow + Math.floor(quad / quads)) * length + along);
  });
  return flat;
}
