import type { Engine, FlatRange, GridAxis } from "../engine/engine.js";
import { gridSize } from "../engine/points.js";

export interface Measurement {
  /** Points reduced while the clock ran, and the size of the whole grid. */
  readonly points: number;
  readonly size: number;
  readonly seconds: number;
  readonly pointsPerSecond: number;
}

/** Points of the first trial. */
const FIRST = 2 ** 12;
/** Longest growth from one trial to the next. */
const GROWTH = 16;

/**
 * Reduces as much of a grid, around its middle, as takes `seconds`, or all of it; what an engine does
 * but once (compiling, starting threads) is done before the clock runs.
 */
export async function measure(
  engine: Pick<Engine, "reduce">,
  axes: readonly GridAxis[],
  seconds: number,
  signal?: AbortSignal,
): Promise<Measurement> {
  const size = gridSize(axes);
  const middle = (count: number): FlatRange => ({ start: Math.floor((size - count) / 2), count });
  const time = async (count: number): Promise<number> => {
    signal?.throwIfAborted();
    const begun = performance.now();
    await engine.reduce(axes, middle(count), signal && { signal });
    return Math.max(performance.now() - begun, 0.01) / 1000;
  };
  let count = Math.min(FIRST, size);
  await time(count);
  for (;;) {
    const taken = await time(count);
    if (count === size || taken >= seconds / 2) {
      return { points: count, size, seconds: taken, pointsPerSecond: count / taken };
    }
    count = Math.min(size, Math.ceil(count * Math.min(GROWTH, (1.2 * seconds) / taken)));
  }
}
