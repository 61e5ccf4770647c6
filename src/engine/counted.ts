import { CountsEvaluator } from "../likelihood/counted.js";
import { chargeModel } from "../model/charges.js";
import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import { type ChunkEvaluator, chunkEvaluator } from "./cpu/chunks.js";
import type { EngineProblem, EvaluateOptions, PointSource } from "./engine.js";
import { pointCount, pointWriter } from "./points.js";
import { isBeyond } from "./webgpu/points-scope.js";

/** χ² of points from event counts that something else computed in float32. */
export interface CountsProfiler {
  /** @param counts [points × rows of `CountsEvaluator`] */
  profileCounts(
    source: PointSource,
    counts: Float32Array,
    options?: EvaluateOptions,
  ): Promise<ProfiledCounts>;
  close(): Promise<void>;
}

export interface ProfiledCounts {
  /** [points × combinations] */
  readonly chi2: Float64Array;
  /** Points that float32 counts could not settle, and float64 did from the charges. */
  readonly recomputed: number;
}

/** Points done before other events are let through. */
const PIECE = 512;

/** The work itself: one per thread. What a point gives depends on that point and its counts only. */
export class CountedChunks {
  readonly #evaluator: CountsEvaluator;
  readonly #model: ReturnType<typeof chargeModel>;
  readonly #charges: Float64Array;
  readonly #parameters = new Float64Array(PARAMETERS.length);

  /** @param exact what does the points that counts cannot settle */
  constructor(
    readonly problem: EngineProblem,
    readonly exact: ChunkEvaluator,
  ) {
    const { charges } = problem.description;
    this.#evaluator = new CountsEvaluator(problem);
    this.#model = chargeModel(charges);
    this.#charges = new Float64Array(charges.length);
  }

  /**
   * χ² of points start ≤ i < end into their rows of `chi2`, [all points × combinations].
   * @param counts [all points × rows]
   * @returns the number of points that counts could not settle
   * @throws NumericalError where float64 cannot settle one either
   */
  evaluate(
    source: PointSource,
    counts: Float32Array,
    start: number,
    end: number,
    chi2: Float64Array,
  ): number {
    const { rows } = this.#evaluator.counts;
    const width = this.problem.combinations.length;
    const parameters = this.#parameters;
    const exponent = parameterIndex(this.problem.description.family?.parameter ?? "exponent_x");
    const writePoint = pointWriter(source);
    parameters.set(this.problem.base);
    let unsettled = 0;
    for (let i = start; i < end; i++) {
      writePoint(i, parameters);
      const out = chi2.subarray(i * width, (i + 1) * width);
      if (!isBeyond(parameters)) {
        this.#model.fill(parameters, this.#charges);
        const own = counts.subarray(i * rows, (i + 1) * rows);
        this.#evaluator.chi2(this.#charges, parameters[exponent], own, out);
        if (this.#evaluator.converged && !out.some(Number.isNaN)) continue;
      }
      this.exact.evaluate(source, i, i + 1, chi2);
      unsettled++;
    }
    return unsettled;
  }
}

/** Profiles in the calling thread: for where there is no other. */
export class LocalProfiler implements CountsProfiler {
  readonly #chunks: CountedChunks;

  constructor(readonly problem: EngineProblem) {
    this.#chunks = new CountedChunks(problem, chunkEvaluator(problem));
  }

  async profileCounts(
    source: PointSource,
    counts: Float32Array,
    { signal, onProgress }: EvaluateOptions = {},
  ): Promise<ProfiledCounts> {
    const count = pointCount(source);
    const chi2 = new Float64Array(count * this.problem.combinations.length);
    let recomputed = 0;
    for (let start = 0; start < count; start += PIECE) {
      const end = Math.min(start + PIECE, count);
      recomputed += this.#chunks.evaluate(source, counts, start, end, chi2);
      onProgress?.(end);
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
    return { chi2, recomputed };
  }

  async close(): Promise<void> {}
}
