import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { InputError } from "../../errors.js";
import type { TabulatedLikelihood } from "../../tables/table.js";
import type { CountsProfiler, ProfiledCounts } from "../counted.js";
import type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
  Route,
} from "../engine.js";
import { checkPoints, gridSize, pointCount } from "../points.js";
import {
  emptyProfiles,
  type GridProfiles,
  mergeProfiles,
  type TileReduction,
} from "../profiles.js";
import { checkFamily } from "./chunks.js";
import { COUNTERS, type Job, POINTS_DONE, STOP, type Task, type WorkerData } from "./messages.js";
import { WorkerPool } from "./pool.js";
import {
  type CpuRoute,
  chooseRoute,
  exactly,
  lookedUp,
  sampleExactly,
  sampleTables,
} from "./route.js";
import { WalkPieces } from "./tables/pieces.js";
import { shareTables } from "./tables/share.js";
import { TaskRoom } from "./tasks.js";

/** Up to this many points are done sooner than threads are started. */
const FEW_POINTS = 256;
/** The same of points that are looked up. */
const FEW_WALKED_POINTS = 2 ** 16;
/** Largest piece of work handed to a thread at once. */
const LARGEST_CHUNK = 256;
/** The same where a point takes well below a microsecond. */
const LARGEST_FAST_CHUNK = 2 ** 14;
const PROGRESS_MS = 100;
/** How long the calling thread works before it lets other events through. */
const TURN_MS = 20;

export interface CpuOptions {
  /** Worker threads; 0 or 1 works in the calling thread. Default: every core there is. */
  readonly threads?: number;
  /**
   * Profile tables of the same problem, in which χ² is looked up then. Grids and points that they do not
   * reach are profiled exactly, as all are without tables.
   */
  readonly tables?: TabulatedLikelihood | undefined;
}

/**
 * The CPU engine: float64, on all cores, on any machine. Its numbers are the same, bit for bit,
 * whatever the number of threads. Results lie in shared memory, [points × combinations].
 */
export function createCpuEngine(
  problem: EngineProblem,
  options: CpuOptions = {},
): Engine & CountsProfiler {
  const { threads = availableParallelism(), tables } = options;
  return new CpuEngine(problem, threads, tables && shareTables(tables));
}

class CpuEngine implements Engine, CountsProfiler {
  readonly name = "cpu";
  readonly device: string;
  #pool: WorkerPool | undefined;
  /** Made at once, so that a problem that does not fit together is refused here. */
  readonly #local: TaskRoom;
  /** Routes already chosen, by the axes written out. */
  readonly #routes = new Map<string, CpuRoute>();
  #closed = false;
  #jobs = 0;

  constructor(
    readonly problem: EngineProblem,
    readonly threads: number,
    readonly tables: TabulatedLikelihood | undefined,
  ) {
    this.#local = new TaskRoom(problem, tables);
    this.device = threads > 1 ? `${threads} worker threads, float64` : "1 thread, float64";
  }

