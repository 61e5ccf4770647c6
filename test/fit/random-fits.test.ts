import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type BruteForce, bruteForce } from "../../scripts/fit-brute-force/brute-force.js";
import { commandLine, type RandomFit } from "../../scripts/fit-brute-force/cases.js";
import { differences } from "../../scripts/fit-brute-force/compare.js";
import { likelihoodOf, startPoint } from "../../scripts/fit-brute-force/objective.js";
import { type Report, readReport } from "../../scripts/fit-brute-force/program.js";
import { readStored } from "../../scripts/fit-brute-force/stored.js";
import { checkCertain, fitJson, runFit } from "../../src/cli/fit-report.js";
import { ChiSquare } from "../../src/fit/chi-square.js";

// What brute force found of random fits; the commands that made it are in scripts/fit-brute-force/README.md.
const stored = readStored(fileURLToPath(new URL("random-fits.json", import.meta.url)));
const named = stored.map((one) => [commandLine(one.fit).join(" "), one] as const);

/** What a fit would print that finds the same. */
function asReport({ chi2, intervals }: BruteForce): Report {
  return {
    chi2,
    parameters: {},
    intervals: intervals.map(({ name, ranges, minima: [lowest, ...minima] }) => ({
      name,
      value: lowest.value,
      valueIsEdge: lowest.isEdge,
      ranges: [...ranges],
      minima,
    })),
  };
}

const oneFree = (name: string, lower: number, upper: number, level: string): RandomFit => ({
  analysis: "liao-2024",
  options: {},
  hold: {},
  at: {},
  datasets: ["csi", "lar", "ge"],
  free: [{ name, lower, upper }],
  level,
});

describe("fits of random input", () => {
  it("are sixty, of three analyses, data sets alone and together, and levels", () => {
    const count = (of: (fit: RandomFit) => unknown) =>
      new Set(stored.map(({ fit }) => String(of(fit)))).size;
    expect(stored).toHaveLength(60);
    expect(count(({ analysis }) => analysis)).toBe(3);
    expect(count(({ datasets }) => datasets)).toBeGreaterThan(6);
    expect(count(({ level }) => level)).toBe(5);
  });

  it.each(named)("%s", (_, { fit, brute }) => {
    const analysis = likelihoodOf(fit);
    const chi2 = new ChiSquare(analysis, fit.datasets);
    const extras = { impacts: false, correlations: false };
    const free = [...fit.free];
    const found = runFit(chi2, startPoint(fit), free, brute.level, extras);
    checkCertain(found); // or the exit status would be 4
    const report = readReport(fitJson(found, analysis, fit.level));
    expect(differences(fit, report, brute)).toEqual([]);
  });
});

describe("brute force", () => {
  const quick = named.filter(
    ([, { fit }]) => fit.analysis === "liao-2024" && fit.free.length === 1,
  );

  it.each(quick.slice(0, 6))("finds the same with other random starts: %s", (_, { fit, brute }) => {
    expect(differences(fit, asReport(bruteForce(fit, 12345).result), brute)).toEqual([]);
  });

  it("finds both ranges of ε^u_ee at 90 %, which a scan of 4001 points finds too", () => {
    const [{ ranges }] = bruteForce(oneFree("eps_ee_u", -1.5, 1.5, "90%"), 1).result.intervals;
    expect(ranges.map(({ lower, upper }) => [lower.toFixed(4), upper.toFixed(4)])).toEqual([
      ["-0.0438", "0.0804"],
      ["0.3187", "0.4256"],
    ]);
  });

  it("minimises over ε^u_ee where ε^d_ee is held far along the valley", () => {
    const { lower, upper } = oneFree("eps_ee_u", -1.5, 1.5, "90%").free[0];
    const fit = {
      ...oneFree("eps_ee_d", -1.5, 1.5, "90%"),
      free: ["eps_ee_d", "eps_ee_u"].map((name) => ({ name, lower, upper })),
    };
    const { probe } = bruteForce(fit, 1);
    // χ² of ε^d_ee minimised over ε^u_ee, by a scan of the plane.
    for (const [value, chi2] of [
      [-1.166, 221.8242],
      [-0.5, 222.14],
      [0, 222.49],
      [0.5, 222.64],
    ]) {
      expect(Math.abs(probe(0, value) - chi2)).toBeLessThan(6e-3);
    }
  });
});

describe("the comparison", () => {
  const twoRanges = stored.find(({ brute }) =>
    brute.intervals.some(({ ranges }) => ranges.length > 1 && !ranges[0].upperIsEdge),
  );
  if (!twoRanges) throw new Error("no stored fit has two ranges");
  const { fit, brute } = twoRanges;
  const k = brute.intervals.findIndex(({ ranges }) => ranges.length > 1);
  const changed = (change: (interval: Report["intervals"][number]) => object) => {
    const report = asReport(brute);
    const intervals = report.intervals.map((interval, i) =>
      i === k ? { ...interval, ...change(interval) } : interval,
    );
    return differences(fit, { ...report, intervals }, brute);
  };

  it("finds nothing in what is the same", () => {
    expect(changed(() => ({}))).toEqual([]);
  });

  it.each([
    ["a range that is left out", { ranges: (list: object[]) => list.slice(1) }],
    ["an end that is off", { ranges: ([a, ...b]: object[]) => [{ ...a, upper: 0.77 }, ...b] }],
    [
      "an edge that is none",
      { ranges: ([a, ...b]: object[]) => [{ ...a, upperIsEdge: true }, ...b] },
    ],
  ])("finds %s", (_, { ranges }) => {
    expect(changed((interval) => ({ ranges: ranges(interval.ranges) }))).toHaveLength(1);
  });

  it("finds an edge that is not said", () => {
    const edge = fit.free[k].upper;
    expect(
      changed(({ minima }) => ({
        minima: [...minima, { ...minima[0], value: edge, isEdge: false }],
      })),
    ).toHaveLength(1);
  });

  it("finds a minimum that is left out, and one that is too high", () => {
    expect(changed(() => ({ minima: [] })).join()).toContain("no minimum");
    expect(differences(fit, { ...asReport(brute), chi2: brute.chi2 + 0.01 }, brute)).toHaveLength(
      1,
    );
  });
});
