import type { EvaluateOptions, FlatRange } from "../../engine.js";

/** Points of the first tile, from which the speed is learnt. */
const FIRST = 4096;
/** A tile may be at most so many times the one before it. */
const GROWTH = 4;
/** Tiles on their way at once: while one is computed, the next is there already. */
const IN_FLIGHT = 2;

/**
 * Number of points per tile, so that one takes a given time. What a tile takes whatever its size must
 * be small beside that, or ever smaller tiles would chase a goal that none can reach: `least` is for it.
 */
export class TileSize {
  points: number;

  constructor(
    readonly goalMs: number,
    readonly most: number,
    readonly least = 1,
  ) {
    this.points = Math.min(Math.max(FIRST, least), most);
  }

  /** Learns from a tile. @param ms includes waiting for the tile in front of it */
  learn(count: number, ms: number): void {
    const wanted = (count * this.goalMs * IN_FLIGHT) / Math.max(ms, 1);
    const bounded = Math.min(wanted, count * GROWTH, this.most);
    this.points = Math.min(Math.max(this.least, Math.floor(bounded)), this.most);
  }
}

/** Does a range in tiles, some at once, in ascending order of their starts. */
export async function inTiles(
  { start, count }: FlatRange,
  size: TileSize,
  { onProgress, signal }: EvaluateOptions,
  work: (tile: FlatRange) => Promise<void>,
): Promise<void> {
  const end = start + count;
  let next = start;
  let done = 0;
  let failed = false;
  const lane = async () => {
    while (next < end && !failed) {
      const tile = { start: next, count: Math.min(size.points, end - next) };
      next += tile.count;
      const begun = performance.now();
      await work(tile);
      if (tile.count >= Math.min(size.points, FIRST)) {
        size.learn(tile.count, performance.now() - begun);
      }
      done += tile.count;
      if (failed) return;
      onProgress?.(done);
      signal?.throwIfAborted();
    }
  };
  const lanes = Array.from({ length: IN_FLIGHT }, lane);
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort);
  });
  try {
    await Promise.race([Promise.all(lanes), aborted]);
  } finally {
    failed = true; // lanes still at work end with the tile they have
    if (abort) signal?.removeEventListener("abort", abort);
    for (const lane of lanes) lane.catch(() => {});
  }
  if (count === 0) onProgress?.(0);
}
