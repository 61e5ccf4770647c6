import { InputError } from "../errors.js";
import type { Journal } from "./journal/journal.js";
import { readTileEntries, type TileEntry } from "./journal/log.js";
import { type Part, parsePart } from "./tile-selection.js";

/** How far one part of a scan is. */
export interface PartStatus {
  /** `2/7` for a shard, `all` for a whole scan, or tiles. */
  readonly part: string;
  readonly done: number;
  readonly tiles: number;
  /** Of the part's last tiles; absent where it has none yet. */
  readonly pointsPerSecond?: number;
  /** Until the part is done, if it goes on as fast. */
  readonly secondsLeft?: number;
}

export interface JournalStatus {
  readonly tiles: number;
  readonly done: number;
  readonly points: number;
  readonly pointsDone: number;
  readonly parts: readonly PartStatus[];
  /** Until the last part is done, if each goes on as fast; absent where no part has a rate yet. */
  readonly secondsLeft?: number;
}

/** A rate is that of so many last tiles. */
const RECENT = 16;

/**
 * How far a scan is, from its journal's folder alone: which tiles there are, and the durations in its
 * logs. No clock or file time enters.
 */
export async function journalStatus(journal: Journal): Promise<JournalStatus> {
  const { plan } = journal;
  const written = new Set(await journal.written());
  const entries = await readTileEntries(journal.path);
  const names = new Set(entries.map(({ part }) => part));
  const parts = allParts([...names], plan.count).map((part) => {
    const own = entries.filter((entry) => entry.part === part.name);
    return partStatus(part, own, written, plan.tilePoints);
  });
  // A part that has not begun is taken to go at the mean rate of the others.
  const rates = parts.flatMap(({ pointsPerSecond }) => pointsPerSecond ?? []);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const left = parts.map(
    ({ tiles, done, secondsLeft }) => secondsLeft ?? ((tiles - done) * plan.tilePoints) / mean,
  );
  const short = written.has(plan.count - 1) ? plan.count * plan.tilePoints - plan.size : 0;
  return {
    tiles: plan.count,
    done: written.size,
    points: plan.size,
    pointsDone: written.size * plan.tilePoints - short,
    parts,
    ...(rates.length > 0 && { secondsLeft: Math.max(...left) }),
  };
}

/** The parts that were worked on, and beside a shard all of its kind. */
function allParts(names: readonly string[], count: number): Part[] {
  const all = new Map<string, Part>();
  for (const name of names) {
    const [, of] = /^\d+\/(\d+)$/.exec(name) ?? [];
    for (let i = 1; i <= Number(of ?? 0); i++) addPart(all, `${i}/${of}`, count);
    addPart(all, name, count);
  }
  const parts = [...all.values()];
  return parts.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

/** What a log calls a part need not be one. */
function addPart(parts: Map<string, Part>, name: string, count: number): void {
  if (parts.has(name)) return;
  try {
    parts.set(name, parsePart(name, count));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

function partStatus(
  { name, tiles }: Part,
  entries: readonly TileEntry[],
  written: ReadonlySet<number>,
  tilePoints: number,
): PartStatus {
  const done = tiles.filter((tile) => written.has(tile)).length;
  const status = { part: name, done, tiles: tiles.length };
  if (entries.length === 0) return { ...status, ...(done === tiles.length && { secondsLeft: 0 }) };
  const recent = entries.slice(-RECENT);
  const points = recent.reduce((sum, entry) => sum + entry.points, 0);
  const pointsPerSecond = points / recent.reduce((sum, entry) => sum + entry.seconds, 0);
  const secondsLeft = ((tiles.length - done) * tilePoints) / pointsPerSecond;
  return { ...status, pointsPerSecond, secondsLeft };
}
