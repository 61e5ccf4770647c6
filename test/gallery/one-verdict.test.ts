import { beforeAll, describe, expect, it } from "vitest";
import type { FigureContent, Statement } from "../../src/gallery/figure.js";
import { FIGURES } from "../../src/gallery/registry.js";
import type { ValidationRow } from "../../src/validation/row.js";
import { validate } from "../../src/validation/validate.js";
import { verdictOf } from "../../src/validation/verdict.js";

/*
 * A number of a paper has one verdict: that of `nsiscan validate`, wherever it is shown.
 */

/** Areas are of grids, which are coarser here. */
const ON_A_GRID = /area|size/;
const CLOSE = 2e-3;

const rows = new Map<string, ValidationRow>();
const made: { readonly id: string; readonly content: FigureContent }[] = [];

beforeAll(async () => {
  for (const row of await validate()) rows.set(row.id, row);
  for (const figure of FIGURES) {
    const points = figure.paper.id === "l24" ? 81 : 21;
    const content = await figure.make({ engine: "cpu", threads: 1, points });
    made.push({ id: figure.id, content });
  }
}, 900_000);

const statements = (): Statement[] => made.flatMap(({ content }) => [...content.statements]);
const rowOf = (id: string): ValidationRow => {
  const row = rows.get(id);
  if (!row) throw new Error(`validate has no ${id}`);
  return row;
};

describe("the gallery and the validation", () => {
  it("give every number the same value and the same verdict", () => {
    const numbers = statements().flatMap((statement) => statement.numbers ?? []);
    expect(numbers.length).toBeGreaterThan(60);
    for (const { id, value } of numbers) {
      const row = rowOf(id);
      expect(verdictOf(row, value), id).toBe(verdictOf(row, row.computed));
      if (ON_A_GRID.test(id)) continue;
      const computed = row.computed ?? Number.NaN;
      expect(Math.abs(value - computed), id).toBeLessThanOrEqual(
        CLOSE * Math.max(1, Math.abs(computed)),
      );
    }
  });

  it("show each number in one statement, or in the same sentence of several figures", () => {
    const sentences = new Map<string, Set<string>>();
    for (const { paper, numbers = [] } of statements()) {
      for (const { id } of numbers) sentences.set(id, (sentences.get(id) ?? new Set()).add(paper));
    }
    for (const [id, papers] of sentences) expect([...papers], id).toHaveLength(1);
  });

  it("agree on statements: none holds with a number that differs, none differs whose numbers agree", () => {
    for (const { paper, verdict, why, numbers = [] } of statements()) {
      const verdicts = numbers.map(({ id, value }) => verdictOf(rowOf(id), value));
      if (verdict === "holds")
        expect(new Set([...verdicts, "agrees"]), paper).toEqual(new Set(["agrees"]));
      else expect(why, paper).toBeTruthy();
      if (verdict === "differs") expect(verdicts, paper).not.toContain("agrees");
    }
  });

  it("leave in the paper's words no number of a validated one that it does not print", () => {
    for (const { paper, numbers = [] } of statements()) {
      for (const { id } of numbers) {
        const { published } = rowOf(id);
        if (published?.comparison.kind !== "within" || !/^−?-?[\d.]+$/.test(published.text))
          continue;
        if (published.value === 0 || (Number.isInteger(published.value) && published.value < 10))
          continue;
        if (!paper.includes("=") && !/\d/.test(paper)) continue;
        expect(paper, id).toContain(published.text.replace("-", ""));
      }
    }
  });
});
