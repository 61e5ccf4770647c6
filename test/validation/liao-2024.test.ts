import { expect, it } from "vitest";
import { validateLiao2024 } from "../../src/validation/liao-2024/index.js";
import { hasMoved, verdictOf } from "../../src/validation/verdict.js";

it("is what an independent calculation gives, and says so where the paper differs", async () => {
  const rows = await validateLiao2024();
  expect(rows.filter(hasMoved)).toEqual([]);
  const verdicts = new Map(rows.map((row) => [row.id, verdictOf(row, row.computed)]));
  expect(verdicts.get("l24.sigma.csi.value")).toBe("agrees");
  for (const id of ["ge.chi2", "ge.gamma0", "sigma.lar.value", "sigma.ge.value", "csi.alpha1"]) {
    expect(verdicts.get(`l24.${id}`), id).toBe("differs");
  }
});
