import { expect, it } from "vitest";
import { validateRelease } from "../../src/validation/release/index.js";
import { hasMoved } from "../../src/validation/verdict.js";

it("is what an independent calculation gives", async () => {
  const rows = await validateRelease();
  expect(rows).toHaveLength(8);
  expect(rows.filter(hasMoved)).toEqual([]);
});
