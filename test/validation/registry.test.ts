import { describe, expect, it } from "vitest";
import { NUMBERS, publishedNumber } from "../../src/validation/registry.js";
import { rowsOf } from "../../src/validation/row.js";
import { VALIDATED, validate } from "../../src/validation/validate.js";

describe("the numbers of the papers", () => {
  it("are there once each", () => {
    const ids = NUMBERS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const names = NUMBERS.map(({ analysis, quantity }) => `${analysis}: ${quantity}`);
    expect(new Set(names).size).toBe(names.length);
    expect(publishedNumber("l24.csi.chi2").published?.text).toBe("95.9");
    expect(() => publishedNumber("l24.bogus")).toThrow("l24.bogus");
  });

  it.each(NUMBERS)("$id says where it is printed, and where its tolerance comes from", (number) => {
    const { published, expected, id } = number;
    expect(id).toMatch(/^(l24|c22|release)\./);
    expect(published ?? expected).not.toBeNull();
    if (published === null) return;
    expect(published.where.length).toBeGreaterThan(4);
    expect(published.value).not.toBeNaN();
    const { comparison } = published;
    expect(
      (comparison.kind === "none" ? comparison.why : comparison.source).length,
    ).toBeGreaterThan(9);
    // No tolerance that could not fail: none is as wide as the number itself.
    if (comparison.kind === "within" && published.value !== 0) {
      expect(comparison.tolerance).toBeLessThan(Math.abs(published.value));
    }
  });

  it("match the values computed, one for one", () => {
    const numbers = NUMBERS.slice(0, 2);
    const [first, second] = numbers.map(({ id }) => id);
    const rows = rowsOf(
      numbers,
      new Map([
        [first, 1],
        [second, 2],
      ]),
    );
    expect(rows.map(({ computed }) => computed)).toEqual([1, 2]);
    expect(() => rowsOf(numbers, new Map([[first, 1]]))).toThrow(second);
    expect(() =>
      rowsOf(
        numbers.slice(0, 1),
        new Map([
          [first, 1],
          [second, 2],
        ]),
      ),
    ).toThrow(second);
  });
});

describe("validation", () => {
  it("covers every analysis by default, and refuses others by name", async () => {
    expect(VALIDATED).toEqual(["liao-2024", "coherent-2022", "release"]);
    await expect(validate(["bogus"])).rejects.toMatchObject({
      code: "unknown-analysis",
      message: expect.stringContaining("liao-2024, coherent-2022, release"),
    });
  });
});
