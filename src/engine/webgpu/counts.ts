import { CountsEvaluator } from "../../likelihood/counted.js";
import { parameterIndex } from "../../model/parameters.js";
import { barycentricWeights, cardinalValues } from "../../numerics/interpolation.js";
import type { CountsProfiler } from "../counted.js";
import type {
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
} from "../engine.js";
import { GridReducer } from "../grid-reducer.js";
import { pointCount, pointsOf } from "../points.js";
import type { GridProfiles } from "../profiles.js";
import { chargeUnits } from "./charge-units.js";
import type { ExactPoints } from "./exact.js";
import { Flight } from "./flight.js";
import type { Gpu } from "./gpu.js";
import { inFlight } from "./in-flight.js";
import { chargeName } from "./names.js";
import { countsOperations } from "./operations.js";
import { lostPoints, type Piece, piecesOf } from "./pieces.js";
import { pointsScope } from "./points-scope.js";
import { range } from "./wgsl.js";

/** Bytes of counts in one dispatch: thousands of points, done in milliseconds. */
const BYTES = 16 << 20;
/** Points whose χ² are held at once while a grid is reduced. */
const REDUCED_AT_ONCE = 1 << 16;

/** Counts mode: event counts of every bin on the device, the profile on the host in float64. */
export class Counts {
  readonly #evaluator: CountsEvaluator;
  readonly #layout: GPUBindGroupLayout;
  readonly #flights: readonly Flight[];
  readonly #scope: ReturnType<typeof countsScope>;
  /** Groups of four points in one dispatch. */
  readonly #capacity: number;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(
    readonly gpu: Gpu,
    readonly problem: EngineProblem,
    readonly exact: ExactPoints,
    readonly profiler: CountsProfiler,
    halvings: number,
  ) {
    this.#evaluator = new CountsEvaluator(problem);
    this.#scope = countsScope(problem, this.#evaluator);
    this.#layout = gpu.layout();
    const bins = gpu.upload("bins", this.#scope.bins, GPUBufferUsage.STORAGE);
    this.#flights = [0, 1].map(() => new Flight(gpu, this.#layout, { bins }));
    const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
    const bytes = Math.min(BYTES, maxStorageBufferBindingSize, maxBufferSize);
    this.#capacity = Math.max(1, Math.floor(bytes / (16 * this.#rows * 2 ** halvings)));
  }

  /** Counts of every row of the layout, [points × rows]. */
  async counts(source: PointSource): Promise<Float32Array> {
    const { rows } = this.#evaluator.counts;
    const counts = new Float32Array(pointCount(source) * rows);
    await this.#run(source, {}, async (piece, words) => {
      counts.set(this.#countsOf(piece, words), piece.first * rows);
    });
    return counts;
  }

  /** Counts of a piece's points, point by point. */
  #countsOf({ first, end, placeOf, run }: Piece, words: Float32Array): Float32Array {
    const { rows } = this.#evaluator.counts;
    const counts = new Float32Array((end - first) * rows);
    for (let i = first, to = 0; i < end; i++) {
      const place = placeOf(i);
      for (let row = 0; row < rows; row++) counts[to++] = words[4 * row * run.count + place];
    }
    return counts;
  }

  /** float32 operations per point of a grid of these parameters: those of the device. */
  operations(names: readonly string[]): number {
    return countsOperations(this.#scope, pointsScope(this.problem, "grid", names));
  }

  /** Rows of counts; one at least, so that nothing is empty. */
  get #rows(): number {
    return Math.max(1, this.#evaluator.counts.rows);
  }

  async evaluate(source: PointSource, options: EvaluateOptions): Promise<Float64Array> {
    const width = this.problem.combinations.length;
    const chi2 = new Float64Array(pointCount(source) * width);
    await this.#run(source, options, async (piece, words) => {
      const range = { start: piece.first, count: piece.end - piece.first };
      const counts = this.#countsOf(piece, words);
      const done = await this.profiler.profileCounts(pointsOf(source, range), counts);
      this.exact.done += done.recomputed;
      chi2.set(done.chi2, piece.first * width);
    });
    return chi2;
  }

  async reduce(
    axes: readonly GridAxis[],
    { start, count }: FlatRange,
    options: EvaluateOptions,
  ): Promise<GridProfiles> {
    const width = this.problem.combinations.length;
    const reducer = new GridReducer(axes, width);
    for (let first = start; first < start + count; first += REDUCED_AT_ONCE) {
      const points = Math.min(REDUCED_AT_ONCE, start + count - first);
      const done = (extra: number) => options.onProgress?.(first - start + extra);
      const source = { kind: "grid", axes, start: first, count: points } as const;
      const chi2 = await this.evaluate(source, { ...options, onProgress: done });
      reducer.add(first, points, { chi2, offset: 0, pointStride: width, combinationStride: 1 });
    }
    return reducer.profiles();
  }

  destroy(): void {
    for (const flight of this.#flights) flight.destroy();
  }

  /** The kernel for points that vary these parameters, compiled once. */
  #pipeline(kind: PointSource["kind"], names: readonly string[]): Promise<GPUComputePipeline> {
    const key = `${kind} ${names.join(" ")}`;
    const scope = { ...this.#scope, ...pointsScope(this.problem, kind, names) };
    const made =
      this.#pipelines.get(key) ??
      this.gpu.pipelines("counts.wgsl", scope, this.#layout, ["main"]).then(([main]) => main);
    this.#pipelines.set(key, made);
    return made;
  }

  async #run(
    source: PointSource,
    { signal, onProgress }: EvaluateOptions,
    take: (piece: Piece, words: Float32Array) => Promise<void>,
  ): Promise<void> {
    const total = pointCount(source);
    if (total === 0) return;
    const { gpu } = this;
    const names = source.kind === "grid" ? source.axes.map((axis) => axis.parameter) : source.names;
    const pipeline = await this.#pipeline(source.kind, names);
    const pieces = piecesOf(source);
    const axes = pieces.axisValues && gpu.upload("axes", pieces.axisValues, GPUBufferUsage.STORAGE);
    let next = 0;
    let done = 0;
    try {
      await inFlight(
        this.#flights,
        (flight) => {
          signal?.throwIfAborted();
          if (next >= pieces.quads) return undefined;
          const piece = pieces.cut(next, Math.min(this.#capacity, pieces.quads - next));
          const { count } = piece.run;
          next += count;
          const bytes = 16 * count * this.#rows;
          const passes = [{ pipeline, invocations: count }];
          const read = { role: "results", bytes } as const;
          return flight
            .fly(piece.run, piece.columns ?? (axes as GPUBuffer), passes, read, { results: bytes })
            .then((landed) => ({ landed, piece }));
        },
        async ({ landed, piece }) => {
          const { written } = landed.status;
          const expected = piece.end - piece.first;
          if (written !== expected) throw lostPoints(written, expected);
          await take(piece, new Float32Array(landed.words));
          done += expected;
          onProgress?.(done);
        },
      );
    } finally {
      axes?.destroy();
    }
    signal?.throwIfAborted();
  }
}

/** What shaders/counts.wgsl is expanded with, and the templates it reads: rows filled up to vec4f. */
function countsScope(problem: EngineProblem, { counts }: CountsEvaluator) {
  const { charges, family } = problem.description;
  const unit = chargeUnits(problem);
  const exponent = problem.base[parameterIndex("exponent_x")];
  const along = family
    ? cardinalValues(family.nodes, barycentricWeights(family.nodes), exponent)
    : Float64Array.of(1);
  const stride = Math.ceil(charges.length / 4);
  const bins = new Float32Array(4 * stride * Math.max(1, counts.rows));
  for (let row = 0; row < counts.rows; row++) {
    for (let c = 0; c < charges.length; c++) {
      const at = row * counts.columns + c;
      const value = along.reduce((sum, weight, node) => {
        return sum + weight * counts.matrix[at + node * charges.length];
      }, 0);
      bins[row * 4 * stride + c] = value * unit[c];
    }
  }
  return {
    bins,
    rows: counts.rows,
    stride,
    words: range(stride),
    templates: charges.map((_, c) => ({
      name: chargeName(c),
      template: `w_${c >> 2}.${"xyzw"[c & 3]}`,
    })),
  };
}
