import { setImmediate as nextTurn } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { unpackError } from "../threads/failure.js";
import { startWorkers } from "../threads/worker-threads.js";
import { type Toy, type ToyPlan, toyMaker } from "./experiment.js";
import type { Chunk, Reply } from "./messages.js";

/** Pseudo-experiments handed to a thread at once. */
const CHUNK = 8;

export interface RunOptions {
  /** 1 works in the calling thread. */
  readonly threads: number;
  /** Called with the number finished so far, and all: those not yet finished are undefined. */
  readonly onProgress?: (done: number, toys: readonly (Toy | undefined)[]) => void;
  readonly signal?: AbortSignal;
}

/** The pseudo-experiments from ≤ index < to, the same whatever the number of threads. */
export async function runToys(
  plan: ToyPlan,
  from: number,
  to: number,
  { threads, onProgress, signal }: RunOptions,
): Promise<Toy[]> {
  const toys = new Array<Toy | undefined>(to - from).fill(undefined);
  const chunks: Chunk[] = [];
  for (let at = from; at < to; at += CHUNK) chunks.push({ from: at, to: Math.min(at + CHUNK, to) });
  let done = 0;
  const keep = (chunk: Chunk, made: readonly Toy[]): void => {
    made.forEach((toy, i) => {
      toys[chunk.from - from + i] = toy;
    });
    done += made.length;
    onProgress?.(done, toys);
  };
  if (threads <= 1 || chunks.length < 2) {
    const make = toyMaker(plan);
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      const made: Toy[] = [];
      for (let index = chunk.from; index < chunk.to; index++) made.push(make(index));
      keep(chunk, made);
      await nextTurn();
    }
  } else await share(plan, chunks, threads, keep, signal);
  return toys as Toy[];
}

/** Keeps worker threads busy until no chunk is left. */
async function share(
  plan: ToyPlan,
  chunks: Chunk[],
  threads: number,
  keep: (chunk: Chunk, made: readonly Toy[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  let workers: readonly Worker[] = [];
  let waiting = chunks.length;
  let abort = (): void => {};
  const finished = new Promise<void>((resolve, reject) => {
    const next = (worker: Worker): void => {
      const chunk = chunks.shift();
      if (chunk) worker.postMessage(chunk);
    };
    const onMessage = ({ chunk, toys, failure }: Reply, worker: Worker): void => {
      if (failure) reject(unpackError(failure));
      if (toys) keep(chunk, toys);
      next(worker);
      if (--waiting === 0) resolve();
    };
    abort = () => reject(signal?.reason);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    const size = Math.min(threads, chunks.length);
    workers = startWorkers<Reply>("toys", size, plan, { onMessage, onEnd: reject });
    for (const worker of workers) {
      worker.ref();
      next(worker);
    }
  });
  try {
    await finished;
  } finally {
    signal?.removeEventListener("abort", abort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
