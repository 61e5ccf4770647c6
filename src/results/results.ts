import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { formatScan } from "../scan/format.js";
import type { ResolvedScan } from "../scan/scan.js";
import type { ContourSet } from "./contours.js";
import { writeContoursCsv, writeGridCsv } from "./csv.js";
import { writeResultFolder } from "./folder.js";
import { toJson } from "./json.js";
import type { Provenance } from "./provenance.js";
import { writeZarr } from "./zarr.js";

/** Everything that a finished scan has to say. */
export interface Results {
  readonly scan: ResolvedScan;
  /** [points × combinations], points row-major over the scan's axes, the last fastest. */
  readonly chi2: Float64Array;
  readonly provenance: Provenance;
  /** Contours of the scan's planes; none for a scan of one axis. */
  readonly contours: readonly ContourSet[];
  /** Allowed regions and minima, as plain data of finite numbers. */
  readonly regions: unknown;
  readonly minima: unknown;
  /** What a reader should know before using the numbers, and what in them may be wrong: sentences. */
  readonly warnings: readonly string[];
  readonly uncertain: readonly string[];
  /** Further files by name, e.g. figures. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * Writes a result folder, all of it or nothing:
 * `scan.yaml` (with every default), `provenance.json`, `chi2.zarr` and `chi2.csv` (the grids),
 * `contours.json` and `contours.csv`, `regions.json`, `minima.json`, `warnings.json`, and any further files.
 *
 * @throws InputError where a folder exists and `force` is not given, or it is no result folder
 */
export async function writeResults(
  path: string,
  results: Results,
  options: { readonly force?: boolean } = {},
): Promise<void> {
  await writeResultFolder(path, options, async (folder) => {
    const {
      scan,
      provenance,
      contours,
      regions,
      minima,
      warnings,
      uncertain,
      files = {},
    } = results;
    const write = (name: string, content: string | Uint8Array) =>
      writeFile(join(folder, basename(name)), content, { flag: "wx" });
    await write("scan.yaml", formatScan(scan));
    await writeZarr(join(folder, "chi2.zarr"), results, groupAttributes(results));
    await writeGridCsv(join(folder, "chi2.csv"), results);
    if (contours.length > 0) {
      await write("contours.json", toJson(contours));
      await writeContoursCsv(join(folder, "contours.csv"), contours);
    }
    await write("regions.json", toJson(regions));
    await write("minima.json", toJson(minima));
    await write("warnings.json", toJson({ warnings, uncertain }));
    for (const [name, content] of Object.entries(files)) await write(name, content);
    return provenance;
  });
}

/** What a grid needs beside its numbers when it is read alone; nothing that changes from run to run. */
export function groupAttributes({
  scan,
  provenance,
}: Pick<Results, "scan" | "provenance">): Record<string, unknown> {
  const { name, title, analysis, reference, fixed } = scan;
  const { nsiscan, description_sha256 } = provenance;
  return { name, title, analysis, reference, fixed, nsiscan, description_sha256 };
}
