import { analysisNamed } from "../analysis/registry.js";
import type { EngineProblem, GridAxis } from "../engine/engine.js";
import { standardModelPoint } from "../model/parameters.js";

/** A grid that every engine is timed on, reduced to all its planes, lines and best points. */
export interface BenchGrid {
  readonly name: string;
  readonly axes: readonly GridAxis[];
}

/** The analysis of the papers' figures, which larger grids are timed with too. */
const MAIN = "liao-2024";

/**
 * An analysis with each of its data sets and their sums, one after the other: five combinations of
 * three data sets.
 * @throws InputError for an analysis that does not exist
 */
export function benchProblem(analysis: string): EngineProblem {
  const { description, observations, datasets } = analysisNamed(analysis).compile();
  const alone = datasets.map((name) => [name]);
  const sums = datasets.slice(1).map((_, k) => datasets.slice(0, k + 2));
  const combinations = [...alone, ...sums].map((members) => ({
    name: members.join("+"),
    datasets: members,
  }));
  return { description, observations, combinations, base: standardModelPoint() };
}

const grid = (name: string, points: number, parameters: readonly string[]): BenchGrid => ({
  name,
  axes: parameters.map((parameter) => ({ parameter, from: -1, to: 1, points })),
});

const FOUR = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_mumu_d"];

/** @param large whether the grid of 104 million points is among them */
export function benchGrids(analysis: string, large: boolean): BenchGrid[] {
  const plane = grid("401²", 401, ["eps_ee_d", "eps_mumu_d"]);
  if (analysis !== MAIN) return [plane];
  return [plane, grid("41⁴", 41, FOUR), ...(large ? [grid("101⁴", 101, FOUR)] : [])];
}
