import type { Failure } from "../threads/failure.js";
import type { Toy } from "./experiment.js";

/** Pseudo-experiments from ≤ index < to: what a worker is asked for. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
}

export interface Reply {
  readonly chunk: Chunk;
  readonly toys?: readonly Toy[];
  readonly failure?: Failure;
}
