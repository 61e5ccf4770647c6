import { NumericalError } from "../../errors.js";
import { PARAMETERS } from "../../model/parameters.js";
import { chunkEvaluator } from "../cpu/chunks.js";
import type { EvaluateOptions, GridRange, PointList, PointSource } from "../engine.js";
import { axisValues, pointCount, pointWriter } from "../points.js";
import type { KernelProblem } from "./components.js";
import { Flight, type Landed } from "./flight.js";
import type { Gpu } from "./gpu.js";
import { inFlight } from "./in-flight.js";
import { Pace } from "./pace.js";
import { pointsScope } from "./points-scope.js";
import { NOTHING, type Run } from "./run.js";
import { type ComponentMode, type FusedScope, fusedScope } from "./scope.js";

const FIRST_QUADS = 4096;
/** At most a million points per dispatch: more gains nothing, and costs memory. */
const MOST_QUADS = 1 << 18;
const WORKGROUPS = 65535 * 64;
/** Points done in float64 before other events are let through. */
const EXACT_PIECE = 512;

/** Fused mode: χ² of points on the device, two dispatches in flight. */
export class Fused {
  readonly layout: GPUBindGroupLayout;
  readonly flights: readonly Flight[];
  readonly scope: FusedScope;
  /** Largest dispatch, in groups of four points. */
  readonly capacity: number;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  #reducers: Promise<readonly GPUComputePipeline[]> | undefined;
  readonly #exact: ReturnType<typeof chunkEvaluator>;
  /** Points recomputed in float64 so far. */
  recomputed = 0;

  constructor(
    readonly gpu: Gpu,
    readonly kernel: KernelProblem,
    modes: readonly (ComponentMode | undefined)[],
  ) {
    const { limits } = gpu.device;
    const { software } = gpu.host.adapter;
    this.scope = fusedScope(kernel, modes, limits.maxUniformBufferBindingSize, software);
    this.layout = gpu.layout(this.scope.binsAreUniform);
    const use = this.scope.binsAreUniform ? GPUBufferUsage.UNIFORM : GPUBufferUsage.STORAGE;
    const shared = {
      bins: gpu.upload("bins", this.scope.bins, use),
    };
    this.flights = [0, 1].map(() => new Flight(gpu, this.layout, shared));
    const bytes = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
    const fitting = Math.floor(bytes / (16 * kernel.combinations.length));
    this.capacity = Math.min(MOST_QUADS, fitting, WORKGROUPS);
    this.#exact = chunkEvaluator(kernel.problem);
  }

  /** The kernel for points that vary these parameters, compiled once. */
  pipeline(kind: PointSource["kind"], names: readonly string[]): Promise<GPUComputePipeline> {
    const key = `${kind} ${names.join(" ")}`;
    let made = this.#pipelines.get(key);
    if (!made) {
      const scope = { ...this.scope.scope, ...pointsScope(this.kernel.problem, kind, names) };
      made = this.gpu.pipelines("chi2.wgsl", scope, this.layout, ["main"]).then(([first]) => first);
      this.#pipelines.set(key, made);
    }
    return made;
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
    const width = this.kernel.combinations.length;
    const chi2 = new Float64Array(pointCount(source) * width);
    if (chi2.length === 0) return chi2;
    const names = source.kind === "grid" ? source.axes.map((axis) => axis.parameter) : source.names;
    const pipeline = await this.pipeline(source.kind, names);
    const pieces = source.kind === "grid" ? new GridPieces(source) : new ListPieces(source);
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

  /** The same in float64, on the host's processor. */
  async evaluateExactly(source: PointSource, options: EvaluateOptions): Promise<Float64Array> {
    const width = this.kernel.combinations.length;
    const count = pointCount(source);
    const chi2 = new Float64Array(count * width);
    for (let first = 0; first < count; first += EXACT_PIECE) {
      options.signal?.throwIfAborted();
      const end = Math.min(first + EXACT_PIECE, count);
      const points = Array.from({ length: end - first }, (_, i) => first + i);
      chi2.set(this.exact(source, points), first * width);
      options.onProgress?.(end);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return chi2;
  }

  /** Puts a landed piece in its place; returns the number of points the device counted. */
  #take(source: PointSource, piece: Piece, landed: Landed, chi2: Float64Array): number {
    const width = this.kernel.combinations.length;
    const values = new Float32Array(landed.words);
    const { count } = piece.run;
    const doubtful: number[] = [];
    for (let i = piece.first; i < piece.end; i++) {
      const place = piece.placeOf(i);
      if (values[place] >= NOTHING) doubtful.push(i);
      for (let k = 0; k < width; k++) chi2[i * width + k] = values[4 * k * count + place];
    }
    if (doubtful.length !== landed.status.doubtful) {
      throw lostPoints(doubtful.length, landed.status.doubtful);
    }
    const exact = this.exact(source, doubtful);
    doubtful.forEach((i, n) => {
      for (let k = 0; k < width; k++) chi2[i * width + k] = exact[n * width + k];
    });
    if (landed.status.written !== piece.end - piece.first) {
      throw lostPoints(landed.status.written, piece.end - piece.first);
    }
    return landed.status.written;
  }

  /** χ² in float64 of these points of a source, [points × combinations]. */
  exact(source: PointSource, points: readonly number[]): Float64Array {
    const chi2 = new Float64Array(points.length * this.kernel.combinations.length);
    const parameters = new Float64Array(PARAMETERS.length);
    const write = pointWriter(source);
    const names = PARAMETERS.map(({ name }) => name);
    const values = new Float64Array(points.length * names.length);
    points.forEach((i, n) => {
      parameters.set(this.kernel.problem.base);
      write(i, parameters);
      values.set(parameters, n * names.length);
    });
    this.#exact.evaluate({ kind: "list", names, values }, 0, points.length, chi2);
    this.recomputed += points.length;
    return chi2;
  }

  destroy(): void {
    for (const flight of this.flights) flight.destroy();
  }
}

/** Points of a source as one dispatch takes them. */
interface Piece {
  readonly run: Run;
  readonly columns?: Float32Array;
  /** Points of the source that it holds: first ≤ i < end. */
  readonly first: number;
  readonly end: number;
  /** Where the results of point i are. */
  placeOf(i: number): number;
}

const noBlocks = { block: 1, blocks: 0 } as const;

/** Rows of the last axis, each in groups of four that do not straddle rows. */
class GridPieces {
  readonly quads: number;
  readonly axisValues: Float32Array;
  private readonly length: number;
  private readonly perRow: number;
  private readonly firstRow: number;
  private readonly firstQuad: number;

