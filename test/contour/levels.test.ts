import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLevel } from "../../src/contour/levels.js";
import { InputError } from "../../src/errors.js";

describe("parseLevel", () => {
  it.each([
    ["1sigma", "1σ", "1\\sigma", 0.6827, 1, 2.2957],
    ["2σ", "2σ", "2\\sigma", 0.9545, 4, 6.1801],
    [" 3 Sigma ", "3σ", "3\\sigma", 0.9973, 9, 11.8292],
    ["90%", "90%", "90\\,\\%", 0.9, 2.7055, 4.6052],
    ["90 % CL", "90%", "90\\,\\%", 0.9, 2.7055, 4.6052],
    ["0.9", "90%", "90\\,\\%", 0.9, 2.7055, 4.6052],
    [0.29, "29%", "29\\,\\%", 0.29, 0.1383, 0.685],
    [".955", "95.5%", "95.5\\,\\%", 0.955, 4.0186, 6.2022],
    ["Δχ²=4.61", "Δχ²=4.61", "\\Delta\\chi^2 = 4.61", 0.9002, 4.61, 4.61],
    ["dchi2 = 1", "Δχ²=1", "\\Delta\\chi^2 = 1", 0.3935, 1, 1],
  ])("reads %s", (text, label, tex, probability, one, two) => {
    const level = parseLevel(text);
    expect(level.label).toBe(label);
    expect(level.texLabel).toBe(tex);
    expect(level.probability(2)).toBeCloseTo(probability, 4);
    expect(level.deltaChi2(1)).toBeCloseTo(one, 3);
    expect(level.deltaChi2(2)).toBeCloseTo(two, 3);
  });

  it("keeps its digits far out, where 1 − probability has none", () => {
    expect(parseLevel("11.6sigma").deltaChi2(1)).toBeCloseTo(134.56, 9);
  });

  it.each([
    0,
    1,
    -0.5,
    90,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "0sigma",
    "-1sigma",
    "25sigma",
    "0%",
    "100%",
    "-5%",
    "150%",
    "Δχ²=0",
    "dchi2=1e999",
    "",
    "sigma",
    "NaN",
    "two sigma",
    "1sigma 2sigma",
    "0x1%",
  ])("refuses %s and says what to write", (text) => {
    expect(() => parseLevel(text)).toThrow(InputError);
    expect(() => parseLevel(text)).toThrow(/2sigma.*90%/);
  });

  it("asks what a bare number from 1 on means", () => {
    expect(() => parseLevel(2)).toThrow(/write 2sigma or 2%/);
  });

  it("reads back its own labels, and grows with the probability", () => {
    const percent = fc.double({ min: 0.01, max: 99.9, noNaN: true });
    fc.assert(
      fc.property(percent, percent, fc.integer({ min: 1, max: 6 }), (a, b, dof) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const [first, second] = [parseLevel(`${low}%`), parseLevel(`${high}%`)];
        expect(parseLevel(first.label).deltaChi2(dof)).toBe(first.deltaChi2(dof));
        expect(first.deltaChi2(dof)).toBeLessThanOrEqual(second.deltaChi2(dof));
      }),
    );
  });
});
