import { type Audit, auditProfiles } from "../engine/audit.js";
import { createCpuEngine } from "../engine/cpu/engine.js";
import type { Accuracy } from "../engine/engine.js";
import { pointAt } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import { InputError } from "../errors.js";
import { descriptionHash } from "../likelihood/hash.js";
import { checkResultFolder } from "../results/folder.js";
import type { Journal } from "../scan/journal/journal.js";
import { secondsLogged } from "../scan/journal/log.js";
import { SCAN_NAME } from "../scan/journal/paths.js";
import { mergeJournals } from "../scan/merge-journals.js";
import { resolveScan } from "../scan/resolve.js";
import type { Catalogue } from "../scan/scan.js";
import { isWholeGrid } from "../scan/tile-evaluator.js";
import { formatTiles } from "../scan/tile-selection.js";
import { checkScan } from "./preflight.js";
import { type PreparedScan, prepareScan } from "./prepare.js";
import { publishScan, type ScanOutcome } from "./publish.js";
import { auditWholeGrid } from "./whole-grid.js";

export interface MergeOptions {
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Result folder to make. */
  readonly folder: string;
  readonly catalogue: Catalogue;
  /** Command that computes the tiles in place of `tiles`, a list as `--tiles` takes it. */
  readonly fillCommand: (journal: string, tiles: string) => string;
  /** Told of each file that counts as absent. */
  readonly onDamage: (file: string, reason: string) => void;
}

/**
 * Makes the result of a scan of the journals of its parts: the same files as of one run.
 * @throws InputError for journals of different scans, or tiles that are in none of them
 */
export async function mergeScan(
  journals: readonly Journal[],
  { folder, catalogue, fillCommand, onDamage, ...options }: MergeOptions,
): Promise<ScanOutcome> {
  const [{ path, manifest }] = journals;
  await checkResultFolder(folder, { force: options.force ?? false });
  const scan = resolveScan(manifest.scan, `${path}/${SCAN_NAME}`, catalogue);
  checkScan(scan);
  const prepared = prepareScan(scan);
  if (descriptionHash(prepared.problem.description) !== manifest.key.description) {
    const message = `${path} was written with another likelihood than this nsiscan makes of its scan: other data files, or another version. Merge with the nsiscan that ran the scan.`;
    throw new InputError("other-journal", message, { path });
  }
  const started = new Date();
  const { profiles, missing, damaged } = await mergeJournals(journals);
  for (const { file, reason } of damaged) onDamage(file, reason);
  if (missing.length > 0) {
    const tiles = formatTiles(missing);
    const message = `${missing.length} of ${journals[0].plan.count} tiles are missing: ${tiles}. Every other tile is kept. Compute them with: ${fillCommand(path, tiles)} and merge again.`;
    throw new InputError("missing-tiles", message, { missing, damaged });
  }
  const wallSeconds = await secondsLogged(journals.map((journal) => journal.path));
  const engine = { name: manifest.key.engine, device: manifest.device };
  const audit = await auditMerged(prepared, manifest.key.accuracy, profiles);
  const run = { engine, audit, started, wallSeconds };
  return publishScan(prepared, profiles, run, folder, options);
}

/**
 * Holds what other machines computed against the float64 reference: χ² of their profiles' cells at the
 * points that these name, and that no point drawn lies below its cells.
 * @throws NumericalError beyond SPEC's bound: nothing may be published
 */
async function auditMerged(
  { problem, scan: { axes } }: PreparedScan,
  accuracy: Accuracy,
  profiles: GridProfiles,
): Promise<Audit | undefined> {
  if (isWholeGrid(axes)) return auditWholeGrid(accuracy, problem, axes, profiles);
  const reference = createCpuEngine(problem, { threads: 1 });
  return auditProfiles(problem, axes, profiles, (points) =>
    reference.evaluate({
      kind: "list",
      names: axes.map(({ parameter }) => parameter),
      values: Float64Array.from(points.flatMap((index) => pointAt(axes, index))),
    }),
  );
}
