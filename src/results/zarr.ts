import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import type { Combination } from "../likelihood/description.js";
import { parameter } from "../model/parameters.js";
import { type GridResult, gridCoordinates } from "./grid.js";

/** Elements of a chunk at most: 8 MiB. */
const CHUNK = 2 ** 20;

/** Float64 as it lies in memory. */
const codecs = [{ name: "bytes", configuration: { endian: "little" } }];

/**
 * Writes a Zarr v3 group: one float64 array per combination, named like it, [axis 1, axis 2, …],
 * and one per axis with its values. Dimensions are named, as xarray wants them; the same bytes for
 * the same numbers.
 *
 * @param attributes of the group
 */
export async function writeZarr(
  folder: string,
  grid: GridResult,
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  gridCoordinates(grid);
  const { scan, chi2 } = grid;
  const group = await zarr.create(new FileSystemStore(folder), { attributes });
  await writeAxes(group, scan.axes);
  const shape = scan.axes.map((axis) => axis.points);
  const width = scan.combinations.length;
  for (const [k, combination] of scan.combinations.entries()) {
    await writeArray(group.resolve(combination.name), {
      ...chi2Array(scan.axes, combination),
      data: chi2.subarray(k),
      // One combination is every width-th number of χ².
      stride: strides(shape).map((stride) => width * stride),
    });
  }
}

/** Writes the values of axes, an array for each. */
export async function writeAxes(
  group: zarr.Location<FileSystemStore>,
  axes: readonly GridAxis[],
): Promise<void> {
  for (const axis of axes) {
    const { symbol, description } = parameter(axis.parameter);
    await writeArray(group.resolve(axis.parameter), {
      data: axisValues(axis),
      shape: [axis.points],
      stride: [1],
      dimensions: [axis.parameter],
      attributes: { units: "1", symbol, long_name: description },
    });
  }
}

/** Shape, dimensions and attributes of the χ² of a combination over some axes. */
export function chi2Array(axes: readonly GridAxis[], { datasets }: Combination) {
  return {
    shape: axes.map(({ points }) => points),
    dimensions: axes.map((axis) => axis.parameter),
    attributes: {
      units: "1",
      symbol: "\\chi^2",
      long_name: `chi-square of ${datasets.join(", ")}, nuisance parameters profiled`,
      datasets,
    },
  };
}

/** Strides of a row-major array. */
export function strides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => product(shape.slice(axis + 1)));
}

interface NewArray {
  readonly shape: number[];
  readonly dimensions: string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface NamedArray extends NewArray {
  readonly data: Float64Array;
  readonly stride: number[];
}

/** Writes a whole array. */
export async function writeArray(
  location: zarr.Location<FileSystemStore>,
  { data, stride, ...fresh }: NamedArray,
): Promise<void> {
  const array = await createArray(location, fresh);
  await zarr.set(array, null, { data, shape: fresh.shape, stride });
}

/** Makes an array of float64 that has no values yet. */
export function createArray(
  location: zarr.Location<FileSystemStore>,
  { shape, dimensions, attributes }: NewArray,
) {
  return zarr.create(location, {
    shape,
    chunkShape: chunkShape(shape),
    dtype: "float64",
    codecs,
    fillValue: Number.NaN,
    dimensionNames: dimensions,
    attributes,
  });
}

/** Whole arrays where they are small; else cut along the first axes. */
export function chunkShape(shape: readonly number[]): number[] {
  const chunk = [...shape];
  for (let axis = 0; axis < chunk.length; axis++) {
    const others = product(chunk) / chunk[axis];
    chunk[axis] = Math.min(chunk[axis], Math.max(1, Math.floor(CHUNK / others)));
  }
  return chunk;
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a * b, 1);
}
