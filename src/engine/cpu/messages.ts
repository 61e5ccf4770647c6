import type { TabulatedLikelihood } from "../../tables/table.js";
import type { Failure } from "../../threads/failure.js";
import type { EngineProblem, FlatRange, GridAxis, PointSource } from "../engine.js";
import type { TileReduction } from "../profiles.js";

/** Slots of a job's shared counters. */
export const NEXT_CHUNK = 0;
export const POINTS_DONE = 1;
export const STOP = 2;
export const COUNTERS = 3;

/** What is to become of the points of a job. */
export type Task =
  | {
      readonly kind: "values";
      readonly source: PointSource;
      /** [points × combinations], shared: each point is written by the one worker that took it. */
      readonly chi2: Float64Array;
      /** Whether points are looked up in tables. */
      readonly isLookedUp: boolean;
    }
  | {
      readonly kind: "counted";
      readonly source: PointSource;
      /** Event counts of the points, [points × rows], shared. */
      readonly counts: Float32Array;
      readonly chi2: Float64Array;
      /** Points that counts could not settle, [1], shared. */
      readonly unsettled: Int32Array;
    }
  | {
      readonly kind: "profiles";
      readonly axes: readonly GridAxis[];
      /** Flat index of the first point. */
      readonly start: number;
      /** Whether points are looked up in tables, one by one. */
      readonly isLookedUp: boolean;
    }
  | {
      /** Profiles looked up from tables; what is shared out are pieces of a walk, not points. */
      readonly kind: "walk";
      readonly axes: readonly GridAxis[];
      readonly range: FlatRange;
    };

/** Work sent to every worker, in points or pieces; they take chunks of it from the shared counter. */
export interface Job {
  readonly id: number;
  readonly task: Task;
  readonly count: number;
  readonly chunk: number;
  /** Points of it all. */
  readonly points: number;
  /** [COUNTERS], shared. */
  readonly counters: BigInt64Array;
}

export interface WorkerData {
  readonly problem: EngineProblem;
  readonly tables?: TabulatedLikelihood;
}

/** What a worker reports when it finds no chunk left, or fails. */
export interface Report {
  readonly id: number;
  readonly failure?: Failure;
  /** What the worker's own chunks of a job of profiles reduce to. */
  readonly reduction?: TileReduction;
}
