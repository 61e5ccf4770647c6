import type { EngineProblem, GridAxis } from "../engine.js";
import { GridReducer } from "../grid-reducer.js";
import type { TileReduction } from "../profiles.js";
import type { ChunkEvaluator } from "./chunks.js";
import type { Task } from "./messages.js";

/** A task at work in one thread. */
export interface TaskRun {
  /** Does the points start ≤ i < end of the task. */
  chunk(start: number, end: number): void;
  /** What the chunks done here reduce to, if that is the task. */
  result(): TileReduction | undefined;
}

/** Starts a task in this thread. */
export function startTask(
  task: Task,
  evaluator: ChunkEvaluator,
  { combinations }: EngineProblem,
): TaskRun {
  if (task.kind === "values") {
    return {
      chunk: (start, end) => evaluator.evaluate(task.source, start, end, task.chi2),
      result: () => undefined,
    };
  }
  const { axes, start: first } = task;
  const reducer = new GridReducer(axes, combinations.length);
  return {
    chunk: (start, end) => reduce(evaluator, reducer, axes, first + start, end - start),
    result: () => reducer.profiles(),
  };
}

/** χ² of the chunk in hand, [points × combinations]; it grows to the largest chunk. */
let scratch = new Float64Array(0);

function reduce(
  evaluator: ChunkEvaluator,
  reducer: GridReducer,
  axes: readonly GridAxis[],
  start: number,
  count: number,
): void {
  const width = reducer.combinations;
  if (scratch.length < count * width) scratch = new Float64Array(count * width);
  evaluator.evaluate({ kind: "grid", axes, start, count }, 0, count, scratch);
  reducer.add(start, count, {
    chi2: scratch,
    offset: 0,
    pointStride: width,
    combinationStride: 1,
  });
}
