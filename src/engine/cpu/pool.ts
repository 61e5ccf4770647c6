import type { Worker } from "node:worker_threads";
import { unpackError } from "../../threads/failure.js";
import { startWorkers } from "../../threads/worker-threads.js";
import type { TileReduction } from "../profiles.js";
import { type Job, type Report, STOP, type WorkerData } from "./messages.js";

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

  constructor(workerData: WorkerData, threads: number) {
    this.#workers = startWorkers<Report>("engine/cpu", threads, workerData, {
      onMessage: (report) => this.#report(report),
      onEnd: (error) => this.#break(error),
    });
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
