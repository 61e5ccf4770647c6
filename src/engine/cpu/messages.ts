import { EnvironmentError, InputError, NsiscanError, NumericalError } from "../../errors.js";
import type { EngineProblem, PointSource } from "../engine.js";

/** Slots of a job's shared counters. */
export const NEXT_CHUNK = 0;
export const POINTS_DONE = 1;
export const STOP = 2;
export const COUNTERS = 3;

/** One evaluation, sent to every worker; they take its chunks from the shared counter. */
export interface Job {
  readonly id: number;
  readonly source: PointSource;
  readonly count: number;
  readonly chunk: number;
  /** [points × combinations], shared: each point is written by the one worker that took it. */
  readonly chi2: Float64Array;
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
