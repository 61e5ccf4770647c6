import { descriptionHash } from "../../likelihood/hash.js";
import type { TabulatedLikelihood } from "../../tables/table.js";
import { type Deviation, deviation, isWithinBound, larger, NO_DEVIATION } from "../bound.js";
import type { EngineProblem, GridAxis, Route } from "../engine.js";
import { gridSize } from "../points.js";
import { randomPoints, seededRandom } from "../sampling.js";
import type { LanesChunks } from "./lanes/chunks.js";
import { type LanesPlan, planLanes } from "./lanes/plan.js";
import { beyondTables } from "./tables/domain.js";
import { rolesOf } from "./tables/roles.js";
import type { TaskRoom } from "./tasks.js";

/**
 * How the CPU engine may profile grids: looked up from profile tables, in one pass at predicted
 * nuisances, or by Newton's method.
 */
export type CpuMode = "auto" | "tables" | "predicted" | "newton";

export interface CpuRoute extends Route {
  /** How grids are looked up: as products of both flavours' states, or point by point. */
  readonly lookUp?: "walk" | "scattered";
  readonly fast?: { readonly id: number; readonly plan: LanesPlan };
}

/** States for which tables are worth collapsing. */
const FEWEST_WALKED = 8;

/** Points at which a prediction is held against Newton's method before it is trusted. */
const TRIAL_POINTS = 600;
/** Share of the bound that it may use up there: other points may be worse. */
const TRIAL_SHARE = 0.5;

/** Points at changes of method that an audit looks at, at most. */
const MOST_SWITCHES = 200;

export const newton = (reason: string): CpuRoute => ({
  name: "newton",
  accuracy: "exact",
  isPortable: true,
  second: 2 ** 17,
  notes: [reason],
});

let plans = 0;

/** Chooses the route for the grids of some axes, and says why. */
export function chooseRoute(room: TaskRoom, axes: readonly GridAxis[], mode: CpuMode): CpuRoute {
  if (mode === "newton") return newton("Newton's method at every point, as asked for");
  const { tables } = room;
  if (tables && mode !== "predicted") return tablesRoute(room.problem, tables, axes);
  const plan = planLanes(room.problem, axes);
  if ("reason" in plan) return newton(`Newton's method at every point: ${plan.reason}`);
  const fast = { id: plans++, plan };
  const chunks = room.fastRoute({ axes, fast }) as LanesChunks;
  const random = seededRandom(descriptionHash(room.problem.description));
  const points = randomPoints(axes, TRIAL_POINTS, random);
  const worst = tryOut(room, axes, points, chunks);
  const found = `${worst.absolute.toExponential(1)} in χ² near the minimum, ${worst.relative.toExponential(1)} of it far off`;
  if (!isWithinBound(worst, mode === "auto" ? TRIAL_SHARE : 1)) {
    return newton(`Newton's method at every point: predicted nuisances are off by ${found}`);
  }
  const switches = findSwitches(axes, points, chunks);
  const notes = [`one pass at predicted nuisances, off by ${found}, on trial`];
  const how = {
    name: "predicted",
    accuracy: "approximate",
    isPortable: true,
    second: 2 ** 21,
  } as const;
  return { ...how, notes, switches, fast };
}

function tablesRoute(
  problem: EngineProblem,
  tables: TabulatedLikelihood,
  axes: readonly GridAxis[],
): CpuRoute {
  const beyond = beyondTables(problem, tables, axes);
  if (beyond) return newton(`Newton's method at every point: ${beyond}`);
  const { walked } = rolesOf(problem.description.charges, axes);
  const states = walked.reduce((product, axis) => product * axes[axis].points, 1);
  const lookUp = states < FEWEST_WALKED ? "scattered" : "walk";
  return { ...lookedUp(tables, lookUp), lookUp };
}

/** Says that χ² is looked up, as a product of states or point by point. */
export function lookedUp(
  { certificate: { near, far } }: TabulatedLikelihood,
  lookUp: "walk" | "scattered",
): Route {
  const found = `${near.toExponential(1)} in χ² near the minimum, ${far.toExponential(1)} of it far off`;
  return {
    name: "tables",
    accuracy: "approximate",
    isPortable: true,
    second: lookUp === "walk" ? 2 ** 27 : 2 ** 23,
    notes: [`looked up from profile tables, certified to ${found}`],
  };
}

/** Points that are profiled exactly next to points that are not, as far as a trial comes upon them. */
function findSwitches(
  axes: readonly GridAxis[],
  points: readonly number[],
  chunks: LanesChunks,
): number[] {
  const size = gridSize(axes);
  const unsettled = points.filter((index) => !chunks.isSettled(index));
  const around = unsettled.flatMap((index) =>
    axes.flatMap((_, axis) => {
      const step = gridSize(axes.slice(axis + 1));
      return [index - step, index + step].filter((at) => at >= 0 && at < size);
    }),
  );
  return [...new Set([...unsettled, ...around])].slice(0, MOST_SWITCHES);
}

function tryOut(
  { problem, evaluator }: TaskRoom,
  axes: readonly GridAxis[],
  points: readonly number[],
  chunks: LanesChunks,
): Deviation {
  const width = problem.combinations.length;
  const values = sampleLanes(chunks, points, width);
  const exact = sampleExactly({ problem, evaluator }, axes, points);
  let worst = NO_DEVIATION;
  for (let k = 0; k < width; k++) {
    let lowest = Number.POSITIVE_INFINITY;
    for (let i = k; i < exact.length; i += width) lowest = Math.min(lowest, exact[i]);
    for (let i = k; i < exact.length; i += width) {
      worst = larger(worst, deviation(values[i], exact[i], lowest));
    }
  }
  return worst;
}

/** χ² at some grid points by the fast route, [points × combinations]. */
export function sampleLanes(
  chunks: LanesChunks,
  points: readonly number[],
  width: number,
): Float64Array {
  const out = new Float64Array(points.length * width);
  points.forEach((index, i) => {
    chunks.evaluate(index, 1, (_, __, { chi2, combinationStride }) => {
      for (let k = 0; k < width; k++) out[i * width + k] = chi2[k * combinationStride];
    });
  });
  return out;
}

/** The same by looking them up, as the grid's profiles do. */
export function sampleTables(
  room: TaskRoom,
  lookUp: "walk" | "scattered",
  axes: readonly GridAxis[],
  points: readonly number[],
): Float64Array {
  const width = room.problem.combinations.length;
  const out = new Float64Array(points.length * width);
  if (lookUp === "walk") {
    const walk = room.takeWalk(axes);
    points.forEach((index, i) => {
      walk.sample(index, out.subarray(i * width, (i + 1) * width));
    });
    room.keepWalk(walk);
    return out;
  }
  points.forEach((index, i) => {
    room.scattered.reduce(axes, index, 1, (_, __, { chi2, combinationStride }) => {
      for (let k = 0; k < width; k++) out[i * width + k] = chi2[k * combinationStride];
    });
  });
  return out;
}

/** The same by the float64 reference. */
export function sampleExactly(
  { problem, evaluator }: Pick<TaskRoom, "problem" | "evaluator">,
  axes: readonly GridAxis[],
  points: readonly number[],
): Float64Array {
  const width = problem.combinations.length;
  const out = new Float64Array(points.length * width);
  points.forEach((start, i) => {
    const row = out.subarray(i * width, (i + 1) * width);
    evaluator.evaluate({ kind: "grid", axes, start, count: 1 }, 0, 1, row);
  });
  return out;
}
