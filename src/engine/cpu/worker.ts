/** A worker thread of the CPU engine: takes chunks of the job at hand until none is left. */
import { parentPort, workerData } from "node:worker_threads";
import { chunkEvaluator } from "./chunks.js";
import {
  type Job,
  NEXT_CHUNK,
  POINTS_DONE,
  packError,
  type Report,
  STOP,
  type WorkerData,
} from "./messages.js";

const evaluator = chunkEvaluator((workerData as WorkerData).problem);

parentPort?.on("message", (job: Job) => {
  try {
    work(job);
    report({ id: job.id });
  } catch (error) {
    Atomics.store(job.counters, STOP, 1n);
    report({ id: job.id, failure: packError(error) });
  }
});

function work({ source, count, chunk, chi2, counters }: Job): void {
  while (Atomics.load(counters, STOP) === 0n) {
    const start = Number(Atomics.add(counters, NEXT_CHUNK, 1n)) * chunk;
    if (start >= count) return;
    const end = Math.min(start + chunk, count);
    evaluator.evaluate(source, start, end, chi2);
    Atomics.add(counters, POINTS_DONE, BigInt(end - start));
  }
}

function report(message: Report): void {
  parentPort?.postMessage(message);
}
