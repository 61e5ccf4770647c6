import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
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
  const { scan, chi2 } = grid;
  const group = await zarr.create(new FileSystemStore(folder), { attributes });
  const dimensions = scan.axes.map((axis) => axis.parameter);
  const coordinates = gridCoordinates(grid);
  for (const [k, values] of coordinates.entries()) {
    const { symbol, description } = parameter(dimensions[k]);
    await writeArray(group.resolve(dimensions[k]), {
      data: values,
      shape: [values.length],
      stride: [1],
      dimensions: [dimensions[k]],
      attributes: { units: "1", symbol, long_name: description },
    });
  }
  const shape = scan.axes.map((axis) => axis.points);
  const width = scan.combinations.length;
  for (const [k, { name, datasets }] of scan.combinations.entries()) {
    await writeArray(group.resolve(name), {
      data: chi2.subarray(k),
      shape,
      // One combination is every width-th number of χ².
      stride: shape.map((_, axis) => width * product(shape.slice(axis + 1))),
      dimensions,
      attributes: {
        units: "1",
        symbol: "\\chi^2",
        long_name: `chi-square of ${datasets.join(", ")}, nuisance parameters profiled`,
        datasets,
      },
    });
  }
}

interface NamedArray {
  readonly data: Float64Array;
  readonly shape: number[];
  readonly stride: number[];
  readonly dimensions: string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

async function writeArray(
  location: zarr.Location<FileSystemStore>,
  { data, shape, stride, dimensions, attributes }: NamedArray,
): Promise<void> {
  const array = await zarr.create(location, {
    shape,
    chunkShape: chunkShape(shape),
    dtype: "float64",
    codecs,
    fillValue: Number.NaN,
    dimensionNames: dimensions,
    attributes,
  });
  await zarr.set(array, null, { data, shape, stride });
}

/** Whole arrays where they are small; else cut along the first axes. */
function chunkShape(shape: readonly number[]): number[] {
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
