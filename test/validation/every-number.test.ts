import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { NUMBERS } from "../../src/validation/registry.js";
import type { ValidationRow } from "../../src/validation/row.js";
import { validate } from "../../src/validation/validate.js";
import { hasMoved, tallyText, verdictOf } from "../../src/validation/verdict.js";

let rows: ValidationRow[] = [];
beforeAll(async () => {
  rows = await validate();
});

it("has a row of its own, which is what an independent calculation gives", () => {
  expect(rows.map(({ id }) => id).sort()).toEqual(NUMBERS.map(({ id }) => id).sort());
  expect(rows.filter(hasMoved)).toEqual([]);
});

it("that differs says why, or that it is not known and what was tried", () => {
  const silent = rows.filter((row) => {
    return verdictOf(row, row.computed) === "differs" && (row.why ?? "").length < 20;
  });
  expect(silent.map(({ id }) => id)).toEqual([]);
});

it("is said to agree only where it does", () => {
  const verdicts = new Map(rows.map((row) => [row.id, verdictOf(row, row.computed)]));
  const differing = [
    "csi.chi2",
    "csi.alpha1",
    "lar.chi2",
    "lar.beta1",
    "ge.chi2",
    "ge.gamma0",
    "sigma-sm.csi",
    "sigma.lar.value",
    "sigma.lar.from-sm",
    "sigma.ge.value",
    "figure-6-lower.within-2-sigma",
    "figure-7-lower.broken-3-sigma",
    "figure-8-upper.far-side",
    "figure-8-lower.within-2-sigma",
    "input.ge.energy-points",
    "input.ge.energy",
  ];
  for (const id of differing) expect(verdicts.get(`l24.${id}`), id).toBe("differs");
  const agreeing = [
    "sigma.csi.value",
    "sigma.ge.from-sm",
    "ge.deficit",
    "x.all.from-2",
    "mixed-term.lar",
    "figure-8-lower.minima",
    "figure-7-upper.slope.csi",
    "input.csi.protons",
  ];
  for (const id of agreeing) expect(verdicts.get(`l24.${id}`), id).toBe("agrees");
  expect(verdicts.get("l24.figure-6-lower.frame")).toBe("not comparable");
  expect(verdicts.get("l24.csi.events")).toBe("not printed");
});

it("is counted in the README", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  // Where this fails, put the line that is looked for in place of the one in “Why believe it”.
  expect(readme.replace(/\s+/g, " ")).toContain(tallyText(rows));
});
