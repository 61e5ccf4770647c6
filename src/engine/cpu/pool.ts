import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { EnvironmentError } from "../../errors.js";
import type { EngineProblem } from "../engine.js";
import type { TileReduction } from "../profiles.js";
import { type Job, type Report, STOP, unpackError, type WorkerData } from "./messages.js";

interface Pending {
  readonly job: Job;
  /** Workers that have not reported yet. */
  waiting: number;
  failure?: Error;
  readonly reductions: TileReduction[];
  readonly settle: (failure?: Error) => void;
}

/** Worker threads that share every job until all of them find nothing left to do. */
export class WorkerPool {
  readonly #workers: readonly Worker[];
  readonly #pending = new Map<number, Pending>();
  /** Why no further job can run. */
  #broken: Error | undefined;

  constructor(problem: EngineProblem, threads: number) {
    const file = workerFile();
    const workerData: WorkerData = { problem };
    this.#workers = Array.from({ length: threads }, () => new Worker(file, { workerData }));
    for (const worker of this.#workers) {
      worker.on("message", (report: Report) => this.#report(report));
      worker.on("error", (error) => this.#break(error));
      worker.on("exit", (status) => this.#break(died(status)));
      worker.unref(); // an idle engine keeps no program alive
    }
  }

  /**
   * Resolves when every worker has left the job, with what they reduced it to; rejects with the
   * first failure.
   */
  run(job: Job): Promise<readonly TileReduction[]> {
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      const reductions: TileReduction[] = [];
      const settle = (failure?: Error) => (failure ? reject(failure) : resolve(reductions));
      this.#pending.set(job.id, { job, waiting: this.#workers.length, reductions, settle });
      for (const worker of this.#workers) {
        worker.ref();
        worker.postMessage(job);
      }
    });
  }

  async close(reason: Error): Promise<void> {
    this.#break(reason);
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #report({ id, failure, reduction }: Report): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    if (reduction) pending.reductions.push(reduction);
    if (failure) pending.failure ??= unpackError(failure);
    if (--pending.waiting > 0) return;
    this.#pending.delete(id);
    if (this.#pending.size === 0) for (const worker of this.#workers) worker.unref();
    pending.settle(pending.failure);
  }

  #break(error: Error): void {
    this.#broken ??= error;
    for (const { job, settle } of this.#pending.values()) {
      Atomics.store(job.counters, STOP, 1n);
      settle(this.#broken);
    }
    this.#pending.clear();
  }
}

/** Node runs compiled workers only, so from the sources too it is the built one that works. */
function workerFile(): URL {
  const beside = new URL("./worker.js", import.meta.url);
  if (existsSync(beside)) return beside;
  const file = new URL("../../../dist/engine/cpu/worker.js", import.meta.url);
  if (existsSync(file)) return file;
  const message = `The worker of the CPU engine is missing: ${fileURLToPath(file)}. Build it with "npm run build" in a checkout, or install nsiscan again.`;
  throw new EnvironmentError("worker-missing", message, { file: file.href });
}

function died(status: number): Error {
  const message = `A worker thread of the CPU engine ended with status ${status}, most likely for want of memory. Use fewer threads or scan fewer points at a time.`;
  return new EnvironmentError("worker-died", message, { status });
}
