import { analysisNamed } from "../analysis/registry.js";
import type { EngineProblem, GridAxis } from "../engine/engine.js";
import { standardModelPoint } from "../model/parameters.js";

/** A grid that every engine is timed on, reduced to all its planes, lines and best points. */
export interface BenchGrid {
  readonly name: string;
  readonly axes: readonly GridAxis[];
}

const COMBINATIONS = [["csi"], ["lar"], ["ge"], ["csi", "lar"], ["csi", "lar", "ge"]];

/** liao-2024 with its three data sets and two sums of them: five combinations. */
export function benchProblem(): EngineProblem {
  const { description, observations } = analysisNamed("liao-2024").compile();
  const combinations = COMBINATIONS.map((datasets) => ({ name: datasets.join("+"), datasets }));
  return { description, observations, combinations, base: standardModelPoint() };
}

const grid = (name: string, points: number, parameters: readonly string[]): BenchGrid => ({
  name,
  axes: parameters.map((parameter) => ({ parameter, from: -1, to: 1, points })),
});

const FOUR = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_mumu_d"];

/** @param large whether the grid of 104 million points is among them */
export function benchGrids(large: boolean): BenchGrid[] {
  return [
    grid("401²", 401, ["eps_ee_d", "eps_mumu_d"]),
    grid("41⁴", 41, FOUR),
    ...(large ? [grid("101⁴", 101, FOUR)] : []),
  ];
}
