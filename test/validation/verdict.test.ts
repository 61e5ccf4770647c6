import { describe, expect, it } from "vitest";
import {
  bound,
  counted,
  measured,
  notComparable,
  type Published,
  printed,
  type ValidationRow,
} from "../../src/validation/row.js";
import { hasMoved, tallyOf, tallyText, verdictOf } from "../../src/validation/verdict.js";

const row: ValidationRow = {
  id: "l24.csi.chi2",
  analysis: "liao-2024",
  quantity: "χ²",
  unit: "",
  published: printed("95.9", "section II A"),
  expected: { value: 96.73, digits: 2 },
  computed: 96.7315,
};

describe("a verdict", () => {
  const where = "section I";
  it.each<[Published | null, number | null, string]>([
    [printed("95.9", where), 95.95, "agrees"],
    [printed("95.9", where), 95.8501, "agrees"],
    [printed("95.9", where), 95.951, "differs"],
    [printed("178", where), 178.4, "agrees"],
    [printed("178", where), 178.6, "differs"],
    [printed("0.220", where), 0.2206, "differs"],
    [printed("-0.018", where), -0.0182, "agrees"],
    [printed("-0.018", where), 0.018, "differs"],
    [printed("1.37e23", where), 1.3749e23, "agrees"],
    [printed("1.37e23", where), 1.376e23, "differs"],
    [measured("26.37", 8.58, where), 27.2, "agrees"],
    [measured("26.37", 8.58, where), 29.6, "differs"],
    [measured("172", 0.1, where), 172.4, "agrees"],
    [counted(2, where), 2, "agrees"],
    [counted(2, where), 1, "differs"],
    [bound("below", 1.5, where), 1.4, "agrees"],
    [bound("below", 1.5, where), 1.6, "differs"],
    [bound("above", 1, where), 1.6, "agrees"],
    [bound("above", 1, where), 0.9, "differs"],
    [printed("1.5", where), Number.NaN, "differs"],
    [bound("below", 1.5, where), Number.NaN, "differs"],
    [notComparable("38.4", where, "not public"), 38.4, "not comparable"],
    [notComparable("38.4", where, "not public"), null, "not comparable"],
    [null, 38.4, "not printed"],
  ])("of %j and %j is %s", (published, computed, verdict) => {
    expect(verdictOf({ ...row, published }, computed)).toBe(verdict);
  });

  it.each([
    [{}, false],
    [{ computed: 96.7251 }, false],
    [{ computed: 96.7249 }, true],
    [{ computed: 96.7351 }, true],
    [{ computed: 96.74, expected: { value: 96.73, digits: 2, allowed: 0.015 } }, false],
    [{ computed: Number.NaN }, true],
    [{ computed: null }, true],
    [{ computed: 5, expected: null }, false],
    // Whatever the paper says.
    [{ published: printed("38.4", where) }, false],
  ])("with %j has moved: %j", (changed, moved) => {
    expect(hasMoved({ ...row, ...changed })).toBe(moved);
  });

  it("is counted by kind", () => {
    const rows: ValidationRow[] = [
      row,
      { ...row, published: printed("96.7", where) },
      { ...row, published: printed("96.7", where), input: true, expected: null },
      { ...row, published: null, computed: 95 },
      { ...row, published: null },
      { ...row, published: null },
      {
        ...row,
        published: notComparable("1", where, "of another experiment"),
        computed: null,
        expected: null,
      },
    ];
    expect(tallyOf(rows)).toEqual({
      agree: 2,
      inputs: 1,
      differ: 1,
      notComparable: 1,
      notPrinted: 3,
      expected: 5,
      asExpected: 4,
    });
    expect(tallyText(rows)).toBe(
      "2 agree with the paper (1 of them what it puts in), 1 differ, 1 are not comparable, 3 are not printed there; 4 of 5 are what an independent calculation gives.",
    );
  });
});
