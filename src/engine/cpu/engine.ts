import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Engine, EngineProblem, EvaluateOptions, PointSource } from "../engine.js";
import { checkPoints, pointCount } from "../points.js";
import { type ChunkEvaluator, checkFamily, chunkEvaluator } from "./chunks.js";
import { COUNTERS, type Job, POINTS_DONE, STOP } from "./messages.js";
import { WorkerPool } from "./pool.js";

/** Up to this many points are done sooner than threads are started. */
const FEW_POINTS = 256;
/** Largest piece of work handed to a thread at once. */
const LARGEST_CHUNK = 256;
const PROGRESS_MS = 100;
/** How long the calling thread works before it lets other events through. */
const TURN_MS = 20;

export interface CpuOptions {
  /** Worker threads; 0 or 1 works in the calling thread. Default: every core there is. */
  readonly threads?: number;
}

/**
 * The CPU engine: float64, on all cores, on any machine. Its numbers are the same, bit for bit,
 * whatever the number of threads. Results lie in shared memory, [points × combinations].
 */
export function createCpuEngine(problem: EngineProblem, options: CpuOptions = {}): Engine {
  return new CpuEngine(problem, options.threads ?? availableParallelism());
}

class CpuEngine implements Engine {
  readonly name = "cpu";
  readonly device: string;
  #pool: WorkerPool | undefined;
  /** Made at once, so that a problem that does not fit together is refused here. */
  readonly #local: ChunkEvaluator;
  #closed = false;
  #jobs = 0;

  constructor(
    readonly problem: EngineProblem,
    readonly threads: number,
  ) {
    this.#local = chunkEvaluator(problem);
    this.device = threads > 1 ? `${threads} worker threads, float64` : "1 thread, float64";
  }

  async evaluate(source: PointSource, options: EvaluateOptions = {}): Promise<Float64Array> {
    if (this.#closed) throw new Error("the CPU engine is closed");
    options.signal?.throwIfAborted();
    checkPoints(source);
    checkFamily(this.problem, source);
    const job = this.#job(source);
    if (this.threads <= 1 || job.count <= FEW_POINTS) await this.#runHere(job, options);
    else await this.#runInThreads(job, options);
    return job.chi2;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool?.close(new Error("the CPU engine was closed while it was working"));
  }

  #job(source: PointSource): Job {
    const count = pointCount(source);
    const fair = Math.ceil(count / (8 * Math.max(1, this.threads)));
    return {
      id: this.#jobs++,
      source,
      count,
      chunk: Math.min(Math.max(fair, 1), LARGEST_CHUNK),
      chi2: sharedFloats(count * this.problem.combinations.length),
      counters: new BigInt64Array(new SharedArrayBuffer(8 * COUNTERS)),
    };
  }

  async #runHere(job: Job, { onProgress, signal }: EvaluateOptions): Promise<void> {
    let turn = performance.now();
    for (let start = 0; start < job.count; start += job.chunk) {
      const end = Math.min(start + job.chunk, job.count);
      this.#local.evaluate(job.source, start, end, job.chi2);
      if (performance.now() - turn < TURN_MS && end < job.count) continue;
      onProgress?.(end);
      await nextTurn();
      signal?.throwIfAborted();
      turn = performance.now();
    }
  }

  async #runInThreads(job: Job, { onProgress, signal }: EvaluateOptions): Promise<void> {
    this.#pool ??= new WorkerPool(this.problem, this.threads);
    const done = () => Number(Atomics.load(job.counters, POINTS_DONE));
    const stop = () => Atomics.store(job.counters, STOP, 1n);
    const timer = onProgress && setInterval(() => onProgress(done()), PROGRESS_MS);
    signal?.addEventListener("abort", stop);
    try {
      await this.#pool.run({ ...job, source: shareList(job.source) });
    } finally {
      signal?.removeEventListener("abort", stop);
      clearInterval(timer);
    }
    signal?.throwIfAborted();
    onProgress?.(job.count);
  }
}

function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}

/** A list of points is copied once for all threads, not once for each. */
function shareList(source: PointSource): PointSource {
  if (source.kind === "grid") return source;
  const values = sharedFloats(source.values.length);
  values.set(source.values);
  return { ...source, values };
}
