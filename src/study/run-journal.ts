import { createEngineAgain } from "../engine/again.js";
import type { Engine, Route } from "../engine/engine.js";
import { fingerprint } from "../engine/fingerprint.js";
import { gridSize } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import { createEngine, type EngineOptions } from "../engine/registry.js";
import { formatScan } from "../scan/format.js";
import { continueJournal } from "../scan/journal/continue.js";
import { Journal } from "../scan/journal/journal.js";
import { journalKey } from "../scan/journal/key.js";
import { type Resumed, runTiles } from "../scan/run-tiles.js";
import { tileEvaluator } from "../scan/tile-evaluator.js";
import { parsePart, shardsOf } from "../scan/tile-selection.js";
import { defaultTilePoints, planTiles } from "../scan/tiles.js";
import type { PreparedScan } from "./prepare.js";

export interface JournalRunOptions extends Omit<EngineOptions, "points"> {
  /** Forget what an unfinished run left. */
  readonly force?: boolean;
  /** Continue an unfinished run, if there is one. */
  readonly resume?: boolean;
  /** Do a part only: `2/7` for a shard, `0,4-7` for tiles. Default `all`. */
  readonly part?: string | undefined;
  /** Points of a tile; default: those of an unfinished run, or about a second's work. */
  readonly tilePoints?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told which engine does the work before it starts. */
  readonly onStart?: (engine: Engine, points: number) => void;
  /** Told what needs no work, before it starts. */
  readonly onResume?: ((resumed: Resumed) => void) | undefined;
  /** Called with the number of points done, those of earlier runs included. */
  readonly onProgress?: (done: number) => void;
}

/** Tiles that are in the journal now, reduced; the engine is still there for an audit. */
export interface JournalRun {
  readonly engine: Engine;
  /** How the engine computed the points. */
  readonly route: Route;
  readonly profiles: GridProfiles;
  readonly tiles: number;
}

/**
 * Does a scan, or a part of it, tile by tile into a journal, and gives what is in it to `use`.
 * @param path of the journal
 */
export async function runJournal<T>(
  { problem, scan }: PreparedScan,
  path: string,
  options: JournalRunOptions,
  use: (run: JournalRun) => Promise<T>,
): Promise<T> {
  const { force = false, resume = false, part = "all", signal } = options;
  const { axes } = scan;
  const points = gridSize(axes);
  // A part leaves what others have done, and must fit it.
  const found = force && part === "all" ? undefined : await begunRun(path);
  const given = { ...options, axes, points };
  // What `auto` takes depends on the machine, and may on the moment: an unfinished run has chosen.
  const engine = found
    ? await createEngineAgain(scan.engine, found, problem, given)
    : await createEngine(scan.engine, problem, given);
  try {
    const route = await engine.route(axes);
    const tilePoints =
      options.tilePoints ??
      found?.tilePoints ??
      defaultTilePoints(axes, route.second, shardsOf(part));
    const plan = planTiles(axes, tilePoints);
    const { tiles } = parsePart(part, plan.count);
    const { name, device } = engine;
    const key = journalKey(
      problem,
      axes,
      {
        name,
        device: route.isPortable ? "" : device,
        accuracy: route.accuracy,
        fingerprint: fingerprint(engine, route),
      },
      tilePoints,
    );
    const manifest = { key, device, scan: formatScan(scan) };
    const only = part === "all" ? undefined : tiles;
    const journal = await continueJournal(path, manifest, { resume, force, tiles: only });
    try {
      options.onStart?.(engine, points);
      await journal.note({
        event: "start",
        part,
        engine: name,
        device,
        route: route.name,
        tiles: tiles.length,
      });
      const { profiles } = await runTiles(tileEvaluator(engine, axes), journal, {
        tiles,
        part,
        signal,
        onResume: options.onResume,
        onProgress: options.onProgress,
      });
      const result = await use({ engine, route, profiles, tiles: tiles.length });
      await journal.note({ event: "end", part });
      return result;
    } catch (error) {
      await journal.removeEmpty();
      throw error;
    }
  } finally {
    await engine.close();
  }
}

/** By what, and in which tiles, an unfinished run was begun. */
async function begunRun(path: string) {
  const journal = await Journal.open(path);
  if (!(journal instanceof Journal)) return undefined;
  const { device, key } = journal.manifest;
  return { engine: key.engine, tilePoints: key.tilePoints, device };
}
