import { appendFile, readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { codeOf } from "./disk.js";

/*
 * What was done, one JSON object a line, one file per process: for people, and for `nsiscan status`.
 * No result depends on it. Durations are monotonic; `time` is the clock's, for people only.
 */

const tileEntry = z.object({
  event: z.literal("tile"),
  /** Which part of the scan the process works on, e.g. `2/7`. */
  part: z.string(),
  tile: z.int().nonnegative(),
  points: z.int().positive(),
  /** Taken to evaluate, s. */
  seconds: z.number().positive(),
});

/** A finished tile. */
export type TileEntry = z.infer<typeof tileEntry>;

/** Anything else worth a line. */
interface OtherEntry {
  readonly event: "start" | "damaged" | "end" | "stopped";
  readonly part: string;
  readonly [field: string]: unknown;
}

const NAME = /^log-.*\.jsonl$/;

export type LogEntry = TileEntry | OtherEntry;

/** Appends to this process's log file in a journal. */
export class JournalLog {
  readonly #path: string;

  constructor(folder: string) {
    const host = hostname().replace(/[^\w.-]/g, "");
    this.#path = join(folder, `log-${host}-${process.pid}.jsonl`);
  }

  async write(entry: LogEntry): Promise<void> {
    const line = JSON.stringify({ time: new Date().toISOString(), ...entry });
    await appendFile(this.#path, `${line}\n`);
  }
}

/** Every finished tile that the logs of a journal tell of; lines that are no such entry are passed over. */
export async function readTileEntries(folder: string): Promise<TileEntry[]> {
  const entries: TileEntry[] = [];
  for (const name of (await readdir(folder)).filter((name) => NAME.test(name)).sort()) {
    for (const line of (await readLog(join(folder, name))).split("\n")) {
      const entry = tileEntry.safeParse(parsed(line));
      if (entry.success) entries.push(entry.data);
    }
  }
  return entries;
}

/** A log may go while it is looked at: the run has completed. */
async function readLog(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Time that the tiles of journals took in all, s, each tile once; as far as the logs tell. */
export async function secondsLogged(folders: readonly string[]): Promise<number> {
  const seconds = new Map<number, number>();
  for (const folder of folders) {
    for (const entry of await readTileEntries(folder)) seconds.set(entry.tile, entry.seconds);
  }
  return [...seconds.values()].reduce((sum, value) => sum + value, 0);
}
