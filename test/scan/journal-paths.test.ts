import { resolve } from "node:path";
import { expect, it } from "vitest";
import { journalNamed } from "../../src/scan/journal/paths.js";

it.each([
  ["results/a", "results/a.journal"],
  ["results/a/", "results/a.journal"],
  ["a.journal", "a.journal"],
  [".", `${resolve(".")}.journal`],
  ["results/../", `${resolve("results/..")}.journal`],
])("the journal that %j means is %j", (folder, journal) => {
  expect(journalNamed(folder)).toBe(journal);
});
