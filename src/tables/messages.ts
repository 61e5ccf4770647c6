import type { Problem } from "../likelihood/description.js";
import type { Failure } from "../threads/failure.js";

export interface WorkerData {
  /** Each of one combination. */
  readonly problems: readonly Problem[];
}

/** Points of one problem at which it is to be profiled. */
export interface Chunk {
  readonly id: number;
  readonly problem: number;
  readonly exponent: number;
  /** Squared charges, [points × charges]. */
  readonly charges: Float64Array;
  /** Where each point is a small step from the next: the number of their row. */
  readonly phase?: number;
}

/** Exact profiles of the points of a chunk. */
export interface Profiles {
  /** [points] */
  readonly chi2: Float64Array;
  /** ∂χ²/∂q, [points × charges]. */
  readonly gradient: Float64Array;
  /** Points whose minimum was not reached. */
  readonly unsettled: number;
}

export interface Reply {
  readonly id: number;
  readonly profiles?: Profiles;
  readonly failure?: Failure;
}
