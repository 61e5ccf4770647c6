import type { TabulatedLikelihood } from "../../tables/table.js";
import { CountedChunks } from "../counted.js";
import type { EngineProblem, FlatRange, GridAxis } from "../engine.js";
import { GridReducer } from "../grid-reducer.js";
import type { TileReduction } from "../profiles.js";
import { type ChunkEvaluator, chunkEvaluator } from "./chunks.js";
import type { Task } from "./messages.js";
import { GridWalk } from "./tables/grid-walk.js";
import { WalkPieces } from "./tables/pieces.js";
import { ScatteredPoints } from "./tables/scattered-points.js";

/** A task at work in one thread. */
export interface TaskRun {
  /** Does the points, or pieces, start ≤ i < end of the task; returns how many points these are. */
  chunk(start: number, end: number): number;
  /** What the chunks done here reduce to, if that is the task. */
  result(): TileReduction | undefined;
}

type ValuesTask = Extract<Task, { kind: "values" }>;

/** All that one thread has to do tasks with. */
export class TaskRoom {
  readonly evaluator: ChunkEvaluator;
  #counted: CountedChunks | undefined;
  /** χ² of the chunk in hand, [points × combinations]; it grows to the largest chunk. */
  #scratch = new Float64Array(0);
  #scattered: ScatteredPoints | undefined;
  /** The latest walk, unless a task is at it: tasks in the calling thread take turns. */
  #idleWalk: GridWalk | undefined;

  constructor(
    readonly problem: EngineProblem,
    readonly tables?: TabulatedLikelihood,
  ) {
    this.evaluator = chunkEvaluator(problem);
  }

  start(task: Task): TaskRun {
    if (task.kind === "values") {
      return {
        chunk: (start, end) => {
          this.#evaluate(task, start, end);
          return end - start;
        },
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
          return end - start;
        },
        result: () => undefined,
      };
    }
    if (task.kind === "walk") return this.#walkRun(task.axes, task.range);
    const reducer = new GridReducer(task.axes, this.problem.combinations.length);
    const take: GridReducer["add"] = (start, count, values) => reducer.add(start, count, values);
    return {
      chunk: (start, end) => {
        const [first, count] = [task.start + start, end - start];
        if (task.isLookedUp) this.scattered.reduce(task.axes, first, count, take);
        else this.#reduce(reducer, task.axes, first, count);
        return count;
      },
      result: () => reducer.profiles(),
    };
  }

  #walkRun(axes: readonly GridAxis[], range: FlatRange): TaskRun {
    const walk = this.takeWalk(axes);
    const pieces = new WalkPieces(walk, range);
    return {
      chunk: (start, end) => {
        let points = 0;
        for (let i = start; i < end; i++) points += walk.add(pieces.piece(i));
        return points;
      },
      result: () => {
        this.keepWalk(walk);
        return walk.profiles();
      },
    };
  }

  #evaluate({ source, chi2, isLookedUp }: ValuesTask, start: number, end: number): void {
    const exactly = (i: number, to = i + 1) => this.evaluator.evaluate(source, i, to, chi2);
    if (isLookedUp) this.scattered.evaluate(source, start, end, chi2, exactly);
    else exactly(start, end);
  }

  /** Points looked up from the tables in no order. */
  get scattered(): ScatteredPoints {
    if (!this.tables) throw new Error("an engine without tables");
    this.#scattered ??= new ScatteredPoints(this.problem, this.tables);
    return this.#scattered;
  }

  /** A walk of a grid, with nothing reduced so far; {@link keepWalk} it when it is done with. */
  takeWalk(axes: readonly GridAxis[]): GridWalk {
    if (!this.tables) throw new Error("an engine without tables");
    const idle = this.#idleWalk;
    this.#idleWalk = undefined;
    const known = JSON.stringify(idle?.axes) === JSON.stringify(axes);
    const walk = idle && known ? idle : new GridWalk(this.problem, this.tables, axes);
    walk.clear();
    return walk;
  }

  /** Keeps a walk for the next task, which most often is of the same grid. */
  keepWalk(walk: GridWalk): void {
    this.#idleWalk = walk;
  }

  #reduce(reducer: GridReducer, axes: readonly GridAxis[], start: number, count: number): void {
    const width = this.problem.combinations.length;
    if (this.#scratch.length < count * width) this.#scratch = new Float64Array(count * width);
    const chi2 = this.#scratch;
    this.evaluator.evaluate({ kind: "grid", axes, start, count }, 0, count, chi2);
    reducer.add(start, count, { chi2, offset: 0, pointStride: width, combinationStride: 1 });
  }
}
