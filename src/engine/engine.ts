import type { Problem } from "../likelihood/description.js";
import type { TabulatedLikelihood } from "../tables/table.js";
import type { GridProfiles, TileReduction } from "./profiles.js";
import type { FlatRange, GridAxis, PointSource } from "./sources.js";

export type { FlatRange, GridAxis, GridRange, PointList, PointSource } from "./sources.js";

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

export type Accuracy = "exact" | "approximate";

/**
 * How an engine computes χ²: of single points, or of a grid's profiles. What is made of its numbers is
 * decided by what is said here, never by the name of an engine.
 */
export interface Route {
  /** `tables`, `exact` or `counts`. */
  readonly name: string;
  /** `exact` is the float64 reference itself; anything else has to be held against it. */
  readonly accuracy: Accuracy;
  /** Whether the same points give the same bits on every machine; else they depend on the device. */
  readonly isPortable: boolean;
  /** What χ² is looked up from, if it is. */
  readonly tables?: TabulatedLikelihood;
  /** Points that take about a second, as a constant: scans are cut into tiles by it on any machine. */
  readonly second: number;
  /** Why this route, for people. */
  readonly notes: readonly string[];
  /** Points (flat indices) on either side of a change of method within the grid, for an audit. */
  readonly switches?: readonly number[];
}

/** One way of evaluating χ²; every implementation passes the same test suite. */
export interface Engine {
  readonly name: string;
  /** What does the work, e.g. `2 worker threads, float64`. */
  readonly device: string;
  /** χ² with nuisances profiled, [points × combinations], row-major, float64. */
  evaluate(points: PointSource, options?: EvaluateOptions): Promise<Float64Array>;
  /**
   * Every profile, and the best points, of a part of a grid's flat index: each of its points is counted
   * once, and none of them is kept. Parts merge by {@link mergeProfiles} to what the whole gives.
   */
  reduce(
    axes: readonly GridAxis[],
    range: FlatRange,
    options?: EvaluateOptions,
  ): Promise<TileReduction>;
  /** The same of a whole grid, in memory that does not depend on its number of points. */
  profiles(axes: readonly GridAxis[], options?: EvaluateOptions): Promise<GridProfiles>;
  /**
   * The way that {@link profiles} and {@link reduce} take for these axes, or {@link evaluate} without
   * axes: always the same.
   */
  route(axes?: readonly GridAxis[]): Promise<Route>;
  /**
   * χ² at some points of a grid by the very route of {@link profiles}, for an audit: [points ×
   * combinations]. Absent where {@link evaluate} takes that route.
   * @param points flat indices
   */
  sample?(axes: readonly GridAxis[], points: readonly number[]): Promise<Float64Array>;
  close(): Promise<void>;
}
