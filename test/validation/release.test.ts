import { expect, it } from "vitest";
import { validateRelease } from "../../src/validation/release/index.js";
import { hasMoved, verdictOf } from "../../src/validation/verdict.js";

it("is what an independent calculation gives, and says so where the paper differs", async () => {
  const rows = await validateRelease();
  expect(rows.filter(hasMoved)).toEqual([]);
  const verdicts = Object.fromEntries(rows.map((row) => [row.id, verdictOf(row, row.computed)]));
  expect(verdicts).toMatchObject({
    "release.lar.cevns": "agrees",
    "release.lar.cevns.error": "agrees",
    "release.lar.prompt-brn": "differs",
    "release.lar.prompt-brn.error": "agrees",
    "release.lar.rejection": "agrees",
    "release.lar.prior.ssb": "differs",
    "release.ge.events.value": "agrees",
    "release.ge.events.up": "differs",
    "release.ge.chi2": "not printed",
  });
  const unexplained = rows.filter(
    (row) => verdictOf(row, row.computed) === "differs" && row.why === undefined,
  );
  expect(unexplained.map(({ id }) => id)).toEqual([]);
});
