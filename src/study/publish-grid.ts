import { gridSize } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import { InputError } from "../errors.js";
import { dataFileHashes } from "../experiments/data/hashes.js";
import { descriptionHash } from "../likelihood/hash.js";
import { writeGridResults } from "../results/grid-files.js";
import { type Provenance, provenance, type RunFacts } from "../results/provenance.js";
import type { RangeEvaluator } from "../results/stored-grid.js";
import { figureFiles } from "./figure-files.js";
import { type GridFindings, gridResults } from "./grid-results.js";
import type { PreparedScan } from "./prepare.js";

export interface GridOutcome {
  readonly folder: string;
  readonly provenance: Provenance;
  readonly findings: GridFindings;
}

export interface PublishGridOptions {
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Gives χ² of parts of the grid, if the scan wants all of it stored. */
  readonly evaluate?: RangeEvaluator | undefined;
}

/**
 * Makes a complete result folder of the profiles of a scan of three or more axes: profiles, references,
 * minima, contours, intervals, and a figure of every plane and axis.
 */
export async function publishGrid(
  prepared: PreparedScan,
  profiles: GridProfiles,
  run: Pick<RunFacts, "engine" | "started" | "wallSeconds" | "route" | "audit">,
  folder: string,
  { force = false, signal, evaluate }: PublishGridOptions,
): Promise<GridOutcome> {
  const { scan, analysis } = prepared;
  if (scan.store_grid && !evaluate) {
    throw new InputError(
      "no-engine-to-store",
      `The scan "${scan.name}" wants its whole grid stored, which needs an engine that evaluates it. Scan it in one run, or take out "store_grid".`,
      { scan: scan.name },
    );
  }
  const findings = gridResults(prepared, profiles);
  const files: Record<string, string | Uint8Array> = {};
  for (const [name, figure] of Object.entries(findings.figures)) {
    signal?.throwIfAborted();
    for (const [file, content] of Object.entries(await figureFiles(figure))) {
      files[file.replace(/^figure/, name)] = content;
    }
  }
  const facts = provenance({
    ...run,
    descriptionHash: descriptionHash(analysis.description),
    dataFiles: dataFileHashes(),
    points: gridSize(scan.axes),
  });
  const results = { scan, profiles, provenance: facts, ...findings, files };
  const stored = scan.store_grid ? { evaluate } : {};
  await writeGridResults(folder, results, { force, ...stored });
  return { folder, provenance: facts, findings };
}
