import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
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

/** Why a worker thread has ended of itself, which it never should. */
export function workerDied(status: number): EnvironmentError {
  const message = `A worker thread ended with status ${status}, most likely for want of memory. Use fewer threads with --threads, or scan fewer points at a time.`;
  return new EnvironmentError("worker-died", message, { status });
}
