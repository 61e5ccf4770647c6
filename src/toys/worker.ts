/** A worker thread that makes pseudo-experiments, a chunk at a time. */
import { parentPort, workerData } from "node:worker_threads";
import { packError } from "../threads/failure.js";
import { type Toy, type ToyPlan, toyMaker } from "./experiment.js";
import type { Chunk, Reply } from "./messages.js";

let make: ((index: number) => Toy) | undefined;

parentPort?.on("message", (chunk: Chunk) => {
  const reply = (message: Omit<Reply, "chunk">) => parentPort?.postMessage({ chunk, ...message });
  try {
    make ??= toyMaker(workerData as ToyPlan);
    const toys: Toy[] = [];
    for (let index = chunk.from; index < chunk.to; index++) toys.push(make(index));
    reply({ toys });
  } catch (error) {
    reply({ failure: packError(error) });
  }
});
