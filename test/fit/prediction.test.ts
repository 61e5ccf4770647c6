import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liao2024 } from "../../src/analysis/liao-2024/index.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { signalCounts } from "../../src/fit/prediction.js";
import { nucleus } from "../../src/physics/nuclei.js";
import { goldenTable } from "../analysis/golden.js";
import { uniform } from "../physics/uniform.js";
import { pointAt } from "./points.js";

const analysis = liao2024.compile();

describe("predicted signal", () => {
  it("is an independent program's in every bin, nucleus and flavour in the Standard Model", () => {
    const golden = new Map<string, number[]>();
    for (const { data_set, block, nucleus, flavour, counts } of goldenTable(
      "liao-2024-predictions.csv",
    )) {
      const key = [data_set === "ge" ? `ge.${block}` : data_set, nucleus, flavour].join();
      golden.set(key, [...(golden.get(key) ?? []), Number(counts)]);
    }
    const found = signalCounts(analysis, pointAt());
    expect(found).toHaveLength(golden.size);
    for (const { term, dataset, charge, counts, total } of found) {
      const expected = golden.get([term, charge.nucleus.toLowerCase(), charge.flavour].join());
      expect([...counts]).toEqual(expected?.map((count) => expect.closeTo(count, 8)));
      expect(total).toBeCloseTo(expected?.reduce((a, b) => a + b, 0) ?? 0, 8);
      expect(term.split(".")[0]).toBe(dataset);
    }
  });

  it("follows the squared charge of its nucleus and flavour (L24 eq. 12)", () => {
    const standard = signalCounts(analysis, pointAt());
    fc.assert(
      fc.property(uniform(-1, 1), uniform(-1, 1), uniform(-1, 1), (u, d, change) => {
        const point = pointAt({ eps_ee_u: u, eps_ee_d: d, eps_mutau_u: change });
        for (const [i, { charge, total }] of signalCounts(analysis, point).entries()) {
          const { Z, N } = nucleus(charge.nucleus);
          const sm = 0.024 * Z - 0.5 * N;
          const squared =
            charge.flavour === "e"
              ? (sm + (2 * u + d) * Z + (u + 2 * d) * N) ** 2
              : sm ** 2 + (2 * change * Z + change * N) ** 2;
          expect(total).toBeCloseTo((standard[i].total * squared) / sm ** 2, 6);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is what the fit starts from: at zero pulls its counts are the expected ones", () => {
    const { expected } = new ChiSquare(analysis).profile(pointAt({ sigma_scale: 0 }));
    for (const { signal } of expected) expect(Math.max(...signal)).toBe(0);
  });

  it("depends on the exponent through its templates too", () => {
    const at = (exponent_x: number) => {
      const scanned = liao2024.compile({}, "scanned");
      return signalCounts(scanned, pointAt({ exponent_x })).map(({ total }) => total);
    };
    const direct = signalCounts(liao2024.compile({}, 1.5), pointAt({ exponent_x: 1.5 }));
    expect(at(1.5)).toEqual(direct.map(({ total }) => expect.closeTo(total, 8)));
    expect(at(2)[0]).toBeGreaterThan(at(1.5)[0]);
  });
});
