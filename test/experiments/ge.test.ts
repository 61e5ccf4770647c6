import { describe, expect, it } from "vitest";
import { loadGeData } from "../../src/experiments/data/load.js";
import { allTimes, cleanColumns, geTarget, projectedTimes } from "../../src/experiments/ge.js";
import { signalTemplates } from "../../src/experiments/templates.js";
import { formFactor } from "../../src/physics/form-factor.js";
import { NUCLEI } from "../../src/physics/nuclei.js";
import { relativeError } from "../physics/relative-error.js";
import { componentsOf, exposure, recoilIntegral } from "./brute-force.js";

const data = loadGeData();
const options = { formFactor: formFactor({ name: "klein-nystrand" }), exponents: [2] };

/** keVee of a recoil in MeV (L24 eq. 6) and its inverse by bisection. */
function ionisation(recoil: number): number {
  const keV = 1000 * recoil;
  const epsilon = 11.5 * 32 ** (-7 / 3) * keV;
  const kg = 0.157 * (3 * epsilon ** 0.15 + 0.7 * epsilon ** 0.6 + epsilon);
  return (keV * kg) / (1 + kg);
}

function recoilOf(energy: number): number {
  let [low, high] = [0, 0.5];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (ionisation(middle) < energy) low = middle;
    else high = middle;
  }
  return low;
}

/** Events over Q² in an energy range, every neutrino energy and recoil integrated. */
function events(flavour: "e" | "mu", low: number, high: number): number {
  const nuclei = exposure(0.096, 1, 19.2, 2.09e23, 72.7);
  const [from, to] = [recoilOf(low), recoilOf(high)];
  const inside = (recoil: number) => (recoil >= from && recoil < to ? 1 : 0);
  const cuts = [0, from, (from + to) / 2, to];
  return componentsOf(flavour).reduce(
    (total, flux) => total + nuclei * recoilIntegral(NUCLEI.Ge, flux, inside, cuts),
    0,
  );
}

describe("geTarget", () => {
  it("counts as the double integral between inverted edges does, gaps included", () => {
    const target = geTarget(data, [[[1.5, 3.5]], [[11.5, 13.5]], data.response.fitRange], allTimes);
    const { values, bins } = signalTemplates(target, options);
    for (const [row, flavour] of (["e", "mu"] as const).entries()) {
      const expected = [
        events(flavour, 1.5, 3.5),
        events(flavour, 11.5, 13.5),
        events(flavour, 1.5, 8.5) + events(flavour, 11, 20),
      ];
      for (const [bin, count] of expected.entries()) {
        expect(relativeError(values[row * bins + bin], count)).toBeLessThan(1e-9);
      }
    }
  });

  it("expects 35.2 events in 1.5–20 keVee within 3 % (L24), 35.59574343 by our own second route", () => {
    const target = geTarget(data, [[[1.5, 20]]], allTimes);
    const { values } = signalTemplates(target, options);
    const charge2 = ((0.5 - 2 * 0.238) * 32 - 0.5 * 40.7) ** 2;
    const count = charge2 * (values[0] + values[1]);
    expect(relativeError(count, 35.2)).toBeLessThan(0.03);
    expect(count).toBeCloseTo(35.59574343, 7);
  });

  it("has half-open bins: a recoil on an edge is in the upper bin alone", () => {
    const { response } = geTarget(data, [[[2, 4]], [[4, 6]]], allTimes);
    expect(response.breakpoints).toHaveLength(3);
    const at = (recoil: number) => {
      const out = new Float64Array(2);
      response.accept(recoil, out);
      return [...out];
    };
    const [bottom, middle, top] = response.breakpoints;
    expect([bottom, middle, top].map(at)).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(at(bottom * (1 - 1e-12))).toEqual([0, 0]);
    expect(at(middle * (1 - 1e-12))).toEqual([1, 0]);
    expect(ionisation(middle)).toBeCloseTo(4, 12);
  });

  it("takes energies beyond every recoil: they add nothing", () => {
    const target = geTarget(data, [[[10, 5000]], [[10, 100]], [[600, 5000]]], allTimes);
    const { values } = signalTemplates(target, options);
    expect(values[0]).toBe(values[1]);
    expect(values[2]).toBe(0);
  });
});

describe("the time projection", () => {
  it("gives each class a distribution of its own over 17 bins, normalised to one", () => {
    const times = projectedTimes(data);
    for (const timing of ["prompt", "delayed"] as const) {
      const fractions = times(timing);
      expect(fractions).toHaveLength(17);
      expect(fractions.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
      const { [timing]: curve } = data.timeProjection;
      expect(fractions[3] / fractions[0]).toBeCloseTo(curve[3] / curve[0], 14);
    }
    expect(times("prompt")).not.toEqual(times("delayed"));
    expect([...allTimes()]).toEqual([1]);
  });
});

describe("cleanColumns", () => {
  it("are the seven columns wholly inside the fit range", () => {
    const { ranges, on, off } = cleanColumns(data);
    expect(ranges.map(([low]) => low)).toEqual([1.5, 3.5, 5.5, 11.5, 13.5, 15.5, 17.5]);
    expect(ranges.map(([low, high]) => high - low)).toEqual([2, 2, 2, 2, 2, 2, 2]);
    for (const [counts, rows] of [
      [on, data.onBeam],
      [off, data.offBeam],
    ] as const) {
      const expected = [0, 1, 2, 5, 6, 7, 8].map((c) => rows.reduce((n, row) => n + row[c], 0));
      expect([...counts]).toEqual(expected);
    }
  });

  it("leaves out a column that only touches the range", () => {
    const fitRange = [[1.6, 7.5] as [number, number]];
    const narrower = { ...data, response: { ...data.response, fitRange } };
    expect(cleanColumns(narrower).ranges.map(([low]) => low)).toEqual([3.5, 5.5]);
  });
});
