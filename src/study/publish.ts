import { gridSize } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import { dataFileHashes } from "../experiments/data/hashes.js";
import { descriptionHash } from "../likelihood/hash.js";
import { type Provenance, provenance, type RunFacts } from "../results/provenance.js";
import { writeResults } from "../results/results.js";
import { isWholeGrid } from "../scan/tile-evaluator.js";
import { curveResults } from "./curve-results.js";
import { figureFiles } from "./figure-files.js";
import type { Findings } from "./findings.js";
import type { GridFindings } from "./grid-results.js";
import { planeResults } from "./plane-results.js";
import type { PreparedScan } from "./prepare.js";
import { type PublishGridOptions, publishGrid } from "./publish-grid.js";
import { wholeGrid } from "./whole-grid.js";

export interface ScanOutcome {
  readonly folder: string;
  readonly provenance: Provenance;
  readonly findings: Findings | GridFindings;
}

/**
 * Makes a complete result folder of a scan's profiles: χ² grids, references, minima, contours or
 * intervals, and the figures. All files but provenance.json have the same bytes for the same profiles.
 */
export async function publishScan(
  prepared: PreparedScan,
  profiles: GridProfiles,
  run: Pick<RunFacts, "engine" | "started" | "wallSeconds" | "route" | "audit">,
  folder: string,
  options: PublishGridOptions,
): Promise<ScanOutcome> {
  const { scan, analysis } = prepared;
  if (!isWholeGrid(scan.axes)) return publishGrid(prepared, profiles, run, folder, options);
  const { force = false, signal } = options;
  const chi2 = wholeGrid(profiles);
  const evaluation = { ...prepared, chi2 };
  const findings = scan.axes.length === 1 ? curveResults(evaluation) : planeResults(evaluation);
  const facts = provenance({
    ...run,
    descriptionHash: descriptionHash(analysis.description),
    dataFiles: dataFileHashes(),
    points: gridSize(scan.axes),
  });
  const files = await figureFiles(findings.figure);
  signal?.throwIfAborted();
  const { contours, regions, minima, warnings, uncertain } = findings;
  const told = { contours, regions, minima, warnings, uncertain };
  const results = { scan, chi2, provenance: facts, ...told, files };
  await writeResults(folder, results, { force });
  return { folder, provenance: facts, findings };
}