  constructor(private readonly source: GridRange) {
    const { axes, start, count } = source;
    this.axisValues = Float32Array.from(axes.flatMap((axis) => [...axisValues(axis)]));
    this.length = axes[axes.length - 1].points;
    this.perRow = Math.ceil(this.length / 4);
    this.firstRow = Math.floor(start / this.length);
    this.firstQuad = Math.floor((start % this.length) / 4);
    const last = start + count - 1;
    const lastRow = Math.floor(last / this.length) - this.firstRow;
    const end = lastRow * this.perRow + Math.floor((last % this.length) / 4) + 1;
    this.quads = end - this.firstQuad;
  }

  cut(from: number, count: number): Piece {
    const { source, length, perRow, firstRow } = this;
    const quad = this.firstQuad + from;
    const row = firstRow + Math.floor(quad / perRow);
    const origin = quad % perRow;
    const lastQuad = origin + count - 1;
    const endOfLast = Math.min(4 * (lastQuad % perRow) + 4, length);
    const end = (row + Math.floor(lastQuad / perRow)) * length + endOfLast;
    const first = Math.max(row * length + 4 * origin, source.start);
    const stop = Math.min(end, source.start + source.count);
    return {
      run: {
        firstRow: row,
        firstQuad: origin,
        count,
        quads: perRow,
        length,
        stride: count,
        ...noBlocks,
        ...wantedRange(source.start, source.start + source.count, length),
        axes: axisTable(source.axes.map((axis) => axis.points)),
      },
      first: first - source.start,
      end: stop - source.start,
      placeOf: (i) => {
        const flat = i + source.start;
        const at = Math.floor(flat / length);
        const along = flat - at * length;
        return 4 * ((at - row) * perRow + (along >> 2) - origin) + (along & 3);
      },
    };
  }
}

/** Points start ≤ flat < end in terms of rows. */
export function wantedRange(start: number, end: number, length: number) {
  const endRow = Math.floor((end - 1) / length);
  return {
    beginRow: Math.floor(start / length),
    begin: start % length,
    endRow,
    end: end - endRow * length,
  };
}

/** Offset of each axis among all values one after the other, and its points. */
export function axisTable(points: readonly number[]): [number, number][] {
  let offset = 0;
  return points.map((count) => {
    offset += count;
    return [offset - count, count];
  });
}

class ListPieces {
  readonly quads: number;
  readonly axisValues = undefined;

  constructor(private readonly source: PointList) {
    this.quads = Math.ceil(pointCount(source) / 4);
  }

  cut(from: number, count: number): Piece {
    const { names, values } = this.source;
    const first = 4 * from;
    const end = Math.min(4 * (from + count), pointCount(this.source));
    const width = names.length;
    const columns = new Float32Array(4 * count * width);
    for (let k = 0; k < width; k++) {
      for (let i = 0; i < 4 * count; i++) {
        // The last point again fills up the last group.
        columns[k * 4 * count + i] = values[Math.min(first + i, end - 1) * width + k];
      }
    }
    return {
      run: {
        firstRow: 0,
        firstQuad: 0,
        count,
        quads: count,
        length: end - first,
        stride: count,
        ...noBlocks,
        ...wantedRange(0, end - first, end - first),
        axes: [],
      },
      columns,
      first,
      end,
      placeOf: (i) => i - first,
    };
  }
}

export function lostPoints(found: number, expected: number): NumericalError {
  const message = `The device counted ${found} points where there are ${expected}: some were lost or done twice. Nothing of this is to be used; run again with another adapter, or with the engine "cpu", and report this.`;
  return new NumericalError("points-lost", message, { found, expected });
}
