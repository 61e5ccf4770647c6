import type { Problem } from "../likelihood/description.js";

/** Points given one by one: columns are parameters, the others stay at their base value. */
export interface PointList {
  readonly kind: "list";
  readonly names: readonly string[];
  /** [points × names], row-major. */
  readonly values: Float64Array;
}

/** One axis of a regular grid: `points` values from `from` to `to`, both included. */
export interface GridAxis {
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** A range of a regular grid's flat index (row-major, last axis fastest); points never travel. */
export interface GridRange {
  readonly kind: "grid";
  readonly axes: readonly GridAxis[];
  readonly start: number;
  readonly count: number;
}

export type PointSource = PointList | GridRange;

/** What an engine is prepared for once, before any number of evaluations. */
export interface EngineProblem extends Problem {
  /** The parameter vector that points start from (the SM with the scan's fixed values), [PARAMETERS]. */
  readonly base: Float64Array;
}

export interface EvaluateOptions {
  /** Called with the number of points finished so far. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** One way of evaluating χ²; every implementation passes the same test suite. */
export interface Engine {
  readonly name: string;
  /** What does the work, e.g. `2 worker threads, float64`. */
  readonly device: string;
  /** χ² with nuisances profiled, [points × combinations], row-major, float64. */
  evaluate(points: PointSource, options?: EvaluateOptions): Promise<Float64Array>;
  close(): Promise<void>;
}
