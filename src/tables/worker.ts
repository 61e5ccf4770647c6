/** A worker thread that profiles likelihoods exactly, a chunk of points at a time. */
import { parentPort, workerData } from "node:worker_threads";
import { packError } from "../threads/failure.js";
import { exactProfiler } from "./exact.js";
import type { Chunk, Reply, WorkerData } from "./messages.js";

const profile = exactProfiler((workerData as WorkerData).problems);

parentPort?.on("message", (chunk: Chunk) => {
  const reply = (message: Reply) => parentPort?.postMessage(message);
  try {
    reply({ id: chunk.id, profiles: profile(chunk) });
  } catch (error) {
    reply({ id: chunk.id, failure: packError(error) });
  }
});
