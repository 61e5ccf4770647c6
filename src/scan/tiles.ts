import type { FlatRange, GridAxis } from "../engine/engine.js";
import { gridSize } from "../engine/points.js";
import { axisPairs } from "../engine/profiles.js";
import { InputError } from "../errors.js";

/** A grid's flat index cut into tiles of equal size, the last one shorter: the units of a long scan. */
export interface TilePlan {
  /** Points of the whole grid. */
  readonly size: number;
  /** Points of a tile. */
  readonly tilePoints: number;
  /** Number of tiles. */
  readonly count: number;
}

/** A journal's folder stays listable. */
const MOST_TILES = 4096;
/** Tiles for each task at least, where a scan is shared out: the slowest task then waits for few. */
const TILES_PER_SHARD = 4;
/** A scan of less than this part of a second is one tile. */
const WORTH_SAVING = 4;
/** Offsets within a tile are written with 32 bits. */
const LARGEST_TILE = 2 ** 31;
/**
 * Points for each cell that a tile's reductions fill whatever its size: the journal of a large scan
 * then takes a fifth of a byte per point and combination.
 */
const POINTS_PER_CELL = 64;

/** Cells of the planes that every tile covers entirely: those without the slowest axis. */
function cellsOfAnyTile(axes: readonly GridAxis[]): number {
  const inner = axes.slice(1);
  const cells = axisPairs(inner.length).map(([x, y]) => inner[x].points * inner[y].points);
  return cells.reduce((sum, cells) => sum + cells, 0);
}

/**
 * The tiles that a scan is cut into: the same for the same scan and route on any machine, whatever
 * its speed, so that shards fit together.
 * @param second points of the route in about a second
 * @param shards number of machines or tasks that share the scan
 */
export function defaultTilePoints(
  axes: readonly GridAxis[],
  second: number,
  shards: number,
): number {
  const size = gridSize(axes);
  // Nothing to lose, and nothing to share out.
  if (shards === 1 && size <= second / WORTH_SAVING) return size;
  const wanted = Math.max(second, POINTS_PER_CELL * cellsOfAnyTile(axes));
  const shared = Math.min(wanted, Math.ceil(size / (TILES_PER_SHARD * shards)));
  return Math.min(Math.max(shared, Math.ceil(size / MOST_TILES)), LARGEST_TILE);
}

/** @throws InputError for tiles of no points, or so many of them that no folder should hold them */
export function planTiles(axes: readonly GridAxis[], tilePoints: number): TilePlan {
  const size = gridSize(axes);
  const fewest = Math.ceil(size / MOST_TILES);
  if (Number.isSafeInteger(tilePoints) && tilePoints >= fewest && tilePoints <= LARGEST_TILE) {
    return { size, tilePoints, count: Math.ceil(size / tilePoints) };
  }
  throw new InputError(
    "bad-tiles",
    `Tiles of ${tilePoints} points cannot divide a grid of ${size} points. Give a whole number from ${fewest} to ${LARGEST_TILE}, for at most ${MOST_TILES} tiles.`,
    { tilePoints, size },
  );
}

/** The points of tile number `tile`, counted from 0. */
export function tileRange({ size, tilePoints }: TilePlan, tile: number): FlatRange {
  const start = tile * tilePoints;
  return { start, count: Math.min(tilePoints, size - start) };
}