  async evaluate(source: PointSource, options: EvaluateOptions = {}): Promise<Float64Array> {
    this.#check(source, options);
    const count = pointCount(source);
    const chi2 = sharedFloats(count * this.#width);
    const isLookedUp = this.tables !== undefined;
    const task: Task = { kind: "values", source: shareList(source), chi2, isLookedUp };
    await this.#run(task, count, options);
    return chi2;
  }

  async profileCounts(
    source: PointSource,
    counts: Float32Array,
    options: EvaluateOptions = {},
  ): Promise<ProfiledCounts> {
    this.#check(source, options);
    const count = pointCount(source);
    const chi2 = sharedFloats(count * this.#width);
    const unsettled = new Int32Array(new SharedArrayBuffer(4));
    const shared = new Float32Array(new SharedArrayBuffer(counts.byteLength));
    shared.set(counts);
    const task = { source: shareList(source), counts: shared, chi2, unsettled };
    await this.#run({ kind: "counted", ...task }, count, options);
    return { chi2, recomputed: unsettled[0] };
  }

  async reduce(
    axes: readonly GridAxis[],
    { start, count }: FlatRange,
    options: EvaluateOptions = {},
  ): Promise<TileReduction> {
    const { lookUp } = this.#routeOf(axes, { start, count }, options);
    const isLookedUp = lookUp === "scattered";
    const task: Task =
      lookUp === "walk"
        ? { kind: "walk", axes, range: { start, count } }
        : { kind: "profiles", axes, start, isLookedUp };
    const parts = await this.#run(task, count, options);
    return parts.reduce(mergeProfiles, emptyProfiles(axes, this.#width));
  }

  profiles(axes: readonly GridAxis[], options: EvaluateOptions = {}): Promise<GridProfiles> {
    return this.reduce(axes, { start: 0, count: gridSize(axes) }, options);
  }

  async route(axes?: readonly GridAxis[]): Promise<Route> {
    if (!axes) return this.tables ? lookedUp(this.tables, "scattered") : exactly();
    const { lookUp: _, ...route } = this.#routeOf(axes, { start: 0, count: 0 }, {});
    return route;
  }

  async sample(axes: readonly GridAxis[], points: readonly number[]): Promise<Float64Array> {
    const { lookUp } = this.#routeOf(axes, { start: 0, count: 0 }, {});
    for (const start of points) this.#check({ kind: "grid", axes, start, count: 1 }, {});
    if (lookUp) return sampleTables(this.#local, lookUp, axes, points);
    return sampleExactly(this.#local, axes, points);
  }

  #routeOf(axes: readonly GridAxis[], range: FlatRange, options: EvaluateOptions): CpuRoute {
    if (axes.length === 0) {
      const message = "A grid without axes has no profiles. Give one axis at least.";
      throw new InputError("no-axes", message);
    }
    this.#check({ kind: "grid", axes, ...range }, options);
    const key = JSON.stringify(axes);
    const route = this.#routes.get(key) ?? chooseRoute(this.#local, axes);
    this.#routes.set(key, route);
    return route;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool?.close(new Error("the CPU engine was closed while it was working"));
  }

  /** @throws InputError for points that mean nothing */
  #check(source: PointSource, { signal }: EvaluateOptions): void {
    if (this.#closed) throw new Error("the CPU engine is closed");
    signal?.throwIfAborted();
    checkPoints(source);
    checkFamily(this.problem, source);
  }

  get #width(): number {
    return this.problem.combinations.length;
  }

  #workerData(): WorkerData {
    const { problem, tables } = this;
    return { problem, ...(tables && { tables }) };
  }

  async #run(
    task: Task,
    count: number,
    options: EvaluateOptions,
  ): Promise<readonly TileReduction[]> {
    const job: Job = {
      id: this.#jobs++,
      task,
      ...this.#chunks(task, count),
      points: count,
      counters: new BigInt64Array(new SharedArrayBuffer(8 * COUNTERS)),
    };
    const few = task.kind === "walk" ? FEW_WALKED_POINTS : FEW_POINTS;
    const here = this.threads <= 1 || count <= few;
    return here ? this.#runHere(job, options) : this.#runInThreads(job, options);
  }

  /** How a task's points, or pieces, are shared out. */
  #chunks(task: Task, points: number): { readonly count: number; readonly chunk: number } {
    if (task.kind === "walk") {
      const walk = this.#local.takeWalk(task.axes);
      const { count } = new WalkPieces(walk, task.range);
      this.#local.keepWalk(walk);
      return { count, chunk: 1 };
    }
    const fair = Math.ceil(points / (8 * Math.max(1, this.threads)));
    const isFast = (task.kind === "profiles" || task.kind === "values") && task.isLookedUp;
    const most = isFast ? LARGEST_FAST_CHUNK : LARGEST_CHUNK;
    return { count: points, chunk: Math.min(Math.max(fair, 1), most) };
  }

  async #runHere(job: Job, { onProgress, signal }: EvaluateOptions): Promise<TileReduction[]> {
    const run = this.#local.start(job.task);
    let turn = performance.now();
    let done = 0;
    for (let start = 0; start < job.count; start += job.chunk) {
      const end = Math.min(start + job.chunk, job.count);
      done += run.chunk(start, end);
      if (performance.now() - turn < TURN_MS && end < job.count) continue;
      onProgress?.(done);
      await nextTurn();
      signal?.throwIfAborted();
      turn = performance.now();
    }
    const reduction = run.result();
    return reduction ? [reduction] : [];
  }

  async #runInThreads(
    job: Job,
    { onProgress, signal }: EvaluateOptions,
  ): Promise<readonly TileReduction[]> {
    this.#pool ??= new WorkerPool(this.#workerData(), this.threads);
    const done = () => Number(Atomics.load(job.counters, POINTS_DONE));
    const stop = () => Atomics.store(job.counters, STOP, 1n);
    const timer = onProgress && setInterval(() => onProgress(done()), PROGRESS_MS);
    signal?.addEventListener("abort", stop);
    try {
      const reductions = await this.#pool.run(job);
      signal?.throwIfAborted();
      onProgress?.(job.points);
      return reductions;
    } finally {
      signal?.removeEventListener("abort", stop);
      clearInterval(timer);
    }
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
