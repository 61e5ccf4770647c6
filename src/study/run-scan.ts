import { tablesHash } from "../engine/fingerprint.js";
import { InputError } from "../errors.js";
import { descriptionHash } from "../likelihood/hash.js";
import { hasResult } from "../results/complete.js";
import { checkResultFolder, removeLeftWorkshops } from "../results/folder.js";
import { removeJournal } from "../scan/journal/journal.js";
import { secondsLogged } from "../scan/journal/log.js";
import { journalOf } from "../scan/journal/paths.js";
import type { ResolvedScan } from "../scan/scan.js";
import { isWholeGrid } from "../scan/tile-evaluator.js";
import { auditRun } from "./audit-run.js";
import { checkScan } from "./preflight.js";
import { type PreparedScan, prepareScan } from "./prepare.js";
import { publishScan, type ScanOutcome } from "./publish.js";
import { type JournalRun, type JournalRunOptions, runJournal } from "./run-journal.js";
import { auditWholeGrid } from "./whole-grid.js";

export interface ScanOptions extends JournalRunOptions {
  /** Result folder; the journal of a run that is not complete lies beside it. */
  readonly folder: string;
  /** Replace a result folder that exists, once the new one is complete, and forget an unfinished run. */
  readonly force?: boolean;
}

/** What a run gave. */
export type RunOutcome =
  | ({ readonly kind: "result" } & ScanOutcome)
  /** There is a complete result of this very scan, by another run. */
  | { readonly kind: "complete"; readonly folder: string }
  /** A part of the scan is in the journal. */
  | {
      readonly kind: "part";
      readonly journal: string;
      readonly part: string;
      readonly tiles: number;
    };

/**
 * Runs a scan from its description to a complete result folder, or a part of it into its journal. What
 * is finished survives any end of the process.
 * @throws InputError for what is in the way, or cannot be continued or drawn; EnvironmentError where
 * disk or memory refuse, as far as possible before the work begins
 */
export async function runScan(scan: ResolvedScan, options: ScanOptions): Promise<RunOutcome> {
  const { folder, force = false, resume = false, part = "all" } = options;
  checkScan(scan);
  if (part !== "all") checkPart(scan);
  const prepared = prepareScan(scan);
  const description = descriptionHash(prepared.problem.description);
  const isComplete = () => hasResult(folder, scan, description);
  const journal = journalOf(folder);
  if (resume && (await isComplete())) return complete(folder);
  await checkResultFolder(folder, { force });
  const started = new Date();
  try {
    return await runJournal(prepared, journal, options, async (run): Promise<RunOutcome> => {
      // The parts are audited together, when they are merged.
      if (part !== "all") return { kind: "part", journal, part, tiles: run.tiles };
      const outcome = await publish(prepared, run, started, options);
      return { kind: "result", ...outcome };
    }).then(async (outcome) => {
      if (outcome.kind === "result") await removeJournal(journal);
      return outcome;
    });
  } catch (error) {
    // Another run of the same scan may have been first.
    if (!force && !options.signal?.aborted && (await isComplete())) return complete(folder);
    throw error;
  }
}

async function publish(
  prepared: PreparedScan,
  { engine, route, profiles }: JournalRun,
  started: Date,
  { folder, force, signal }: ScanOptions,
): Promise<ScanOutcome> {
  const { problem, scan } = prepared;
  const { axes } = scan;
  const audit = isWholeGrid(axes)
    ? await auditWholeGrid(route.accuracy, problem, axes, profiles)
    : await auditRun(engine, problem, axes, profiles);
  const wallSeconds = await secondsLogged([journalOf(folder)]);
  const { name, tables } = route;
  const followed = {
    name,
    ...(tables && { content: tablesHash(tables), certificate: tables.certificate }),
  };
  return publishScan(
    prepared,
    profiles,
    { engine, route: followed, audit, started, wallSeconds },
    folder,
    {
      force,
      signal,
      evaluate: (range) => engine.evaluate({ kind: "grid", axes, ...range }, signal && { signal }),
    },
  );
}

async function complete(folder: string): Promise<RunOutcome> {
  await removeJournal(journalOf(folder));
  await removeLeftWorkshops(folder);
  return { kind: "complete", folder };
}

/** @throws InputError for what only a run of the whole scan can do */
function checkPart({ name, store_grid }: ResolvedScan): void {
  if (!store_grid) return;
  const message = `The scan "${name}" wants its whole grid stored, which its parts do not keep. Scan it in one run, or take out "store_grid".`;
  throw new InputError("no-grid-in-parts", message, { scan: name });
}
