import { EnvironmentError, InputError, NsiscanError, NumericalError } from "../../errors.js";
import type { EngineProblem, GridAxis, PointSource } from "../engine.js";
import type { TileReduction } from "../profiles.js";
import type { LanesPlan } from "./lanes/plan.js";

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
      /** The fast route, where it may be taken; a number tells plans apart. */
      readonly fast?: { readonly id: number; readonly plan: LanesPlan };
    };

/** Points to evaluate, sent to every worker; they take chunks of them from the shared counter. */
export interface Job {
  readonly id: number;
  readonly task: Task;
  readonly count: number;
  readonly chunk: number;
  /** [COUNTERS], shared. */
  readonly counters: BigInt64Array;
}

export interface WorkerData {
  readonly problem: EngineProblem;
}

/** What a worker reports when it finds no chunk left, or fails. */
export interface Report {
  readonly id: number;
  readonly failure?: Failure;
  /** What the worker's own chunks of a "profiles" job reduce to. */
  readonly reduction?: TileReduction;
}

/** An error as it travels between threads, which keep neither class nor fields of their own. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

const classes = { InputError, EnvironmentError, NumericalError };

export function packError(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  if (!(error instanceof NsiscanError)) return { name, message, stack };
  const { fields } = error as InputError;
  return { name, message, stack, code: error.code, fields };
}

export function unpackError(failure: Failure): Error {
  const known = classes[failure.name as keyof typeof classes];
  if (known) return new known(failure.code ?? "", failure.message, failure.fields);
  const error = new Error(failure.message);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
