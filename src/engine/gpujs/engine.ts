import { InputError } from "../../errors.js";
import type { CountRows } from "../../likelihood/count-rows.js";
import { CountsEvaluator } from "../../likelihood/counted.js";
import { chargeModel } from "../../model/charges.js";
import { parameterIndex } from "../../model/parameters.js";
import { barycentricWeights, cardinalValues } from "../../numerics/interpolation.js";
import { LocalProfiler } from "../counted.js";
import { checkFamily } from "../cpu/chunks.js";
import type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
  Route,
} from "../engine.js";
import { GridReducer } from "../grid-reducer.js";
import { checkPoints, gridSize, pointCount, pointsOf, pointWriter } from "../points.js";
import { emptyProfiles, type GridProfiles, type TileReduction } from "../profiles.js";
import { GpujsCounter, type GpujsMode } from "./counter.js";

/** Points of a batch; their counts must fit into a texture of 4096 × 4096. */
const BATCH = 1024;

/** Takes the event counts of consecutive points of a source, [count × rows]. */
type Take = (range: FlatRange, counts: Float32Array) => Promise<void>;

export interface GpujsEngine extends Engine {
  /** Event counts, [points × rows of `CountsEvaluator`]. */
  counts(points: PointSource): Promise<Float32Array>;
}

/**
 * Counts mode: gpu.js computes the event counts of all bins for batches of points in float32, and the
 * CPU profiles χ² from them in float64.
 * @param device what gpu.js draws on
 */
export function createGpujsEngine(
  problem: EngineProblem,
  mode: GpujsMode,
  device = "plain JavaScript",
): GpujsEngine {
  return new CountingEngine(problem, mode, device);
}

class CountingEngine implements GpujsEngine {
  readonly name = "gpujs";
  readonly device: string;
  readonly #counts: CountRows;
  readonly #profiler: LocalProfiler;
  /** Absent where the likelihood needs no counts: its terms are evaluated from the charges. */
  readonly #counter: GpujsCounter | undefined;
  readonly #charges: ReturnType<typeof chargeModel>;
  readonly #weights: Float64Array | undefined;
  #closed = false;

  constructor(
    readonly problem: EngineProblem,
    mode: GpujsMode,
    device: string,
  ) {
    const { charges, family } = problem.description;
    this.#profiler = new LocalProfiler(problem);
    this.#counts = new CountsEvaluator(problem).counts;
    this.#counter = this.#counts.rows > 0 ? new GpujsCounter(this.#counts, BATCH, mode) : undefined;
    this.#charges = chargeModel(charges);
    this.#weights = family && barycentricWeights(family.nodes);
    this.device = `${device}, event counts in float32, profile in float64`;
  }

  async evaluate(source: PointSource, options: EvaluateOptions = {}): Promise<Float64Array> {
    const width = this.problem.combinations.length;
    this.#check(source, options);
    const chi2 = new Float64Array(pointCount(source) * width);
    await this.#inBatches(source, options, async (range, counts) => {
      const done = await this.#profiler.profileCounts(pointsOf(source, range), counts);
      chi2.set(done.chi2, range.start * width);
    });
    return chi2;
  }

  async counts(source: PointSource): Promise<Float32Array> {
    this.#check(source, {});
    const { rows } = this.#counts;
    const all = new Float32Array(pointCount(source) * rows);
    await this.#inBatches(source, {}, async ({ start }, counts) => all.set(counts, start * rows));
    return all;
  }

  async reduce(
    axes: readonly GridAxis[],
    { start, count }: FlatRange,
    options: EvaluateOptions = {},
  ): Promise<TileReduction> {
    if (axes.length === 0) {
      const message = "A grid without axes has no profiles. Give one axis at least.";
      throw new InputError("no-axes", message);
    }
    const source = { kind: "grid", axes, start, count } as const;
    this.#check(source, options);
    const width = this.problem.combinations.length;
    if (count === 0) return emptyProfiles(axes, width);
    const reducer = new GridReducer(axes, width);
    await this.#inBatches(source, options, async (range, counts) => {
      const { chi2 } = await this.#profiler.profileCounts(pointsOf(source, range), counts);
      const values = { chi2, offset: 0, pointStride: width, combinationStride: 1 };
      reducer.add(start + range.start, range.count, values);
    });
    return reducer.profiles();
  }

  async route(): Promise<Route> {
    const how = { accuracy: "approximate", isPortable: false } as const;
    return { name: "counts", ...how, second: 2 ** 17, notes: [] };
  }

  async profiles(axes: readonly GridAxis[], options: EvaluateOptions = {}): Promise<GridProfiles> {
    return this.reduce(axes, { start: 0, count: gridSize(axes) }, options);
  }

  async close(): Promise<void> {
    if (!this.#closed) this.#counter?.close();
    this.#closed = true;
  }

  #check(source: PointSource, { signal }: EvaluateOptions): void {
    if (this.#closed) throw new Error("the gpu.js engine is closed");
    signal?.throwIfAborted();
    checkPoints(source);
    checkFamily(this.problem, source);
  }

  async #inBatches(source: PointSource, options: EvaluateOptions, take: Take): Promise<void> {
    const count = pointCount(source);
    const { rows, columns } = this.#counts;
    const { charges, family } = this.problem.description;
    const writePoint = pointWriter(source);
    const parameters = Float64Array.from(this.problem.base);
    const exponent = parameterIndex(family?.parameter ?? "exponent_x");
    const squared = new Float64Array(charges.length);
    const batch = new Float32Array(BATCH * columns);
    for (let start = 0; start < count; start += BATCH) {
      const points = Math.min(BATCH, count - start);
      for (let i = 0; i < points; i++) {
        writePoint(start + i, parameters);
        this.#charges.fill(parameters, squared);
        const along = this.#cardinals(parameters[exponent]);
        for (let c = 0; c < columns; c++) {
          const node = Math.floor(c / charges.length);
          batch[i * columns + c] = along[node] * squared[c - node * charges.length];
        }
      }
      const counts = new Float32Array(points * rows);
      const counted = this.#counter?.count(batch) ?? [];
      for (let i = 0; i < Math.min(points, counted.length); i++) counts.set(counted[i], i * rows);
      await take({ start, count: points }, counts);
      options.onProgress?.(start + points);
      await new Promise((resolve) => setTimeout(resolve)); // let others have a turn
      options.signal?.throwIfAborted();
    }
    if (count === 0) options.onProgress?.(0);
  }

  #cardinals(value: number): Float64Array {
    const { family } = this.problem.description;
    if (!family || !this.#weights) return Float64Array.of(1);
    return cardinalValues(family.nodes, this.#weights, value);
  }
}
