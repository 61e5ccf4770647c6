import { InputError, NumericalError } from "../../errors.js";
import { CountsEvaluator } from "../../likelihood/counted.js";
import { chargeModel } from "../../model/charges.js";
import { parameterIndex } from "../../model/parameters.js";
import { barycentricWeights, cardinalValues } from "../../numerics/interpolation.js";
import { checkFamily } from "../cpu/chunks.js";
import type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
} from "../engine.js";
import { GridReducer } from "../grid-reducer.js";
import { checkPoints, gridSize, pointCount, pointWriter } from "../points.js";
import { emptyProfiles, type GridProfiles, type TileReduction } from "../profiles.js";
import { GpujsCounter, type GpujsMode } from "./counter.js";

/** Points of a batch; their counts must fit into a texture of 4096 × 4096. */
const BATCH = 1024;

/** Takes χ² of consecutive points of a source, [count × combinations]. */
type Take = (start: number, count: number, chi2: Float64Array) => void;

/**
 * Counts mode: gpu.js computes the event counts of all bins for batches of points in float32, and the
 * CPU profiles χ² from them in float64.
 * @param device what gpu.js draws on
 */
export function createGpujsEngine(
  problem: EngineProblem,
  mode: GpujsMode,
  device = "plain JavaScript",
): Engine {
  return new GpujsEngine(problem, mode, device);
}

class GpujsEngine implements Engine {
  readonly name = "gpujs";
  readonly device: string;
  readonly #evaluator: CountsEvaluator;
  readonly #counter: GpujsCounter;
  readonly #charges: ReturnType<typeof chargeModel>;
  readonly #weights: Float64Array | undefined;
  #closed = false;

  constructor(
    readonly problem: EngineProblem,
    mode: GpujsMode,
    device: string,
  ) {
    const { charges, family } = problem.description;
    this.#evaluator = new CountsEvaluator(problem);
    this.#counter = new GpujsCounter(this.#evaluator.counts, BATCH, mode);
    this.#charges = chargeModel(charges);
    this.#weights = family && barycentricWeights(family.nodes);
    this.device = `${device}, event counts in float32, profile in float64`;
  }

  async evaluate(source: PointSource, options: EvaluateOptions = {}): Promise<Float64Array> {
    const width = this.problem.combinations.length;
    this.#check(source, options);
    const chi2 = new Float64Array(pointCount(source) * width);
    await this.#inBatches(source, options, (start, _, values) => chi2.set(values, start * width));
    return chi2;
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
    await this.#inBatches(source, options, (at, points, chi2) => {
      const values = { chi2, offset: 0, pointStride: width, combinationStride: 1 };
      reducer.add(start + at, points, values);
    });
    return reducer.profiles();
  }

  async profiles(axes: readonly GridAxis[], options: EvaluateOptions = {}): Promise<GridProfiles> {
    return this.reduce(axes, { start: 0, count: gridSize(axes) }, options);
  }

  async close(): Promise<void> {
    if (!this.#closed) this.#counter.close();
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
    const { charges, family } = this.problem.description;
    const { columns } = this.#evaluator.counts;
    const writePoint = pointWriter(source);
    const parameters = Float64Array.from(this.problem.base);
    const exponent = parameterIndex(family?.parameter ?? "exponent_x");
    const squared = new Float64Array(charges.length);
    const all = new Float64Array(BATCH * charges.length);
    const exponents = new Float64Array(BATCH);
    const batch = new Float32Array(BATCH * columns);
    for (let start = 0; start < count; start += BATCH) {
      const points = Math.min(BATCH, count - start);
      for (let i = 0; i < points; i++) {
        writePoint(start + i, parameters);
        this.#charges.fill(parameters, squared);
        all.set(squared, i * charges.length);
        exponents[i] = parameters[exponent];
        const along = this.#cardinals(exponents[i]);
        for (let c = 0; c < columns; c++) {
          const node = Math.floor(c / charges.length);
          batch[i * columns + c] = along[node] * squared[c - node * charges.length];
        }
      }
      const counts = this.#counter.count(batch);
      take(start, points, this.#profile(points, all, exponents, counts));
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

  #profile(
    points: number,
    charges: Float64Array,
    exponents: Float64Array,
    counts: readonly Float32Array[],
  ): Float64Array {
    const width = this.problem.combinations.length;
    const each = this.problem.description.charges.length;
    const chi2 = new Float64Array(points * width);
    for (let i = 0; i < points; i++) {
      const own = charges.subarray(i * each, (i + 1) * each);
      const row = chi2.subarray(i * width, (i + 1) * width);
      if (counts[i].every(Number.isFinite)) {
        this.#evaluator.chi2(own, exponents[i], counts[i], row);
      } else row.fill(Number.NaN);
      if (row.some(Number.isNaN)) throw notANumber(own);
    }
    return chi2;
  }
}

function notANumber(charges: Float64Array): NumericalError {
  const message = `Event counts overflow float32 (squared charges ${charges.join(", ")}). Narrow the scanned range, or use the engine "cpu".`;
  return new NumericalError("chi2-not-a-number", message, { charges: [...charges] });
}
