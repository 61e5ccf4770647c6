import { analysisNamed } from "../analysis/registry.js";
import type { EngineProblem, GridAxis } from "../engine/engine.js";
import { standardModelPoint } from "../model/parameters.js";

/** A grid that every engine is timed on, reduced to all its planes, lines and best points. */
export interface BenchGrid {
  readonly name: string;
  readonly axes: readonly GridAxis[];
}

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

/** @param large whether a grid of 104 million points is among them, and one whose axes all change both flavours */
export function benchGrids(large: boolean): BenchGrid[] {
  const own = [grid("401²", 401, ["eps_ee_d", "eps_mumu_d"]), grid("41⁴", 41, FOUR)];
  const both = [
    ...["eps_emu_u", "eps_emu_d"].map((parameter) => ({ parameter, from: -1, to: 1, points: 101 })),
    { parameter: "sin2_theta_w", from: 0.2, to: 0.28, points: 101 },
  ];
  if (large) own.push(grid("101⁴", 101, FOUR), { name: "101³, both flavours at once", axes: both });
  return own;
}
