import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ScatteredPoints } from "../../../src/engine/cpu/tables/scattered-points.js";
import type { GridAxis, PointList } from "../../../src/engine/engine.js";
import { axisValue, gridSize } from "../../../src/engine/points.js";
import { PARAMETERS } from "../../../src/model/parameters.js";
import { plainLookUp } from "./plain-look-up.js";
import { syntheticTables, tablesProblem } from "./synthetic.js";

const scale = { nuisance: 0, sigma: 0.1, measured: 0, step: 0.12, first: -6, last: 5, reach: 3 };
const likelihoods = {
  plain: syntheticTables({ seed: 1 }),
  "with a shared scale": syntheticTables({ seed: 2, scale }),
  "of several exponents": syntheticTables({ seed: 3, exponents: [1.5, 2, 2.5] }),
} as const;
const cases = Object.entries(likelihoods);
const names = PARAMETERS.map(({ name }) => name).filter((name) => name !== "exponent_x");
const range = (name: string): readonly [number, number] => {
  if (name === "exponent_x") return [1.6, 2.4];
  if (name === "sin2_theta_w") return [0.1, 0.4];
  return name.startsWith("sigma") ? [0, 2] : [-0.6, 0.6];
};

function expectNear(chi2: Float64Array, expected: readonly number[]): void {
  expect(chi2.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(chi2[i] - value)).toBeLessThan(3e-5 + 2e-6 * Math.abs(value));
  });
}

const never = () => {
  throw new Error("a point was not looked up");
};

describe("points in no order", () => {
  it.each(cases)("are looked up in tables %s as their formula says", (title, likelihood) => {
    const columns = title === "of several exponents" ? [...names, "exponent_x"] : names;
    const points = new ScatteredPoints(tablesProblem, likelihood);
    const row = fc.tuple(
      ...columns.map((name) => {
        const [min, max] = range(name);
        return fc.double({ min, max, noNaN: true });
      }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const values = Float64Array.from(rows.flat());
        const list: PointList = { kind: "list", names: columns, values };
        const chi2 = new Float64Array(5 * rows.length);
        points.evaluate(list, 0, rows.length, chi2, never);
        const expected = rows.flatMap((own) => {
          return plainLookUp(
            likelihood,
            Object.fromEntries(columns.map((name, i) => [name, own[i]])),
          );
        });
        expectNear(chi2, expected);
      }),
      { numRuns: 25 },
    );
  });

  it.each(cases)(
    "of a grid have the same bits whatever part is asked for: tables %s",
    (title, likelihood) => {
      const columns = ["eps_emu_d", "sin2_theta_w", "sigma_scale"];
      if (title === "of several exponents") columns.push("exponent_x");
      const points = new ScatteredPoints(tablesProblem, likelihood);
      const shuffled = fc.shuffledSubarray(columns, { minLength: 1 });
      const grid = shuffled.chain((own) =>
        fc.tuple(
          ...own.map((parameter) => {
            const [from, to] = range(parameter);
            return fc
              .integer({ min: 2, max: own.length > 2 ? 9 : 40 })
              .map((n): GridAxis => ({ parameter, from, to, points: n }));
          }),
        ),
      );
      fc.assert(
        fc.property(grid, fc.nat(), fc.nat(), (axes, a, b) => {
          const size = gridSize(axes);
          const read = (start: number, count: number) => {
            const chi2 = new Float64Array(count * 5);
            points.reduce(axes, start, count, (first, run, values) => {
              for (let i = 0; i < run; i++) {
                for (let k = 0; k < 5; k++) {
                  const from = k * values.combinationStride + i;
                  chi2[(first - start + i) * 5 + k] = values.chi2[from];
                }
              }
            });
            return chi2;
          };
          const whole = read(0, size);
          const [start, end] = [a % size, b % size].sort((x, y) => x - y);
          expect(read(start, end - start)).toEqual(whole.slice(5 * start, 5 * end));
          expect(read(end, 1)).toEqual(whole.slice(5 * end, 5 * end + 5));
          let rest = end;
          const point = [...axes].reverse().map((axis) => {
            const value = axisValue(axis, rest % axis.points);
            rest = Math.floor(rest / axis.points);
            return [axis.parameter, value];
          });
          const expected = plainLookUp(likelihood, Object.fromEntries(point));
          expectNear(whole.slice(5 * end, 5 * end + 5), expected);
        }),
        { numRuns: 25 },
      );
    },
  );
});
