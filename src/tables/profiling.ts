import { setImmediate as nextTurn } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import type { Problem } from "../likelihood/description.js";
import { unpackError } from "../threads/failure.js";
import { startWorkers } from "../threads/worker-threads.js";
import { exactProfiler } from "./exact.js";
import { CannotTabulate } from "./factorise.js";
import type { Chunk, Profiles, Reply } from "./messages.js";

/** Points that a thread takes at once: always the same ones, so that no thread's past can show. */
const CHUNK = 32;
const SECONDS = 600;

/** Points in a row: their squared charges, [points × charges], and the number of the row. */
export type ChargeLine = Required<Pick<Chunk, "charges" | "phase">>;

/** Exact profiles of points of several likelihoods, on all threads. */
export interface Profiling {
  /**
   * @param problem which of the likelihoods
   * @param charges squared charges, [points × charges]
   */
  profile(problem: number, exponent: number, charges: Float64Array): Promise<Profiles>;
  /** The same at points each of which is a small step from the next, line by line: far faster. */
  profileLines(problem: number, exponent: number, lines: readonly ChargeLine[]): Promise<Profiles>;
  /** Exact profiles so far, and those of them whose minimum was not reached for certain. */
  readonly count: number;
  readonly unsettled: number;
  close(): Promise<void>;
}

export interface ProfilingOptions {
  /** 1 works in the calling thread. */
  readonly threads: number;
  /** Most time, s. Default: 600. */
  readonly seconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of exact profiles so far. */
  readonly onProgress?: ((count: number) => void) | undefined;
}

/** @param problems each of one combination */
export function startProfiling(
  problems: readonly Problem[],
  { threads, seconds = SECONDS, signal, onProgress }: ProfilingOptions,
): Profiling {
  const run = threads > 1 ? inThreads(problems, threads) : inThisThread(problems);
  const end = performance.now() + 1000 * seconds;
  let [count, unsettled] = [0, 0];
  const profileAll = async (problem: number, chunks: readonly Omit<Chunk, "id">[]) => {
    const width = problems[problem].description.charges.length;
    const profiles = await run.all(chunks, (points) => {
      signal?.throwIfAborted();
      if (performance.now() > end) {
        throw new CannotTabulate(`${seconds} s did not suffice for its tables`, false);
      }
      count += points;
      onProgress?.(count);
    });
    const numbers = chunks.reduce((sum, { charges }) => sum + charges.length, 0);
    const all = joined(profiles, numbers / width, width);
    unsettled += all.unsettled;
    return all;
  };
  return {
    get count() {
      return count;
    },
    get unsettled() {
      return unsettled;
    },
    async profile(problem, exponent, charges) {
      const width = problems[problem].description.charges.length;
      const chunks: Omit<Chunk, "id">[] = [];
      for (let at = 0; at < charges.length; at += CHUNK * width) {
        chunks.push({ problem, exponent, charges: charges.slice(at, at + CHUNK * width) });
      }
      return profileAll(problem, chunks);
    },
    async profileLines(problem, exponent, lines) {
      return profileAll(
        problem,
        lines.map((line) => ({ problem, exponent, ...line })),
      );
    },
    close: () => run.close(),
  };
}

interface Runner {
  all(
    chunks: readonly Omit<Chunk, "id">[],
    onDone: (points: number) => void,
  ): Promise<readonly Profiles[]>;
  close(): Promise<void>;
}

function inThisThread(problems: readonly Problem[]): Runner {
  const profile = exactProfiler(problems);
  return {
    async all(chunks, onDone) {
      const found: Profiles[] = [];
      for (const chunk of chunks) {
        const profiles = profile({ id: 0, ...chunk });
        found.push(profiles);
        onDone(profiles.chi2.length);
        await nextTurn();
      }
      return found;
    },
    async close() {},
  };
}

function inThreads(problems: readonly Problem[], threads: number): Runner {
  let take: (reply: Reply, worker: Worker) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const workers = startWorkers<Reply>(
    "tables",
    threads,
    { problems },
    {
      onMessage: (reply, worker) => take(reply, worker),
      onEnd: (error) => fail(error),
    },
  );
  return {
    async all(chunks, onDone) {
      const found = new Array<Profiles>(chunks.length);
      let [next, waiting] = [0, chunks.length];
      if (waiting === 0) return found;
      await new Promise<void>((resolve, reject) => {
        const send = (worker: Worker) => {
          if (next < chunks.length) worker.postMessage({ id: next, ...chunks[next++] });
        };
        fail = reject;
        take = ({ id, profiles, failure }, worker) => {
          if (failure || !profiles)
            return reject(unpackError(failure ?? { name: "", message: "" }));
          found[id] = profiles;
          send(worker);
          try {
            onDone(profiles.chi2.length);
          } catch (error) {
            reject(error);
          }
          if (--waiting === 0) resolve();
        };
        for (const worker of workers) {
          worker.ref();
          send(worker);
        }
      });
      return found;
    },
    async close() {
      fail = () => {};
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function joined(parts: readonly Profiles[], points: number, width: number): Profiles {
  const [chi2, gradient] = [new Float64Array(points), new Float64Array(points * width)];
  let [at, unsettled] = [0, 0];
  for (const part of parts) {
    chi2.set(part.chi2, at);
    gradient.set(part.gradient, at * width);
    at += part.chi2.length;
    unsettled += part.unsettled;
  }
  return { chi2, gradient, unsettled };
}
