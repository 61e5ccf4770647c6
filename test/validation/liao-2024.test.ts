import { describe, expect, it } from "vitest";
import { validateLiao2024 } from "../../src/validation/liao-2024/index.js";
import { type ValidationRow, verdict } from "../../src/validation/row.js";
import { VALIDATED, validate } from "../../src/validation/validate.js";

describe("liao-2024", () => {
  it("meets every number of L24 and of SPEC §4", async () => {
    const rows = await validateLiao2024();
    expect(rows).toHaveLength(48);
    expect(rows.filter((row) => !verdict(row).passed)).toEqual([]);
    // Nothing is compared with a tolerance that cannot fail.
    for (const { quantity, published, tolerance, digits, allowed } of rows) {
      if (tolerance !== null) expect(published, quantity).not.toBeNull();
      expect(allowed ?? 0, quantity).toBeLessThanOrEqual(0.6 * 10 ** -digits);
    }
  });
});

describe("a verdict", () => {
  const row: ValidationRow = {
    analysis: "liao-2024",
    quantity: "χ²",
    unit: "",
    published: 95.9,
    tolerance: 1.5,
    expected: 96.73,
    digits: 2,
    computed: 96.7315,
  };
  it.each([
    [{}, { agreesWithIndependent: true, agreesWithPaper: true, passed: true }],
    [{ computed: 96.7251 }, { agreesWithIndependent: true, passed: true }],
    [{ computed: 96.7249 }, { agreesWithIndependent: false, passed: false }],
    [{ computed: 96.7351 }, { agreesWithIndependent: false, passed: false }],
    [
      { computed: 96.74, allowed: 0.015 },
      { agreesWithIndependent: true, passed: true },
    ],
    [{ computed: Number.NaN }, { agreesWithIndependent: false, passed: false }],
    [{ published: 90 }, { agreesWithIndependent: true, agreesWithPaper: false, passed: false }],
    [{ published: 95.2315 }, { agreesWithPaper: true, passed: true }],
    [{ published: null }, { agreesWithPaper: null, passed: true }],
    [
      { published: 38.4, tolerance: null },
      { agreesWithPaper: null, passed: true },
    ],
  ])("with %j is %j", (changed, expected) => {
    expect(verdict({ ...row, ...changed })).toMatchObject(expected);
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
