import type { EngineProblem, GridAxis } from "../engine/engine.js";
import type { EngineOptions } from "../engine/options.js";
import { EnvironmentError, InputError } from "../errors.js";
import { type BenchEngine, type Candidate, candidates, REFERENCE } from "./candidates.js";
import { type Measurement, measure } from "./measure.js";
import { type BenchGrid, benchGrids, benchProblem } from "./problems.js";

/** What is timed. */
interface Case {
  readonly analysis: string;
  readonly engine: string;
  readonly mode: string;
}

/** One engine in one mode on one grid. */
export interface BenchRow extends Case {
  readonly grid: string;
  readonly device: string;
  readonly measurement: Measurement;
  /** Points per second over those of float64 profiles on the same grid in the same run. */
  readonly ratio: number;
  /** Arithmetic of an engine on a device; null for the others. */
  readonly arithmetic: Arithmetic | null;
}

/** float32 operations, as {@link BenchEngine.gauge} counts them. */
export interface Arithmetic {
  readonly operationsPerPoint: number;
  /** Operations per second of all the time measured. */
  readonly achieved: number;
  /** The most that the device showed right before. */
  readonly peak: number;
}

/** What could not be timed, and why. */
export interface BenchGap extends Case {
  readonly reason: string;
}

export interface BenchOptions extends Omit<EngineOptions, "points" | "onChoice"> {
  readonly analyses: readonly string[];
  /** Whether the grid of 104 million points is timed too. */
  readonly large: boolean;
  /** Time for each measurement; the whole grid, if that takes longer than half of it. */
  readonly seconds: number;
  /** Engines to time beside the reference; default: all of them. */
  readonly engines?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told every result as it comes. */
  readonly onRow?: (row: BenchRow) => void;
  readonly onGap?: (gap: BenchGap) => void;
}

/**
 * Times the engines on fixed problems, one after the other.
 * @throws InputError for no such engine or analysis
 */
export async function bench(
  options: BenchOptions,
): Promise<{ readonly rows: BenchRow[]; readonly gaps: BenchGap[] }> {
  const chosen = chosenOf(options);
  const problems = [...new Set(options.analyses)].map((analysis) => ({
    analysis,
    problem: benchProblem(analysis),
    grids: benchGrids(options.large),
  }));
  const rows: BenchRow[] = [];
  const gaps: BenchGap[] = [];
  for (const { analysis, problem, grids } of problems) {
    const reference = new Map<string, number>();
    for (const candidate of chosen) {
      options.signal?.throwIfAborted();
      const { engine, mode } = candidate;
      try {
        for await (const found of timed(candidate, problem, grids, options)) {
          const { grid, measurement } = found;
          if (isReference(candidate)) reference.set(grid, measurement.pointsPerSecond);
          const ratio = measurement.pointsPerSecond / (reference.get(grid) as number);
          const row = { analysis, engine, mode, ...found, ratio };
          rows.push(row);
          options.onRow?.(row);
        }
      } catch (error) {
        const missing = error instanceof EnvironmentError || error instanceof InputError;
        if (!missing || isReference(candidate)) throw error;
        const gap = { analysis, engine, mode, reason: error.message };
        gaps.push(gap);
        options.onGap?.(gap);
      }
    }
  }
  return { rows, gaps };
}

const isReference = (one: Candidate) =>
  one.engine === REFERENCE.engine && one.mode === REFERENCE.mode;

/** The engines asked for, and the reference. */
function chosenOf(options: BenchOptions): Candidate[] {
  const { engines } = options;
  const all = candidates(options);
  const names = [...new Set(all.map(({ engine }) => engine))];
  const stranger = engines?.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    const message = `There is no engine "${stranger}" to time. There is: ${names.join(", ")}.`;
    throw new InputError("unknown-engine", message, { engine: stranger });
  }
  return all.filter((one) => isReference(one) || (engines?.includes(one.engine) ?? true));
}

/** One axis for every parameter of some grids, as long as the longest of them. */
function allAxes(grids: readonly BenchGrid[]): GridAxis[] {
  const found = new Map<string, GridAxis>();
  for (const { parameter, from, to, points } of grids.flatMap(({ axes }) => axes)) {
    const known = found.get(parameter);
    found.set(parameter, {
      parameter,
      from: Math.min(from, known?.from ?? from),
      to: Math.max(to, known?.to ?? to),
      points: Math.max(points, known?.points ?? points),
    });
  }
  return [...found.values()];
}

/** An engine on one grid after the other. */
async function* timed(
  { open, first }: Candidate,
  problem: EngineProblem,
  grids: readonly BenchGrid[],
  { seconds, signal }: BenchOptions,
) {
  const engine = await open(problem, allAxes(grids));
  try {
    const peak = await engine.gauge?.peak();
    for (const { name: grid, axes } of grids) {
      const measurement = await measure(engine, axes, seconds, first, signal);
      const names = axes.map(({ parameter }) => parameter);
      const arithmetic = peak && (await arithmeticOf(engine, names, measurement, peak));
      yield { grid, device: engine.device, measurement, arithmetic: arithmetic || null };
    }
  } finally {
    await engine.close();
  }
}

async function arithmeticOf(
  { gauge }: BenchEngine,
  names: readonly string[],
  { pointsPerSecond }: Measurement,
  peak: number,
): Promise<Arithmetic | null> {
  const operationsPerPoint = await gauge?.operations(names);
  if (operationsPerPoint === undefined) return null;
  return { operationsPerPoint, achieved: operationsPerPoint * pointsPerSecond, peak };
}
