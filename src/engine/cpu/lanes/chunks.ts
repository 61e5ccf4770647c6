import type { EngineProblem, GridAxis } from "../../engine.js";
import type { Values } from "../../grid-reducer.js";
import type { ChunkEvaluator } from "../chunks.js";
import type { LanesPlan } from "./plan.js";
import { LanesRunner } from "./runner.js";

/** A plan at work in one thread; points that it cannot settle are profiled exactly. */
export class LanesChunks {
  readonly #runner: LanesRunner;
  readonly #columns: number;
  readonly #exact: Float64Array;
  readonly #values: Values;

  constructor(
    problem: EngineProblem,
    readonly axes: readonly GridAxis[],
    plan: LanesPlan,
    readonly evaluator: ChunkEvaluator,
  ) {
    this.#runner = new LanesRunner(problem, axes, plan);
    this.#columns = axes[axes.length - 1].points;
    this.#exact = new Float64Array(problem.combinations.length);
    const { values, stride } = this.#runner.output;
    this.#values = { chi2: values, offset: 0, pointStride: 1, combinationStride: stride };
  }

  /** Computes points of the flat index, run by run, each handed to `take` before the next. */
  evaluate(
    start: number,
    count: number,
    take: (start: number, count: number, values: Values) => void,
  ): void {
    const columns = this.#columns;
    for (let at = start; at < start + count; ) {
      const row = Math.floor(at / columns);
      const first = at - row * columns;
      const run = Math.min(columns - first, start + count - at);
      if (!this.#runner.run(row, first, run)) this.#settle(at, run);
      take(at, run, this.#values);
      at += run;
    }
  }

  /** Whether the point needs no exact profile. */
  isSettled(index: number): boolean {
    const row = Math.floor(index / this.#columns);
    return this.#runner.run(row, index - row * this.#columns, 1);
  }

  #settle(start: number, count: number): void {
    const { chi2, combinationStride } = this.#values;
    for (let j = 0; j < count; j++) {
      if (this.#runner.isFine(j)) continue;
      const point = { kind: "grid", axes: this.axes, start: start + j, count: 1 } as const;
      this.evaluator.evaluate(point, 0, 1, this.#exact);
      for (let k = 0; k < this.#exact.length; k++) chi2[k * combinationStride + j] = this.#exact[k];
    }
  }
}
