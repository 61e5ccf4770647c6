import type { Engine, FlatRange, GridAxis } from "../engine/engine.js";
import { gridSize } from "../engine/points.js";

export interface Measurement {
  /** Points reduced while the clock ran, and the size of the whole grid. */
  readonly points: number;
  readonly size: number;
  readonly seconds: number;
  readonly pointsPerSecond: number;
  /** Seconds that the device was at work meanwhile, by its own clock; null where it has none. */
  readonly deviceSeconds: number | null;
}

/** What is measured: an engine, and perhaps its device's clock. */
export interface Measured {
  readonly reduce: Engine["reduce"];
  readonly gauge?: { seconds(): Promise<number | undefined> } | undefined;
}

/** Longest growth from one trial to the next. */
const GROWTH = 16;

/**
 * Reduces as much of a grid, around its middle, as takes `seconds`, or all of it as often as that takes;
 * what an engine does but once (compiling, starting threads) is done before the clock runs.
 * @param first points of the first trial
 */
export async function measure(
  engine: Measured,
  axes: readonly GridAxis[],
  seconds: number,
  first: number,
  signal?: AbortSignal,
): Promise<Measurement> {
  const size = gridSize(axes);
  const middle = (count: number): FlatRange => ({ start: Math.floor((size - count) / 2), count });
  const time = async (count: number, times: number): Promise<Measurement> => {
    const before = await engine.gauge?.seconds();
    const begun = performance.now();
    for (let done = 0; done < times; done++) {
      signal?.throwIfAborted();
      await engine.reduce(axes, middle(count), signal && { signal });
    }
    const taken = Math.max(performance.now() - begun, 0.01) / 1000;
    const after = await engine.gauge?.seconds();
    const points = count * times;
    const pointsPerSecond = points / taken;
    // A browser that was replaced meanwhile counts from nothing again.
    const isKnown = before !== undefined && after !== undefined && after >= before;
    const deviceSeconds = isKnown ? after - before : null;
    return { points, size, seconds: taken, pointsPerSecond, deviceSeconds };
  };
  let count = Math.min(first, size);
  await time(count, 1);
  for (;;) {
    const trial = await time(count, 1);
    if (trial.seconds >= seconds / 2) return trial;
    if (count === size) return time(size, Math.ceil(seconds / trial.seconds));
    const growth = Math.min(GROWTH, (1.2 * seconds) / trial.seconds);
    count = Math.min(size, Math.ceil(count * growth));
  }
}
