import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitAxis } from "../../src/figures/axis.js";
import { paperStyle } from "../../src/figures/style.js";
import { tickChoices } from "../../src/figures/ticks.js";
import type { AxisSpec } from "../../src/figures/types.js";

const style = paperStyle();

const linear: fc.Arbitrary<AxisSpec> = fc
  .tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: -9, max: 9, noNaN: true }),
  )
  .filter(([low, power]) => 10 ** power > 1e-6 * Math.abs(low))
  .map(([low, power]) => ({ domain: [low, low + 10 ** power], scale: "linear" }));

const log: fc.Arbitrary<AxisSpec> = fc
  .tuple(
    fc.double({ min: -20, max: 20, noNaN: true }),
    fc.double({ min: 0.01, max: 40, noNaN: true }),
  )
  .map(([low, decades]) => ({ domain: [10 ** low, 10 ** (low + decades)], scale: "log" }));

/** The number a tick label shows, times the exponent it leaves out. */
function read(label: string, exponent: number): number {
  const [, digits, power] =
    /^\$(?:(-?[\d.]+)(?:\\times)?)??(?:10\^\{(-?\d+)\})?\$$/.exec(label) ?? [];
  return Number(digits ?? 1) * 10 ** (Number(power ?? 0) + exponent);
}

describe.each([
  ["linear", linear],
  ["log", log],
])("ticks of any %s axis", (_, axes) => {
  it("are 3 to 9, in range, in order, with labels that differ and say the value", () => {
    fc.assert(
      fc.property(axes, fc.integer({ min: 3, max: 9 }), (axis, most) => {
        for (const { major, minor, exponent } of tickChoices(axis, most)) {
          expect(major.length).toBeGreaterThanOrEqual(3);
          expect(major.length).toBeLessThanOrEqual(9);
          const [low, high] = axis.domain;
          const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
          const values = major.map(({ value }) => value);
          for (const value of [...values, ...minor]) {
            expect(value).toBeGreaterThanOrEqual(low - slack);
            expect(value).toBeLessThanOrEqual(high + slack);
          }
          expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
          expect(new Set(major.map(({ label }) => label)).size).toBe(major.length);
          const step = Math.min(...values.slice(1).map((v, i) => v - values[i]));
          for (const { value, label } of major) {
            expect(Math.abs(read(label, exponent) - value)).toBeLessThan(1e-6 * step + slack);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("keep their numbers apart over the length of a panel", () => {
    fc.assert(
      fc.property(axes, fc.double({ min: 150, max: 450, noNaN: true }), (axis, length) => {
        const { ticks, numbers } = fitAxis(axis, "x", length, style);
        const [low, high] = axis.domain;
        const at = (v: number) =>
          axis.scale === "log"
            ? (Math.log(v / low) / Math.log(high / low)) * length
            : ((v - low) / (high - low)) * length;
        for (let i = 1; i < numbers.length; i += 1) {
          const apart = at(ticks.major[i].value) - at(ticks.major[i - 1].value);
          expect(apart).toBeGreaterThan((numbers[i].width + numbers[i - 1].width) / 2);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("ticks", () => {
  const labels = (domain: readonly [number, number], scale: "linear" | "log" = "linear") =>
    tickChoices({ domain, scale }, 7)[0].major.map(({ label }) => label);

  it("are the round numbers a person would choose", () => {
    expect(labels([-1, 1.2])).toEqual(["$-1.0$", "$-0.5$", "$0.0$", "$0.5$", "$1.0$"]);
    expect(labels([0, 12])).toEqual(["$0$", "$2$", "$4$", "$6$", "$8$", "$10$", "$12$"]);
    expect(labels([1e-3, 1e2], "log")).toEqual(
      [-3, -2, -1, 0, 1, 2].map((power) => `$10^{${power}}$`),
    );
    expect(labels([1, 30], "log")).toEqual(["$1$", "$2$", "$5$", "$10$", "$20$"]);
  });

  it("leave out a power of ten where numbers would be long, and say which", () => {
    const [ticks] = tickChoices({ domain: [-3e-5, 3e-5], scale: "linear" }, 7);
    expect(ticks.exponent).toBe(-5);
    expect(ticks.major.map(({ label }) => label)).toContain("$-2$");
  });

  it("have minor ticks that cut a step of 1 or 5 in five and of 2 in four", () => {
    const minors = (high: number) => {
      const [{ major, minor }] = tickChoices({ domain: [0, high], scale: "linear" }, 7);
      return minor.filter((m) => m > major[0].value && m < major[1].value).length;
    };
    expect([minors(5), minors(12), minors(25)]).toEqual([4, 3, 4]);
  });
});
