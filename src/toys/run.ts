import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { packError, unpackError } from "../engine/cpu/messages.js";
import { workerDied, workerFile } from "../engine/worker-threads.js";
import { type Toy, type ToyPlan, toyMaker } from "./experiment.js";
import type { Chunk, Reply } from "./messages.js";

/** Pseudo-experiments handed to a thread at once. */
const CHUNK = 8;

export interface RunOptions {
  /** 1 works in the calling thread. */
  readonly threads: number;
  /** Called with the number finished so far. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** The pseudo-experiments from ≤ index < to, the same whatever the number of threads. */
export async function runToys(
  plan: ToyPlan,
  from: number,
  to: number,
  { threads, onProgress, signal }: RunOptions,
): Promise<Toy[]> {
  const toys: Toy[] = new Array(to - from);
  const chunks: Chunk[] = [];
  for (let at = from; at < to; at += CHUNK) chunks.push({ from: at, to: Math.min(at + CHUNK, to) });
  let done = 0;
  const keep = (chunk: Chunk, made: readonly Toy[]): void => {
    made.forEach((toy, i) => {
      toys[chunk.from - from + i] = toy;
    });
    done += made.length;
    onProgress?.(done);
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
    return toys;
  }
  const file = workerFile("toys");
  const workers = Array.from({ length: Math.min(threads, chunks.length) }, () => {
    return new Worker(file, { workerData: plan });
  });
  try {
    await Promise.all(workers.map((worker) => drain(worker, chunks, keep, signal)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return toys;
}

/** Keeps a worker busy until no chunk is left. */
function drain(
  worker: Worker,
  chunks: Chunk[],
  keep: (chunk: Chunk, made: readonly Toy[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: Chunk | undefined;
    const next = (): void => {
      current = chunks.shift();
      if (current) worker.postMessage(current);
      else {
        signal?.removeEventListener("abort", abort);
        resolve();
      }
    };
    const abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    worker.on("error", (error) => reject(unpackError(packError(error))));
    worker.on("exit", (status) => reject(workerDied(status)));
    worker.on("message", (reply: Reply) => {
      if (reply.failure) return reject(unpackError(reply.failure));
      if (current && reply.toys) keep(current, reply.toys);
      next();
    });
    if (signal?.aborted) reject(signal.reason);
    else next();
  });
}
