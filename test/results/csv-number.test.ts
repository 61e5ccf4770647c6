import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvNumber } from "../../src/results/csv-number.js";

const general = (value: number) =>
  Number.isFinite(value)
    ? String(Number(value.toPrecision(12)))
    : value > 0
      ? "inf"
      : String(value);

describe("numbers of CSV files", () => {
  it.each([
    [0, "0"],
    [1, "1"],
    [96.60174, "96.60174"],
    [0.1 + 0.2, "0.3"],
    [-0.25, "-0.25"],
    [1e-7, "1e-7"],
    [0.000123456789012345, "0.000123456789012"],
    [999999999999.6, "1000000000000"],
    [99.9999999999996, "100"],
    [0.99999999999996, "1"],
    [123456789012.5, "123456789013"],
    [1e21, "1e+21"],
    [Number.POSITIVE_INFINITY, "inf"],
  ])("%d is written %s", (value, text) => {
    expect(csvNumber(value)).toBe(text);
  });

  it("have the digits that the general conversion gives", () => {
    const decades = fc
      .tuple(fc.double({ min: 1, max: 10, noNaN: true }), fc.integer({ min: -6, max: 14 }))
      .map(([mantissa, exponent]) => mantissa * 10 ** exponent);
    const short = fc
      .tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 12 }))
      .map(([digits, decimals]) => digits / 10 ** decimals);
    const any = fc.oneof(decades, short, fc.double());
    fc.assert(
      fc.property(any, (value) => {
        expect(csvNumber(value)).toBe(general(value));
      }),
      { numRuns: 20000 },
    );
  });
});
