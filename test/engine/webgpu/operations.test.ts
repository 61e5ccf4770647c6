import { expect, it } from "vitest";
import { fusedOperations } from "../../../src/engine/webgpu/operations.js";
import { pointsScope } from "../../../src/engine/webgpu/points-scope.js";
import { tableScope } from "../../../src/engine/webgpu/table-scope.js";
import { analysisProblem } from "../real.js";
import { syntheticTables } from "../tables/synthetic.js";

it("counts some hundred operations of a point that is looked up", () => {
  const problem = analysisProblem("liao-2024");
  const tables = syntheticTables({ seed: 1, charges: problem.description.charges });
  const { scope } = tableScope(problem, tables);
  const count = fusedOperations(scope, pointsScope(problem, "grid", ["eps_ee_u", "eps_mumu_d"]));
  expect(count).toBeGreaterThan(500);
  expect(count).toBeLessThan(1000);
});
