import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { goldenTable } from "./golden.js";

const names = PARAMETERS.map(({ name }) => name);
const rows = goldenTable("collaboration-points.csv").map((row) => {
  const point = standardModelPoint();
  for (const [name, value] of Object.entries(row)) {
    if (names.includes(name)) point[parameterIndex(name)] = Number(value);
  }
  return { row, point };
});

/** Column, analysis and its options, data sets, and how near two minimisers and a tabulated onset come. */
const COLUMNS = [
  ["coherent_2022", "coherent-2022", {}, ["csi"], 2e-6],
  ["release_lar", "release", {}, ["lar"], 1e-7],
  ["release_ge", "release", {}, ["ge"], 1e-7],
  ["release", "release", {}, ["csi", "lar", "ge"], 2e-6],
  ["release_lar_shapes", "release", { lar_shapes: true }, ["lar"], 1e-7],
  ["release_shapes", "release", { lar_shapes: true }, ["csi", "lar", "ge"], 2e-6],
  ["independent_lar", "release", { flux: "independent" }, ["lar"], 1e-7],
  ["independent_ge", "release", { flux: "independent" }, ["ge"], 1e-7],
] as const;

describe("χ² at 60 random points is that of the independent program", () => {
  it("which has them", () => expect(rows).toHaveLength(60));

  it.each(COLUMNS)("for %s", (column, analysis, options, datasets, tolerance) => {
    const chi2 = new ChiSquare(analysisNamed(analysis).compile(options), datasets);
    const off = rows.filter(({ row, point }) => {
      return !(Math.abs(chi2.value(point) - Number(row[column])) <= tolerance);
    });
    expect(off.map(({ row }) => row)).toEqual([]);
  });
});
