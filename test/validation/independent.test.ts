import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { LIAO_2024 } from "../../src/validation/liao-2024/numbers/index.js";
import { allowedDeviation } from "../../src/validation/verdict.js";

/** What test/golden/liao_2024_numbers.py gives, which shares no code with the program. */
const independent: Record<string, number> = JSON.parse(
  readFileSync(new URL("../golden/liao-2024-numbers.json", import.meta.url), "utf8"),
);

/** Given by SPEC §4 and not by the script; and the larger of two numbers of the script. */
const OTHERS = ["l24.figure-8-lower.3-sigma-regions", "l24.figure-7-lower.broken-3-sigma"];

const typed = LIAO_2024.filter(({ id, expected }) => expected && !OTHERS.includes(id));

it.each(typed)("$id is typed as the independent calculation gives it", ({ id, expected }) => {
  const value = independent[id];
  expect(value, "give it in liao_2024_numbers.py").toBeDefined();
  if (expected === null) return;
  // To the digits typed, and never farther than ours is allowed to be.
  const half = 0.5 * 10 ** -expected.digits + 1e-9;
  expect(Math.abs(value - expected.value)).toBeLessThanOrEqual(half);
  expect(allowedDeviation(expected)).toBeLessThanOrEqual(2 * half + 2e-3);
});

it("every number of the independent calculation is compared with ours", () => {
  const ids = new Set(typed.map(({ id }) => id));
  const left = Object.keys(independent).filter((id) => !ids.has(id));
  expect(left).toEqual([]);
});
