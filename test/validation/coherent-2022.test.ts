import { expect, it } from "vitest";
import { validateCoherent2022 } from "../../src/validation/coherent-2022/index.js";
import { hasMoved, tallyOf } from "../../src/validation/verdict.js";

it("is what an independent calculation gives", async () => {
  const rows = await validateCoherent2022();
  expect(rows.filter(hasMoved)).toEqual([]);
  expect(tallyOf(rows).differ).toBeGreaterThan(0);
});
