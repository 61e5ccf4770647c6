import { InputError } from "../errors.js";

/** Every n-th tile, from the i-th on: shard i of n. */
interface Shard {
  /** From 1 to `of`. */
  readonly index: number;
  readonly of: number;
}

/** A part of a scan that one run does. */
export interface Part {
  /** `all`, `2/7` (a shard) or `0,4-7` (tiles). */
  readonly name: string;
  /** Ascending. */
  readonly tiles: readonly number[];
}

/** More tasks than any cluster takes in one array. */
const MOST_SHARDS = 4096;

/** Reads `3/7`. @throws InputError */
function parseShard(text: string): Shard {
  const [, i, n] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(i), of: Number(n) };
  if (shard.index >= 1 && shard.index <= shard.of && shard.of <= MOST_SHARDS) return shard;
  throw new InputError(
    "bad-shard",
    `"${text}" is no shard. Write i/n for part i of n, such as 1/7 to 7/7 (at most ${MOST_SHARDS} parts).`,
    { shard: text },
  );
}

/** Reads the name of a part of `count` tiles. @throws InputError */
export function parsePart(name: string, count: number): Part {
  if (name === "all") return { name, tiles: Array.from({ length: count }, (_, tile) => tile) };
  const tiles = isShard(name) ? shardTiles(count, parseShard(name)) : parseTiles(name, count);
  return { name, tiles };
}

/** In how many parts a scan is shared out of which this is one. */
export function shardsOf(name: string): number {
  return isShard(name) ? parseShard(name).of : 1;
}

const isShard = (name: string): boolean => name.includes("/") && !/[-,]/.test(name);

/** Shards interleave, so that slow regions of a grid are shared by all. */
function shardTiles(count: number, { index, of }: Shard): number[] {
  const mine: number[] = [];
  for (let tile = index - 1; tile < count; tile += of) mine.push(tile);
  return mine;
}

/**
 * Reads a list of tiles: `0,4-7,10-90/8` are tiles 0, 4 to 7, and every eighth from 10 to 90.
 * @param count number of tiles that there are
 * @throws InputError
 */
function parseTiles(text: string, count: number): number[] {
  const tiles = new Set<number>();
  for (const part of text.split(",")) {
    const [all, first, last = first, step = "1"] =
      /^(\d{1,9})(?:-(\d{1,9})(?:\/(\d{1,9}))?)?$/.exec(part.trim()) ?? [];
    const [from, to, by] = [first, last, step].map(Number);
    if (all === undefined || from > to || to >= count || by < 1) {
      throw new InputError(
        "bad-tiles",
        `"${part}" names no tiles. Write tiles as numbers and ranges such as 0,4-7,10-90/8, from 0 to ${count - 1}.`,
        { tiles: text, count },
      );
    }
    for (let tile = from; tile <= to; tile += by) tiles.add(tile);
  }
  return [...tiles].sort((a, b) => a - b);
}

/** The shortest runs of equal steps, as {@link parsePart} reads them. @param tiles ascending */
export function formatTiles(tiles: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < tiles.length; ) {
    const step = tiles[i + 1] - tiles[i];
    let end = i + 1;
    while (end < tiles.length && tiles[end] - tiles[end - 1] === step) end++;
    const run = end - i;
    // Two tiles make a run only as neighbours: any other two have a step of their own.
    if (run > 2 || (run === 2 && step === 1)) {
      parts.push(`${tiles[i]}-${tiles[end - 1]}${step === 1 ? "" : `/${step}`}`);
      i = end;
    } else {
      parts.push(String(tiles[i]));
      i++;
    }
  }
  return parts.join(",");
}
