/** A worker thread of the CPU engine: takes chunks of the job at hand until none is left. */
import { parentPort, workerData } from "node:worker_threads";
import { packError } from "../../threads/failure.js";
import type { TileReduction } from "../profiles.js";
import {
  type Job,
  NEXT_CHUNK,
  POINTS_DONE,
  type Report,
  STOP,
  type WorkerData,
} from "./messages.js";
import { TaskRoom } from "./tasks.js";

const { problem, tables } = workerData as WorkerData;
const room = new TaskRoom(problem, tables);

parentPort?.on("message", (job: Job) => {
  try {
    const reduction = work(job);
    report({ id: job.id, ...(reduction && { reduction }) });
  } catch (error) {
    Atomics.store(job.counters, STOP, 1n);
    report({ id: job.id, failure: packError(error) });
  }
});

function work({ task, count, chunk, counters }: Job): TileReduction | undefined {
  const run = room.start(task);
  while (Atomics.load(counters, STOP) === 0n) {
    const start = Number(Atomics.add(counters, NEXT_CHUNK, 1n)) * chunk;
    if (start >= count) break;
    const end = Math.min(start + chunk, count);
    Atomics.add(counters, POINTS_DONE, BigInt(run.chunk(start, end)));
  }
  return run.result();
}

function report(message: Report): void {
  parentPort?.postMessage(message);
}
