import type { EngineOptions } from "../engine/options.js";
import { EnvironmentError, InputError } from "../errors.js";
import { candidates, REFERENCE } from "./candidates.js";
import { type Measurement, measure } from "./measure.js";
import { benchGrids, benchProblem } from "./problems.js";

/** One engine in one mode on one grid. */
export interface BenchRow {
  readonly grid: string;
  readonly engine: string;
  readonly mode: string;
  readonly device: string;
  readonly measurement: Measurement;
  /** Points per second over those of plain float64 Newton on the same grid in the same run. */
  readonly ratio: number;
}

/** What could not be timed, and why. */
export interface BenchGap {
  readonly engine: string;
  readonly mode: string;
  readonly reason: string;
}

export interface BenchOptions extends Omit<EngineOptions, "points" | "onChoice"> {
  /** Whether the grid of 104 million points is timed too. */
  readonly large: boolean;
  /** Time for each measurement; the whole grid, if it takes less. */
  readonly seconds: number;
  /** Engines to time beside the reference; default: all of them. */
  readonly engines?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told every result as it comes. */
  readonly onRow?: (row: BenchRow) => void;
  readonly onGap?: (gap: BenchGap) => void;
}

/** Times the engines on fixed problems, one after the other. @throws InputError for no such engine */
export async function bench(
  options: BenchOptions,
): Promise<{ readonly rows: BenchRow[]; readonly gaps: BenchGap[] }> {
  const { large, seconds, engines, signal } = options;
  const all = candidates(options);
  const names = [...new Set(all.map(({ engine }) => engine))];
  const stranger = engines?.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    const message = `There is no engine "${stranger}" to time. There is: ${names.join(", ")}.`;
    throw new InputError("unknown-engine", message, { engine: stranger });
  }
  const isReference = (one: { engine: string; mode: string }) =>
    one.engine === REFERENCE.engine && one.mode === REFERENCE.mode;
  const chosen = all.filter((one) => isReference(one) || (engines?.includes(one.engine) ?? true));
  const problem = benchProblem();
  const reference = new Map<string, number>();
  const rows: BenchRow[] = [];
  const gaps: BenchGap[] = [];
  for (const { engine: name, mode, open } of chosen) {
    signal?.throwIfAborted();
    try {
      const engine = await open(problem);
      try {
        for (const { name: grid, axes } of benchGrids(large)) {
          const measurement = await measure(engine, axes, seconds, signal);
          const { pointsPerSecond } = measurement;
          if (isReference({ engine: name, mode })) reference.set(grid, pointsPerSecond);
          const ratio = pointsPerSecond / (reference.get(grid) as number);
          const row = { grid, engine: name, mode, device: engine.device, measurement, ratio };
          rows.push(row);
          options.onRow?.(row);
        }
      } finally {
        await engine.close();
      }
    } catch (error) {
      const missing = error instanceof EnvironmentError || error instanceof InputError;
      if (!missing || isReference({ engine: name, mode })) throw error;
      const gap = { engine: name, mode, reason: error.message };
      gaps.push(gap);
      options.onGap?.(gap);
    }
  }
  return { rows, gaps };
}
