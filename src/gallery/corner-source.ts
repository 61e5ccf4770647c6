import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import { z } from "zod";
import { ANALYSES } from "../analysis/registry.js";
import { parseLevel } from "../contour/levels.js";
import type { GridAxis } from "../engine/engine.js";
import { GridReducer } from "../engine/grid-reducer.js";
import { gridSize } from "../engine/points.js";
import {
  axisPairs,
  type GridProfiles,
  type PlaneProfiles,
  type Profile,
} from "../engine/profiles.js";
import { ENGINES } from "../engine/registry.js";
import { InputError } from "../errors.js";
import { loadScan } from "../scan/load.js";
import type { ResolvedScan } from "../scan/scan.js";

/** A finished scan with all its profiles. */
export interface ProfiledScan {
  readonly scan: ResolvedScan;
  readonly profiles: GridProfiles;
  /** The lowest minimum of every combination, polished off the grid, as the scan has it. */
  readonly minima?: readonly ScanMinimum[];
  /** What the scan warned of. */
  readonly warnings: readonly string[];
}

export interface ScanMinimum {
  /** By axis. */
  readonly point: readonly number[];
  readonly onFrame: boolean;
  /** χ² that Δχ² counts from. */
  readonly reference: number;
}

/**
 * Reads a result folder's scan and all its profiles: stored ones, or those of its whole χ² grids.
 * @throws InputError for a folder that is no result
 */
export async function readProfiledScan(folder: string): Promise<ProfiledScan> {
  const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };
  if (!existsSync(join(folder, "scan.yaml"))) {
    throw new InputError(
      "no-result",
      `${folder} is no result folder of a scan: it has no scan.yaml. Give the folder that a scan has written, e.g. results/figure-8-lower.`,
      { folder },
    );
  }
  const scan = await loadScan(join(folder, "scan.yaml"), catalogue);
  const stored = existsSync(join(folder, "profiles.zarr"));
  const profiles = stored
    ? await readProfiles(folder, scan)
    : await reduceGrids(folder, scan, gridSize(scan.axes));
  const minima = await readMinima(folder, scan);
  return { scan, profiles, ...(minima && { minima }), warnings: await readWarnings(folder) };
}

const jsonOf = async (path: string): Promise<unknown> =>
  existsSync(path) ? JSON.parse(await readFile(path, "utf8")) : undefined;

/** A minimum as scans of two axes write it, and those of more: with coordinates by axis, or by name. */
const MINIMUM = z.object({
  point: z.union([z.array(z.number()), z.record(z.string(), z.number())]),
  chi2: z.number(),
  deltaChi2: z.number(),
  onFrame: z.boolean().default(false),
});
const MINIMA = z.array(z.object({ combination: z.string(), minima: z.array(MINIMUM).min(1) }));
const WARNINGS = z.object({ warnings: z.array(z.string()), uncertain: z.array(z.string()) });

/** Lowest minima by combination; none of a folder that has them not, or in another form. */
async function readMinima(
  folder: string,
  { axes, combinations }: ResolvedScan,
): Promise<ScanMinimum[] | undefined> {
  const { data } = MINIMA.safeParse(await jsonOf(join(folder, "minima.json")));
  const found = combinations.flatMap(({ name }) => {
    const best = data?.find(({ combination }) => combination === name)?.minima[0];
    if (!best) return [];
    const { point, chi2, deltaChi2, onFrame } = best;
    const coordinates = axes.map(({ parameter }, i) =>
      Array.isArray(point) ? point[i] : point[parameter],
    );
    return [{ point: coordinates, onFrame, reference: chi2 - deltaChi2 }];
  });
  return found.length === combinations.length ? found : undefined;
}

async function readWarnings(folder: string): Promise<readonly string[]> {
  const { data } = WARNINGS.safeParse(await jsonOf(join(folder, "warnings.json")));
  return data ? [...data.uncertain, ...data.warnings] : [];
}

/** Profiles of the whole grids that a scan of one or two axes keeps. */
async function reduceGrids(
  folder: string,
  { axes, combinations }: ResolvedScan,
  size: number,
): Promise<GridProfiles> {
  const width = combinations.length;
  const chi2 = new Float64Array(size * width);
  for (const [k, { name }] of combinations.entries()) {
    chi2.set(await readArray(folder, "chi2.zarr", name, size), k * size);
  }
  const reducer = new GridReducer(axes, width);
  reducer.add(0, size, { chi2, offset: 0, pointStride: 1, combinationStride: size });
  return reducer.profiles();
}

/** The profiles that a scan of three or more axes keeps. */
async function readProfiles(folder: string, scan: ResolvedScan): Promise<GridProfiles> {
  const { axes, combinations, planes } = scan;
  const read = (group: string, shown: readonly GridAxis[]): Promise<Profile[]> =>
    Promise.all(
      combinations.map(async ({ name }) => {
        const size = gridSize(shown);
        const array = (which: string) =>
          readArray(folder, "profiles.zarr", `${group}/${which}`, size);
        return { chi2: await array(name), index: await array(`${name}.index`) };
      }),
    );
  const lines = await Promise.all(axes.map((axis) => read(axis.parameter, [axis])));
  const pairs = axisPairs(axes.length).map(async ([x, y]): Promise<PlaneProfiles> => {
    const [first, second] = [axes[x], axes[y]];
    const is = (names: readonly string[]) =>
      planes.some((plane) => plane.join() === names.join()) ? names.join("-") : undefined;
    const along = is([first.parameter, second.parameter]);
    const across = is([second.parameter, first.parameter]);
    if (along) return { x, y, profiles: await read(along, [first, second]) };
    if (across === undefined) throw missingPlane(folder, first.parameter, second.parameter);
    const turned = await read(across, [second, first]);
    return { x, y, profiles: turned.map((profile) => transposed(profile, second.points)) };
  });
  const best = lines[0].map(({ chi2, index }) => {
    const at = chi2.indexOf(Math.min(...chi2));
    return { chi2: chi2[at], index: index[at] };
  });
  return { points: gridSize(axes), best, lines, planes: await Promise.all(pairs) };
}

function missingPlane(folder: string, x: string, y: string): InputError {
  return new InputError(
    "no-plane",
    `${folder} keeps no profile of ${x} and ${y}, as its scan lists other planes; a corner plot shows every pair. Leave "planes" out of the scan file and run it again.`,
    { folder, plane: [x, y] },
  );
}

/** A profile of [rows × columns] as one of [columns × rows]. */
function transposed({ chi2, index }: Profile, rows: number): Profile {
  const columns = chi2.length / rows;
  const turn = (values: Float64Array) =>
    values.map((_, at) => values[(at % rows) * columns + Math.floor(at / rows)]);
  return { chi2: turn(chi2), index: turn(index) };
}

async function readArray(
  folder: string,
  store: string,
  name: string,
  size: number,
): Promise<Float64Array> {
  const damaged = (reason: string) =>
    new InputError(
      "no-grid",
      `${folder} has no whole ${name} in ${store} (${reason}). Run the scan again, and give its result folder.`,
      { folder, array: name },
    );
  try {
    const group = zarr.root(new FileSystemStore(join(folder, store)));
    const array = await zarr.open(group.resolve(name), { kind: "array" });
    const { data } = await zarr.get(array);
    if (data instanceof Float64Array && data.length === size) return data;
  } catch (error) {
    throw damaged((error as Error).message);
  }
  throw damaged(`it does not have ${size} values`);
}
