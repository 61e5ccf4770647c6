import { existsSync } from "node:fs";
import { join } from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import { ANALYSES } from "../analysis/registry.js";
import { parseLevel } from "../contour/levels.js";
import { GridReducer } from "../engine/grid-reducer.js";
import { gridSize } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import { ENGINES } from "../engine/registry.js";
import { InputError } from "../errors.js";
import { loadScan } from "../scan/load.js";
import type { ResolvedScan } from "../scan/scan.js";

/** A finished scan with all its profiles. */
export interface ProfiledScan {
  readonly scan: ResolvedScan;
  readonly profiles: GridProfiles;
}

/**
 * Reads a result folder's scan and reduces its χ² grids to all profiles.
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
  const size = gridSize(scan.axes);
  const width = scan.combinations.length;
  const chi2 = new Float64Array(size * width);
  for (const [k, { name }] of scan.combinations.entries()) {
    chi2.set(await readGrid(folder, name, size), k * size);
  }
  const reducer = new GridReducer(scan.axes, width);
  reducer.add(0, size, { chi2, offset: 0, pointStride: 1, combinationStride: size });
  return { scan, profiles: reducer.profiles() };
}

async function readGrid(folder: string, name: string, size: number): Promise<Float64Array> {
  const damaged = (reason: string) =>
    new InputError(
      "no-grid",
      `${folder} has no whole χ² grid of ${name} in chi2.zarr (${reason}). Run the scan again, and give its result folder.`,
      { folder, combination: name },
    );
  try {
    const group = zarr.root(new FileSystemStore(join(folder, "chi2.zarr")));
    const array = await zarr.open(group.resolve(name), { kind: "array" });
    const { data } = await zarr.get(array);
    if (data instanceof Float64Array && data.length === size) return data;
  } catch (error) {
    throw damaged((error as Error).message);
  }
  throw damaged(`it does not have the scan's ${size} points`);
}
