import type { TabulatedLikelihood } from "../../tables/table.js";
import type { GridAxis, Route } from "../engine.js";
import { beyondTables } from "./tables/domain.js";
import { rolesOf } from "./tables/roles.js";
import type { TaskRoom } from "./tasks.js";

export interface CpuRoute extends Route {
  /** How grids are looked up: as products of both flavours' states, or point by point. */
  readonly lookUp?: "walk" | "scattered";
}

/** States for which tables are worth collapsing. */
const FEWEST_WALKED = 8;

export const exactly = (reason?: string): CpuRoute => ({
  name: "exact",
  accuracy: "exact",
  isPortable: true,
  second: 2 ** 17,
  notes: [`profiled at every point${reason ? `: ${reason}` : ""}`],
});

/** The route for the grids of some axes, and why. */
export function chooseRoute({ problem, tables }: TaskRoom, axes: readonly GridAxis[]): CpuRoute {
  if (!tables) return exactly();
  const beyond = beyondTables(problem, tables, axes);
  if (beyond) return exactly(beyond);
  const { walked } = rolesOf(problem.description.charges, axes);
  const states = walked.reduce((product, axis) => product * axes[axis].points, 1);
  const lookUp = states < FEWEST_WALKED ? "scattered" : "walk";
  return { ...lookedUp(tables, lookUp), lookUp };
}

/** Says that χ² is looked up, as a product of states or point by point. */
export function lookedUp(tables: TabulatedLikelihood, lookUp: "walk" | "scattered"): Route {
  const { near, far } = tables.certificate;
  const found = `${near.toExponential(1)} in χ² near the minimum, ${far.toExponential(1)} of it far off`;
  return {
    name: "tables",
    accuracy: "approximate",
    isPortable: true,
    tables,
    second: lookUp === "walk" ? 2 ** 27 : 2 ** 23,
    notes: [`looked up from profile tables, certified to ${found}`],
  };
}

/** χ² at some grid points by looking them up as the grid's profiles do, [points × combinations]. */
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

/** χ² at some grid points by the float64 reference, [points × combinations]. */
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
