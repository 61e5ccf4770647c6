import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { EnvironmentError } from "../errors.js";

/**
 * The file that a worker thread runs. Node runs compiled workers only, so from the sources too it is
 * the built one that works.
 * @param room folder of the `worker.ts` within src/, e.g. `engine/cpu`
 * @throws EnvironmentError where it has not been built
 */
export function workerFile(room: string): URL {
  const beside = new URL(`../${room}/worker.js`, import.meta.url);
  if (existsSync(beside)) return beside;
  const file = new URL(`../../dist/${room}/worker.js`, import.meta.url);
  if (existsSync(file)) return file;
  const message = `A worker of nsiscan is missing: ${fileURLToPath(file)}. Build it with "npm run build" in a checkout, or install nsiscan again.`;
  throw new EnvironmentError("worker-missing", message, { file: file.href });
}

/** What is done with what the worker threads of a room say. */
export interface Listener<Message> {
  readonly onMessage: (message: Message, worker: Worker) => void;
  /** Called when one fails or ends, which none should of itself. */
  readonly onEnd: (error: Error) => void;
}

/**
 * Starts worker threads of a room, all with the same data. They keep no program alive while idle:
 * `ref()` one that works.
 */
export function startWorkers<Message>(
  room: string,
  threads: number,
  workerData: unknown,
  { onMessage, onEnd }: Listener<Message>,
): Worker[] {
  const file = workerFile(room);
  return Array.from({ length: threads }, () => {
    const worker = new Worker(file, { workerData });
    worker.on("message", (message: Message) => onMessage(message, worker));
    worker.on("error", onEnd);
    worker.on("exit", (status) => onEnd(workerDied(status)));
    worker.unref();
    return worker;
  });
}

/** Why a worker thread has ended of itself, which it never should. */
function workerDied(status: number): EnvironmentError {
  const message = `A worker thread ended with status ${status}, most likely for want of memory. Use fewer threads with --threads, or scan fewer points at a time.`;
  return new EnvironmentError("worker-died", message, { status });
}
