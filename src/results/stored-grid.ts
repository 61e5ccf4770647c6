import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import type { FlatRange } from "../engine/engine.js";
import { gridSize } from "../engine/points.js";
import type { ResolvedScan } from "../scan/scan.js";
import { chi2Array, chunkShape, createArray, strides, writeAxes } from "./zarr.js";

/** Evaluates consecutive points of a grid: χ², [points × combinations]. */
export type RangeEvaluator = (range: FlatRange) => Promise<Float64Array>;

/**
 * Writes the whole grid of a scan as {@link writeZarr} does, chunk by chunk: one is evaluated while the
 * one before it goes to disk, and no more than these two are ever in memory.
 *
 * @param attributes of the group
 */
export async function storeGrid(
  folder: string,
  { axes, combinations }: ResolvedScan,
  evaluate: RangeEvaluator,
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const group = await zarr.create(new FileSystemStore(folder), { attributes });
  await writeAxes(group, axes);
  const arrays: Awaited<ReturnType<typeof createArray>>[] = [];
  for (const combination of combinations) {
    const array = chi2Array(axes, combination);
    arrays.push(await createArray(group.resolve(combination.name), array));
  }
  const shape = axes.map(({ points }) => points);
  const size = gridSize(axes);
  let writing: Promise<void> = Promise.resolve();
  try {
    for (let start = 0; start < size; ) {
      const box = chunkAt(shape, start);
      const range = { start, count: box.shape.reduce((a, b) => a * b, 1) };
      const chi2 = await evaluate(range);
      await writing;
      writing = writeChunk(arrays, box, chi2);
      // What goes wrong is told where it is waited for.
      writing.catch(() => {});
      start += range.count;
    }
  } finally {
    await writing;
  }
}

interface Box {
  readonly from: readonly number[];
  readonly shape: readonly number[];
}

/**
 * The chunk that begins at a flat index. Chunks are cut along the first axes only, so that each is a
 * range of the flat index.
 */
function chunkAt(shape: readonly number[], start: number): Box {
  const chunk = chunkShape(shape);
  const from = strides(shape).map((stride, axis) => Math.floor(start / stride) % shape[axis]);
  return { from, shape: chunk.map((length, axis) => Math.min(length, shape[axis] - from[axis])) };
}

async function writeChunk(
  arrays: readonly Awaited<ReturnType<typeof createArray>>[],
  { from, shape }: Box,
  chi2: Float64Array,
): Promise<void> {
  const selection = from.map((first, axis) => zarr.slice(first, first + shape[axis]));
  const stride = strides(shape).map((one) => arrays.length * one);
  for (const [k, array] of arrays.entries()) {
    await zarr.set(array, selection, { data: chi2.subarray(k), shape: [...shape], stride });
  }
}
