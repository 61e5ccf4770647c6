import { expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { chunkEvaluator } from "../../src/engine/cpu/chunks.js";
import { NumericalError } from "../../src/errors.js";
import { standardModelPoint } from "../../src/model/parameters.js";

it("a χ² whose nuisances were not profiled to the end is an error, not a number", () => {
  const { description, observations, datasets } = analysisNamed("liao-2024").compile();
  const combinations = datasets.map((name) => ({ name, datasets: [name] }));
  const problem = { description, observations, combinations, base: standardModelPoint() };
  const names = ["eps_ee_u", "sigma_scale", "sigma_scale_e"];
  const at = (...values: number[]) => {
    const source = { kind: "list" as const, names, values: Float64Array.from(values) };
    return () => chunkEvaluator(problem).evaluate(source, 0, 1, new Float64Array(3));
  };
  expect(at(0.1, 1, 1)).not.toThrow();
  expect(at(30, 1e4, 1e4)).toThrow(NumericalError);
});
