import { emptyProfiles, type GridProfiles, mergeProfiles } from "../engine/profiles.js";
import type { Journal } from "./journal/journal.js";
import type { TileEvaluator } from "./tile-evaluator.js";
import { tileRange } from "./tiles.js";

export interface TileRunOptions {
  /** Tiles to do, ascending. */
  readonly tiles: readonly number[];
  /** What the log calls them, e.g. `2/7`. */
  readonly part: string;
  readonly signal?: AbortSignal | undefined;
  /** Told what the journal had, before any work. */
  readonly onResume?: ((found: Resumed) => void) | undefined;
  /** Called with the number of points that are done, those of earlier runs included. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface Resumed {
  /** Tiles and points that need no work. */
  readonly tiles: number;
  readonly points: number;
  /** Files that had to count as absent, with what is wrong with them. */
  readonly damaged: readonly { readonly file: string; readonly reason: string }[];
}

export interface TileRun {
  /** The profiles of all the tiles asked for. */
  readonly profiles: GridProfiles;
  readonly resumed: Resumed;
  /** Evaluated in this run. */
  readonly points: number;
  /** Taken to evaluate them, s. */
  readonly seconds: number;
}

/**
 * Does every tile that the journal does not have, and adds it there. Whatever happens, at any moment,
 * no more is lost than the tile in flight.
 * @throws what the evaluation throws, or `signal.reason`; EnvironmentError where the disk refuses
 */
export async function runTiles(
  evaluate: TileEvaluator,
  journal: Journal,
  options: TileRunOptions,
): Promise<TileRun> {
  const { axes, combinations } = journal.manifest.key;
  const { part, signal, onProgress } = options;
  let profiles = emptyProfiles(axes, combinations.length);
  const missing: number[] = [];
  const damaged: { file: string; reason: string }[] = [];
  for (const tile of options.tiles) {
    signal?.throwIfAborted();
    const stored = await journal.read(tile);
    if (stored.kind === "whole") profiles = mergeProfiles(profiles, stored.reduction);
    else missing.push(tile);
    if (stored.kind === "damaged") damaged.push({ file: stored.file, reason: stored.reason });
  }
  const tiles = options.tiles.length - missing.length;
  const resumed: Resumed = { tiles, points: profiles.points, damaged };
  options.onResume?.(resumed);

  const work = { points: 0, seconds: 0 };
  let writing: Promise<void> = Promise.resolve();
  try {
    for (const tile of missing) {
      signal?.throwIfAborted();
      // Another process may have done it since.
      const stored = await journal.read(tile);
      if (stored.kind === "whole") {
        profiles = mergeProfiles(profiles, stored.reduction);
        onProgress?.(profiles.points);
        continue;
      }
      const before = profiles.points;
      const begun = performance.now();
      const range = tileRange(journal.plan, tile);
      const reduction = await evaluate(range, {
        ...(signal && { signal }),
        onProgress: (done) => onProgress?.(before + done),
      });
      const seconds = (performance.now() - begun) / 1000;
      await writing;
      writing = journal
        .write(tile, reduction)
        .then(() => journal.note({ event: "tile", part, tile, points: range.count, seconds }));
      // Goes to disk while the next tile is evaluated; what goes wrong is thrown after that.
      writing.catch(() => {});
      profiles = mergeProfiles(profiles, reduction);
      work.points += range.count;
      work.seconds += seconds;
      onProgress?.(profiles.points);
    }
  } finally {
    await writing;
  }
  return { profiles, resumed, ...work };
}
