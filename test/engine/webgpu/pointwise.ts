import type { EngineProblem } from "../../../src/engine/engine.js";
import { syntheticTables } from "../tables/synthetic.js";
import { realProblem } from "./real.js";

/**
 * A problem with tables that are looked up point by point, whatever the grid, as they share a scale:
 * what shaders/reduce.wgsl reduces.
 */
export function pointwise() {
  const real = realProblem();
  const problem: EngineProblem = { ...real, combinations: real.combinations.slice(-1) };
  const scale = { nuisance: 0, sigma: 0.1, measured: 0, step: 0.1, first: -3, last: 3, reach: 3 };
  const { charges } = problem.description;
  const all = syntheticTables({ seed: 2, scale, charges, reach: 4000 });
  return { problem, tables: { ...all, profiles: all.profiles.slice(-1), members: [[0]] } };
}
