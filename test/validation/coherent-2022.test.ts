import { expect, it } from "vitest";
import { validateCoherent2022 } from "../../src/validation/coherent-2022.js";
import { verdict } from "../../src/validation/row.js";

it("every published number is met", async () => {
  const rows = await validateCoherent2022();
  expect(rows).toHaveLength(14);
  expect(rows.filter((row) => !verdict(row).passed)).toEqual([]);
});
