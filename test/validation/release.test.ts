import { expect, it } from "vitest";
import { validateRelease } from "../../src/validation/release.js";
import { verdict } from "../../src/validation/row.js";

it("every published number is met", async () => {
  const rows = await validateRelease();
  expect(rows).toHaveLength(8);
  expect(rows.filter((row) => !verdict(row).passed)).toEqual([]);
});
