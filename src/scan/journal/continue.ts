import { InputError } from "../../errors.js";
import { Journal, removeJournal } from "./journal.js";
import { keyDifferences } from "./key.js";
import type { Manifest } from "./manifest.js";

export interface Continuation {
  /** Go on with what an earlier run left. */
  readonly resume: boolean;
  /** Forget what an earlier run left. */
  readonly force: boolean;
  /** The tiles that this run is to do, where others do the rest; default all. */
  readonly tiles?: readonly number[] | undefined;
}

/**
 * Opens a scan's journal to write into it: a new one, or one to continue if that was asked for.
 * @throws InputError for a journal in the way, or of another scan: its differences are named
 */
export async function continueJournal(
  path: string,
  manifest: Manifest,
  { resume, force, tiles }: Continuation,
): Promise<Journal> {
  const found = await Journal.open(path);
  if (found === "absent") return Journal.create(path, manifest);
  // Parts of a scan may share a journal: only what this one is to do can be in its way, or forgotten.
  if (force && tiles === undefined) {
    await removeJournal(path);
    return Journal.create(path, manifest);
  }
  if (found === "damaged") {
    if (resume) return Journal.create(path, manifest);
    const message = `${path} exists, but what it is a journal of cannot be read. Give --resume to use those of its tiles that belong to this scan, --force to start afresh, or choose another folder with --out.`;
    throw new InputError("journal-exists", message, { path });
  }
  const differences = keyDifferences(manifest.key, found.manifest.key);
  if (differences.length > 0) {
    const message = `The journal ${path} is of another scan: ${differences.join("; ")}. Continue it with the scan file ${path}/scan.yaml and the same nsiscan, start afresh with --force, or choose another folder with --out.`;
    throw new InputError("other-journal", message, { path, differences });
  }
  const written = await found.written();
  const mine = tiles === undefined ? written : tiles.filter((tile) => written.includes(tile));
  if (force) await found.forget(mine);
  else if (!resume && (tiles === undefined || mine.length > 0)) {
    const message = `An unfinished run is in ${path}: ${mine.length} of ${tiles?.length ?? found.plan.count} tiles are done. Give --resume to continue it, --force to start afresh, or choose another folder with --out.`;
    throw new InputError("journal-exists", message, { path, done: mine.length });
  }
  // Levels, planes or titles may be new: they change no tile.
  return Journal.create(path, manifest);
}
