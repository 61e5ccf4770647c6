import { expect, it } from "vitest";
import { validateCoherent2022 } from "../../src/validation/coherent-2022/index.js";
import { hasMoved, verdictOf } from "../../src/validation/verdict.js";

it("is what an independent calculation gives, and says so where the paper differs", async () => {
  const rows = await validateCoherent2022();
  expect(rows.filter(hasMoved)).toEqual([]);
  const verdicts = Object.fromEntries(rows.map((row) => [row.id, verdictOf(row, row.computed)]));
  expect(verdicts).toMatchObject({
    // 352 events are not within the error of 341 ± 42 that its flux has: the data are the same.
    "c22.prediction": "differs",
    "c22.prediction.theory": "differs",
    "c22.chi2": "differs",
    "c22.dof": "agrees",
    "c22.events.cevns": "differs",
    "c22.events.cevns.error": "differs",
    "c22.events.ssb.error": "agrees",
    "c22.sigma.value": "agrees",
    "c22.sigma.up": "differs",
    "c22.sigma-sm": "differs",
    "c22.sigma-sm.mu": "differs",
    "c22.sigma-sm.e": "differs",
    "c22.sin2-theta-w.value": "differs",
    "c22.scale.mu": "differs",
    "c22.scale.e": "differs",
    "c22.significance.mu": "agrees",
    "c22.significance.e": "differs",
    "c22.impact.radius": "differs",
    "c22.input.protons": "agrees",
    "c22.input.pulse-width": "differs",
    "c22.radius.none.value": "not printed",
    "c22.other.wilks": "not comparable",
  });
  const unexplained = rows.filter(
    (row) => verdictOf(row, row.computed) === "differs" && row.why === undefined,
  );
  expect(unexplained.map(({ id }) => id)).toEqual([]);
});
