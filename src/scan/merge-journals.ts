import { emptyProfiles, type GridProfiles, mergeProfiles } from "../engine/profiles.js";
import { InputError, NumericalError } from "../errors.js";
import { Journal } from "./journal/journal.js";
import { keyDifferences } from "./journal/key.js";

/** Journals of one scan, taken together. */
export interface MergedJournals {
  /** The profiles of every tile that some journal has whole. */
  readonly profiles: GridProfiles;
  /** Tiles that no journal has whole, ascending. */
  readonly missing: readonly number[];
  /** Files that count as absent. */
  readonly damaged: readonly { readonly file: string; readonly reason: string }[];
}

/** Opens journals to read. @throws InputError for a folder that is none */
export async function openJournals(paths: readonly string[]): Promise<readonly Journal[]> {
  const journals: Journal[] = [];
  for (const path of paths) {
    const journal = await Journal.open(path);
    if (journal instanceof Journal) journals.push(journal);
    else {
      const reason = journal === "absent" ? "does not exist" : "is damaged, or no journal";
      const message = `${path} ${reason}. Give the journals of a scan's shards, such as results/my-scan.journal; running a shard again with --resume repairs what its journal says of itself.`;
      throw new InputError("not-a-journal", message, { path });
    }
  }
  return journals;
}

/**
 * Merges the tiles of journals, each tile once, whichever journals have it and how often: the same
 * numbers as of one run.
 * @throws InputError for journals of different scans; NumericalError where two whole copies of a tile
 * disagree
 */
export async function mergeJournals(journals: readonly Journal[]): Promise<MergedJournals> {
  const [first, ...others] = journals;
  for (const other of others) checkSameScan(first, other);
  const { axes, combinations } = first.manifest.key;
  const missing: number[] = [];
  const damaged: { file: string; reason: string }[] = [];
  let profiles = emptyProfiles(axes, combinations.length);
  for (let tile = 0; tile < first.plan.count; tile++) {
    let checksum: Uint8Array | undefined;
    for (const journal of journals) {
      const stored = await journal.read(tile);
      if (stored.kind === "damaged") damaged.push({ file: stored.file, reason: stored.reason });
      if (stored.kind !== "whole") continue;
      if (checksum === undefined) profiles = mergeProfiles(profiles, stored.reduction);
      else if (!Buffer.from(checksum).equals(stored.checksum)) throw disagree(tile, journal);
      checksum = stored.checksum;
    }
    if (checksum === undefined) missing.push(tile);
  }
  return { profiles, missing, damaged };
}

function checkSameScan(first: Journal, other: Journal): void {
  const differences = keyDifferences(first.manifest.key, other.manifest.key);
  if (first.manifest.scan !== other.manifest.scan && differences.length === 0) {
    differences.push("planes, levels, names or the figure in scan.yaml");
  }
  if (differences.length === 0) return;
  const message = `${other.path} is of another scan than ${first.path}: ${differences.join("; ")} (here: ${first.path}). Merge shards of one scan file, run by one version of nsiscan on one kind of engine.`;
  throw new InputError("other-journal", message, { path: other.path, differences });
}

function disagree(tile: number, { path }: Journal): NumericalError {
  const message = `Tile ${tile} in ${path} differs from the same tile in another journal, though scan, engine and kernel are the same: one of the machines computes wrongly. Find out which with a third run of the tile (--tiles ${tile} into a folder of its own), and run that machine's shards again elsewhere.`;
  return new NumericalError("tiles-disagree", message, { tile, path });
}
