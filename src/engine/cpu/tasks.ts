import { CountedChunks } from "../counted.js";
import type { EngineProblem, GridAxis } from "../engine.js";
import { GridReducer } from "../grid-reducer.js";
import type { TileReduction } from "../profiles.js";
import { type ChunkEvaluator, chunkEvaluator } from "./chunks.js";
import { LanesChunks } from "./lanes/chunks.js";
import type { Task } from "./messages.js";

/** A task at work in one thread. */
export interface TaskRun {
  /** Does the points start ≤ i < end of the task. */
  chunk(start: number, end: number): void;
  /** What the chunks done here reduce to, if that is the task. */
  result(): TileReduction | undefined;
}

type ProfilesTask = Extract<Task, { kind: "profiles" }>;

/** All that one thread has to do tasks with. */
export class TaskRoom {
  readonly evaluator: ChunkEvaluator;
  #counted: CountedChunks | undefined;
  /** χ² of the chunk in hand, [points × combinations]; it grows to the largest chunk. */
  #scratch = new Float64Array(0);
  /** The latest plan, ready to run. */
  #fast: { readonly id: number; readonly chunks: LanesChunks } | undefined;

  constructor(readonly problem: EngineProblem) {
    this.evaluator = chunkEvaluator(problem);
  }

  start(task: Task): TaskRun {
    if (task.kind === "values") {
      return {
        chunk: (start, end) => this.evaluator.evaluate(task.source, start, end, task.chi2),
        result: () => undefined,
      };
    }
    if (task.kind === "counted") {
      this.#counted ??= new CountedChunks(this.problem, this.evaluator);
      const chunks = this.#counted;
      const { source, counts, chi2, unsettled } = task;
      return {
        chunk: (start, end) => {
          Atomics.add(unsettled, 0, chunks.evaluate(source, counts, start, end, chi2));
        },
        result: () => undefined,
      };
    }
    const reducer = new GridReducer(task.axes, this.problem.combinations.length);
    const fast = this.fastRoute(task);
    const take: GridReducer["add"] = (start, count, values) => reducer.add(start, count, values);
    return {
      chunk: (start, end) => {
        const [first, count] = [task.start + start, end - start];
        if (fast) fast.evaluate(first, count, take);
        else this.#reduce(reducer, task.axes, first, count);
      },
      result: () => reducer.profiles(),
    };
  }

  /** The fast route of a task, if it has one. */
  fastRoute({ axes, fast }: Pick<ProfilesTask, "axes" | "fast">): LanesChunks | undefined {
    if (!fast) return undefined;
    if (this.#fast?.id !== fast.id) {
      const chunks = new LanesChunks(this.problem, axes, fast.plan, this.evaluator);
      this.#fast = { id: fast.id, chunks };
    }
    return this.#fast.chunks;
  }

  #reduce(reducer: GridReducer, axes: readonly GridAxis[], start: number, count: number): void {
    const width = this.problem.combinations.length;
    if (this.#scratch.length < count * width) this.#scratch = new Float64Array(count * width);
    const chi2 = this.#scratch;
    this.evaluator.evaluate({ kind: "grid", axes, start, count }, 0, count, chi2);
    reducer.add(start, count, { chi2, offset: 0, pointStride: width, combinationStride: 1 });
  }
}
