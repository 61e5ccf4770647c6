import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { GridProfiles } from "../engine/profiles.js";
import { formatScan } from "../scan/format.js";
import type { ResolvedScan } from "../scan/scan.js";
import type { ContourSet } from "./contours.js";
import { writeContoursCsv } from "./csv.js";
import { writeResultFolder } from "./folder.js";
import { toJson } from "./json.js";
import { writeProfiles } from "./profile-files.js";
import type { Provenance } from "./provenance.js";
import { groupAttributes } from "./results.js";
import { type RangeEvaluator, storeGrid } from "./stored-grid.js";

/** Everything that a finished scan of three or more axes has to say. */
export interface GridResults {
  readonly scan: ResolvedScan;
  readonly profiles: GridProfiles;
  readonly provenance: Provenance;
  readonly contours: readonly ContourSet[];
  /** Plain data of finite numbers. */
  readonly regions: unknown;
  readonly minima: unknown;
  /** What a reader should know before using the numbers, and what in them may be wrong: sentences. */
  readonly warnings: readonly string[];
  readonly uncertain: readonly string[];
  readonly best: unknown;
  /** Further files by name, e.g. figures. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * Writes the result folder of a scan of three or more axes, all of it or nothing: `scan.yaml`,
 * `provenance.json`, `profiles.zarr` and `profile-<axes>.csv`, `contours.json` and `contours.csv`,
 * `regions.json`, `minima.json`, `warnings.json`, `best.json`, any further files, and the whole grid as `chi2.zarr`
 * where the scan asks for it.
 *
 * @param evaluate what gives χ² of the whole grid, part by part, if it is to be stored
 * @throws InputError where a folder exists and `force` is not given, or it is no result folder
 */
export async function writeGridResults(
  path: string,
  results: GridResults,
  { force = false, evaluate }: { force?: boolean; evaluate?: RangeEvaluator | undefined },
): Promise<void> {
  await writeResultFolder(path, { force }, async (folder) => {
    const { scan, profiles, provenance, contours, regions, minima, best, files } = results;
    const { warnings, uncertain } = results;
    const write = (name: string, content: string | Uint8Array) =>
      writeFile(join(folder, basename(name)), content, { flag: "wx" });
    const attributes = groupAttributes(results);
    await write("scan.yaml", formatScan(scan));
    await writeProfiles(folder, scan, profiles, attributes);
    if (evaluate) await storeGrid(join(folder, "chi2.zarr"), scan, evaluate, attributes);
    await write("contours.json", toJson(contours));
    await writeContoursCsv(join(folder, "contours.csv"), contours);
    await write("regions.json", toJson(regions));
    await write("minima.json", toJson(minima));
    await write("warnings.json", toJson({ warnings, uncertain }));
    await write("best.json", toJson(best));
    for (const [name, content] of Object.entries(files)) await write(name, content);
    return provenance;
  });
}
