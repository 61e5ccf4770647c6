import { expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { chunkEvaluator } from "../../src/engine/cpu/chunks.js";
import { NumericalError } from "../../src/errors.js";
import { standardModelPoint } from "../../src/model/parameters.js";

it("a χ² whose nuisances were not profiled to the end is an error, not a number", () => {
  const { description, observations, datasets } = analysisNamed("liao-2024").compile({}, "scanned");
  const combinations = datasets.map((name) => ({ name, datasets: [name] }));
  const problem = { description, observations, combinations, base: standardModelPoint() };
  const names = ["eps_mumu_d", "eps_mutau_u", "exponent_x", "sigma_scale"];
  const at = (...values: number[]) => {
    const source = { kind: "list" as const, names, values: Float64Array.from(values) };
    return () => chunkEvaluator(problem).evaluate(source, 0, 1, new Float64Array(3));
  };
  expect(at(0.1, 0, 2, 1)).not.toThrow();
  // Signals of so many events that Newton's method on Poisson terms gives up.
  const far = [23.334646224975586, 26.634666323661804, 3.874246120452881, 6.804861128330231];
  expect(at(...far)).toThrow(NumericalError);
});
