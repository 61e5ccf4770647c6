import type {
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
} from "../engine.js";
import { pointCount } from "../points.js";
import type { GridProfiles } from "../profiles.js";
import type { ExactPoints } from "./exact.js";
import { Flight, type Landed } from "./flight.js";
import type { Gpu } from "./gpu.js";
import { inFlight } from "./in-flight.js";
import { fusedOperations } from "./operations.js";
import { Pace } from "./pace.js";
import { lostPoints, type Piece, piecesOf } from "./pieces.js";
import { pointsScope } from "./points-scope.js";
import { type GridKernels, reduceGrid } from "./reduce.js";
import { NOTHING } from "./run.js";
import type { TableScope } from "./table-scope.js";

const FIRST_QUADS = 4096;
/** At most a million points per dispatch: more gains nothing, and costs memory. */
const MOST_QUADS = 1 << 18;
const WORKGROUPS = 65535 * 64;

/** Fused mode: χ² of points on the device, two dispatches in flight. */
export class Fused implements GridKernels {
  readonly layout: GPUBindGroupLayout;
  readonly flights: readonly Flight[];
  /** Largest dispatch, in groups of four points. */
  readonly capacity: number;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  #reducers: Promise<readonly GPUComputePipeline[]> | undefined;

  constructor(
    readonly gpu: Gpu,
    readonly problem: EngineProblem,
    readonly scope: TableScope,
    readonly exact: ExactPoints,
    halvings: number,
  ) {
    const { limits } = gpu.device;
    this.layout = gpu.layout();
    const shared = { bins: gpu.upload("bins", scope.numbers, GPUBufferUsage.STORAGE) };
    this.flights = [0, 1].map(() => new Flight(gpu, this.layout, shared));
    const bytes = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
    const fitting = Math.floor(bytes / (16 * problem.combinations.length));
    const most = Math.min(MOST_QUADS, fitting, WORKGROUPS);
    this.capacity = Math.max(1, Math.floor(most / 2 ** halvings));
  }

  get combinations(): number {
    return this.problem.combinations.length;
  }

  get offsets(): Float64Array {
    return this.scope.offsets;
  }

  /** The kernel for points that vary these parameters, compiled once. */
  pipeline(kind: PointSource["kind"], names: readonly string[]): Promise<GPUComputePipeline> {
    const key = `${kind} ${names.join(" ")}`;
    let made = this.#pipelines.get(key);
    if (!made) {
      const scope = { ...this.scope.scope, ...pointsScope(this.problem, kind, names) };
      made = this.gpu.pipelines("chi2.wgsl", scope, this.layout, ["main"]).then(([first]) => first);
      this.#pipelines.set(key, made);
    }
    return made;
  }

  /** float32 operations per point of a grid of these parameters. */
  operations(names: readonly string[]): number {
    return fusedOperations(this.scope.scope, pointsScope(this.problem, "grid", names));
  }

  /** The kernels that reduce rows, columns and blocks. */
  reducers(): Promise<readonly GPUComputePipeline[]> {
    this.#reducers ??= this.gpu.pipelines("reduce.wgsl", this.scope.scope, this.layout, [
      "rows",
      "columns",
      "blocks",
    ]);
    return this.#reducers;
  }

  async evaluate(source: PointSource, options: EvaluateOptions): Promise<Float64Array> {
    const width = this.combinations;
    const chi2 = new Float64Array(pointCount(source) * width);
    if (chi2.length === 0) return chi2;
    const names = source.kind === "grid" ? source.axes.map((axis) => axis.parameter) : source.names;
    const pipeline = await this.pipeline(source.kind, names);
    const pieces = piecesOf(source);
    const axes =
      pieces.axisValues && this.gpu.upload("axes", pieces.axisValues, GPUBufferUsage.STORAGE);
    const pace = new Pace(FIRST_QUADS, this.capacity);
    pace.start();
    let next = 0;
    let done = 0;
    try {
      await inFlight(
        this.flights,
        (flight) => {
          options.signal?.throwIfAborted();
          if (next >= pieces.quads) return undefined;
          const piece = pieces.cut(next, Math.min(pace.quads, pieces.quads - next));
          next += piece.run.count;
          const { count } = piece.run;
          const bytes = 16 * count * width;
          return flight
            .fly(
              piece.run,
              piece.columns ?? (axes as GPUBuffer),
              [{ pipeline, invocations: count }],
              { role: "results", bytes },
              { results: bytes },
            )
            .then((landed) => ({ landed, piece }));
        },
        ({ landed, piece }) => {
          pace.landed(piece.run.count);
          done += this.#take(source, piece, landed, chi2);
          options.onProgress?.(done);
        },
      );
    } finally {
      axes?.destroy();
    }
    options.signal?.throwIfAborted();
    if (done !== pointCount(source)) throw lostPoints(done, pointCount(source));
    return chi2;
  }

  reduce(
    axes: readonly GridAxis[],
    range: FlatRange,
    options: EvaluateOptions,
  ): Promise<GridProfiles> {
    return reduceGrid(this, axes, range, options);
  }

  /** Puts a landed piece in its place; returns the number of points the device counted. */
  #take(source: PointSource, piece: Piece, landed: Landed, chi2: Float64Array): number {
    const width = this.combinations;
    const values = new Float32Array(landed.words);
    const { count } = piece.run;
    const doubtful: number[] = [];
    for (let i = piece.first; i < piece.end; i++) {
      const place = piece.placeOf(i);
      if (values[place] >= NOTHING) doubtful.push(i);
      for (let k = 0; k < width; k++) {
        chi2[i * width + k] = values[4 * k * count + place] + this.offsets[k];
      }
    }
    if (doubtful.length !== landed.status.doubtful) {
      throw lostPoints(doubtful.length, landed.status.doubtful);
    }
    const exact = this.exact.at(source, doubtful);
    doubtful.forEach((i, n) => {
      for (let k = 0; k < width; k++) chi2[i * width + k] = exact[n * width + k];
    });
    if (landed.status.written !== piece.end - piece.first) {
      throw lostPoints(landed.status.written, piece.end - piece.first);
    }
    return landed.status.written;
  }

  destroy(): void {
    for (const flight of this.flights) flight.destroy();
  }
}
