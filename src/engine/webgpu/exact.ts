import { PARAMETERS } from "../../model/parameters.js";
import { chunkEvaluator } from "../cpu/chunks.js";
import type { EngineProblem, EvaluateOptions, PointSource } from "../engine.js";
import { pointCount, pointWriter } from "../points.js";

/** Points done before other events are let through. */
const PIECE = 512;

/** What float32 leaves to the float64 reference, on the host's processor. */
export class ExactPoints {
  /** Points done so far. */
  done = 0;
  readonly #evaluator: ReturnType<typeof chunkEvaluator>;

  constructor(readonly problem: EngineProblem) {
    this.#evaluator = chunkEvaluator(problem);
  }

  /** χ² of some points of a source, [points × combinations]. */
  at(source: PointSource, points: readonly number[]): Float64Array {
    const chi2 = new Float64Array(points.length * this.problem.combinations.length);
    const parameters = new Float64Array(PARAMETERS.length);
    const write = pointWriter(source);
    const names = PARAMETERS.map(({ name }) => name);
    const values = new Float64Array(points.length * names.length);
    points.forEach((i, n) => {
      parameters.set(this.problem.base);
      write(i, parameters);
      values.set(parameters, n * names.length);
    });
    this.#evaluator.evaluate({ kind: "list", names, values }, 0, points.length, chi2);
    this.done += points.length;
    return chi2;
  }

  /** χ² of all points of a source. */
  async all(source: PointSource, options: EvaluateOptions): Promise<Float64Array> {
    const width = this.problem.combinations.length;
    const count = pointCount(source);
    const chi2 = new Float64Array(count * width);
    for (let first = 0; first < count; first += PIECE) {
      options.signal?.throwIfAborted();
      const end = Math.min(first + PIECE, count);
      const points = Array.from({ length: end - first }, (_, i) => first + i);
      chi2.set(this.at(source, points), first * width);
      options.onProgress?.(end);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return chi2;
  }
}
