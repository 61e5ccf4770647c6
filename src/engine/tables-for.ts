import { availableParallelism } from "node:os";
import type { TabulatedLikelihood } from "../tables/table.js";
import { tabulate } from "../tables/tabulate.js";
import type { EngineProblem, GridAxis } from "./engine.js";
import { gridSize } from "./points.js";

/** Grids of fewer points are profiled exactly sooner than tables are made. */
const FEWEST_POINTS = 2 ** 14;

export interface TablesOptions {
  /** Threads that build tables; default: every core. */
  readonly threads?: number | undefined;
  /** `exact` makes none, `tables` whatever the number of points. */
  readonly mode?: EngineMode | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many exact profiles have gone into tables that are being built. */
  readonly onTables?: ((profiles: number) => void) | undefined;
}

/** How χ² of a grid is to be had: looked up in tables where they can be certified, or exactly. */
export const ENGINE_MODES = ["auto", "tables", "exact"] as const;
export type EngineMode = (typeof ENGINE_MODES)[number];

/** Tables for the grids of some axes, or why there are none. */
export interface TablesFor {
  readonly tables?: TabulatedLikelihood | undefined;
  readonly reason?: string | undefined;
}

/**
 * Tables of a problem for a grid, if they are worth it: the same decision on every machine, so that
 * parts of a scan fit together.
 */
export async function tablesFor(
  problem: EngineProblem,
  axes: readonly GridAxis[],
  { threads, mode = "auto", signal, onTables }: TablesOptions,
): Promise<TablesFor> {
  if (mode === "exact") return {};
  if (mode === "auto" && gridSize(axes) < FEWEST_POINTS) return {};
  const { tables, reason } = await tabulate(
    problem,
    { base: problem.base, axes },
    { threads: threads ?? availableParallelism(), signal, onProgress: onTables },
  );
  return { tables, reason };
}
