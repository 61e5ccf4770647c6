import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as zarr from "zarrita";
import type { FlatRange } from "../../src/engine/engine.js";
import { axisValues, gridSize } from "../../src/engine/points.js";
import type { GridProfiles } from "../../src/engine/profiles.js";
import { createEngine } from "../../src/engine/registry.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { parameterIndex } from "../../src/model/parameters.js";
import type { ResolvedScan } from "../../src/scan/scan.js";
import { auditRun } from "../../src/study/audit-run.js";
import { gridResults } from "../../src/study/grid-results.js";
import { prepareScan } from "../../src/study/prepare.js";
import { publishGrid } from "../../src/study/publish-grid.js";
import { scanOf } from "./scans.js";

const work = mkdtempSync(join(tmpdir(), "nsiscan-grid-"));
afterAll(() => rmSync(work, { recursive: true }));

const scan = scanOf(`
version: 1
name: three
analysis: liao-2024
store_grid: true
reference: separate
axes:
  - { parameter: eps_ee_d, from: -0.5, to: 0.8, points: 14 }
  - { parameter: eps_mumu_d, from: -0.3, to: 0.7, points: 11 }
  - { parameter: eps_mutau_d, from: -0.2, to: 0.3, points: 6 }
combinations: [csi, lar, ge, csi+lar+ge]
planes: [[eps_mumu_d, eps_ee_d], [eps_ee_d, eps_mutau_d]]
levels: [90%]
`);

const folder = join(work, "three");
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const json = (name: string) => JSON.parse(read(name));

let profiles: GridProfiles;
let chi2: Float64Array;
let outcome: Awaited<ReturnType<typeof publishGrid>>;

/** Profiles of a scan, looked up or exact, and what publishes them. */
async function evaluate(of: ResolvedScan, mode: "tables" | "exact" = "exact") {
  const prepared = prepareScan(of);
  const { axes } = of;
  const engine = await createEngine("cpu", prepared.problem, { threads: 1, axes, mode });
  const made = await engine.profiles(axes);
  const audit = await auditRun(engine, prepared.problem, axes, made);
  const points = ({ start, count }: FlatRange) =>
    engine.evaluate({ kind: "grid", axes, start, count });
  const run = { engine, started: new Date(0), wallSeconds: 1, route: { name: mode }, audit };
  return { prepared, made, points, run };
}

beforeAll(async () => {
  const { prepared, made, points, run } = await evaluate(scan, "tables");
  profiles = made;
  chi2 = await points({ start: 0, count: gridSize(scan.axes) });
  outcome = await publishGrid(prepared, made, run, folder, { evaluate: points });
});

describe("the result of a scan of three axes", () => {
  it("has a file for everything and nothing else", () => {
    const figures = ["eps_mumu_d-eps_ee_d", "eps_ee_d-eps_mutau_d"].concat(
      scan.axes.map(({ parameter }) => parameter),
    );
    expect(readdirSync(folder).sort()).toEqual(
      [
        "best.json",
        "chi2.zarr",
        "contours.csv",
        "contours.json",
        ...figures.flatMap((name) => ["pdf", "png", "svg"].map((end) => `figure-${name}.${end}`)),
        "minima.json",
        ...figures.map((name) => `profile-${name}.csv`),
        "profiles.zarr",
        "provenance.json",
        "regions.json",
        "scan.yaml",
        "warnings.json",
      ].sort(),
    );
    expect(readdirSync(work)).toEqual(["three"]);
    expect(scanOf(read("scan.yaml"))).toEqual(scan);
    expect(read("figure-eps_mumu_d-eps_ee_d.svg")).toContain("<svg");
    expect(read("figure-eps_ee_d.svg")).toContain("<svg");
  });

  it("says how it was made and what the audit found", () => {
    expect(json("provenance.json")).toMatchObject({
      engine: "cpu",
      route: "tables",
      points: 14 * 11 * 6,
      audit: { points: expect.any(Number), largest_deviation: expect.any(Number) },
    });
    expect(json("provenance.json").audit.largest_deviation).toBeLessThan(1e-3);
  });

  it("has χ² of the whole grid, as the engine evaluates it", async () => {
    const group = await zarr.open.v3(new FileSystemStore(join(folder, "chi2.zarr")), {
      kind: "group",
    });
    const array = await zarr.open.v3(group.resolve("csi+lar+ge"), { kind: "array" });
    const { data, shape } = await zarr.get(array);
    expect(shape).toEqual([14, 11, 6]);
    expect(data).toEqual(chi2.filter((_, i) => i % 4 === 3));
  });

  it("has profiles of planes, turned as the scan names them, with the place of each minimum", async () => {
    const [header, ...rows] = read("profile-eps_mumu_d-eps_ee_d.csv").trim().split("\n");
    expect(header).toBe(
      "eps_mumu_d,eps_ee_d,chi2_csi,chi2_lar,chi2_ge,chi2_csi+lar+ge,index_csi,index_lar,index_ge,index_csi+lar+ge",
    );
    expect(rows).toHaveLength(14 * 11);
    const [ee, mumu] = scan.axes.map((axis) => [...axisValues(axis)]);
    rows.forEach((row, at) => {
      const [x, y, csi, , , , index] = row.split(",").map(Number);
      const [j, i] = [Math.floor(at / 14), at % 14];
      expect([x, y]).toEqual([expect.closeTo(mumu[j], 10), expect.closeTo(ee[i], 10)]);
      const hidden = Array.from({ length: 6 }, (_, k) => (i * 11 + j) * 6 + k);
      const values = hidden.map((point) => chi2[4 * point]);
      expect(csi).toBeCloseTo(Math.min(...values), 3);
      expect(hidden).toContain(index);
      expect(chi2[4 * index]).toBeCloseTo(Math.min(...values), 3);
    });
    const root = await zarr.open.v3(new FileSystemStore(join(folder, "profiles.zarr")), {
      kind: "group",
    });
    const plane = root.resolve("eps_mumu_d-eps_ee_d");
    const array = await zarr.open.v3(plane.resolve("csi"), { kind: "array" });
    expect(array.dimensionNames).toEqual(["eps_mumu_d", "eps_ee_d"]);
    const { data } = await zarr.get(array);
    expect((data as Float64Array)[17]).toBeCloseTo(Number(rows[17].split(",")[2]), 8);
    const line = await zarr.open.v3(root.resolve("eps_mutau_d/csi.index"), { kind: "array" });
    expect((await zarr.get(line)).data).toEqual(profiles.lines[2][0].index);
  });

  it("has minima over all axes, off the grid, below every point of it", () => {
    const prepared = prepareScan(scan);
    for (const [k, { combination, minima }] of json("minima.json").entries()) {
      const own = new ChiSquare(prepared.analysis, scan.combinations[k].datasets);
      expect(combination).toBe(scan.combinations[k].name);
      expect(minima.length).toBeGreaterThan(0);
      const lowest = Math.min(...chi2.filter((_, i) => i % 4 === k));
      expect(minima[0].chi2).toBeLessThan(lowest + 1e-9);
      for (const { point, chi2: value } of minima) {
        const at = prepared.base.slice();
        for (const { parameter, from, to } of scan.axes) {
          expect(point[parameter]).toBeGreaterThanOrEqual(from);
          expect(point[parameter]).toBeLessThanOrEqual(to);
          at[parameterIndex(parameter)] = point[parameter];
        }
        expect(own.value(at)).toBeCloseTo(value, 8);
        // Stationary, but for the bounds.
        const gradient = own.gradient(at);
        for (const { parameter, from, to } of scan.axes) {
          const slope = gradient[parameterIndex(parameter)];
          const free = point[parameter] > from + 1e-9 && point[parameter] < to - 1e-9;
          if (free) expect(Math.abs(slope)).toBeLessThan(0.01);
        }
      }
    }
    const best = json("best.json")[3];
    expect(best.grid.chi2).toBeCloseTo(profiles.best[3].chi2, 10);
    const [a, b, c] = best.grid.places;
    expect((a * 11 + b) * 6 + c).toBe(best.grid.index);
    expect(best.minimum.chi2).toBe(json("minima.json")[3].minima[0].chi2);
  });

  it("measures Δχ² from the sum of each data set's own minimum over all axes", () => {
    const { references, planes, lines } = json("regions.json");
    const minima = json("minima.json");
    const sum = [0, 1, 2].reduce((total, k) => total + minima[k].minima[0].chi2, 0);
    expect(references[3]).toMatchObject({ kind: "separate", value: expect.closeTo(sum, 9) });
    expect(planes.map(({ plane }: { plane: string[] }) => plane)).toEqual(scan.planes);
    expect(planes[0].combinations[3].reference.value).toBeCloseTo(sum, 9);
    expect(minima[3].minima[0].deltaChi2).toBeCloseTo(minima[3].minima[0].chi2 - sum, 9);
    // CsI's interval of ε^d_ee has its profile at the level at both ends.
    const [{ combinations }] = lines;
    const [{ deltaChi2, intervals }] = combinations[0].levels;
    const height = references[0].value + deltaChi2;
    const x = axisValues(scan.axes[0]);
    const { chi2: profile } = profiles.lines[0][0];
    for (const end of intervals.flatMap((one: { lower: number; upper: number }) => [
      one.lower,
      one.upper,
    ])) {
      if (end === null) continue;
      const i = x.findIndex((value) => value >= end);
      const t = (end - x[i - 1]) / (x[i] - x[i - 1]);
      expect((1 - t) * profile[i - 1] + t * profile[i]).toBeCloseTo(height, 6);
    }
  });

  it("has contours of every plane", () => {
    const planes = json("contours.json").map(({ plane }: { plane: string[] }) => plane.join());
    expect([...new Set(planes)]).toEqual(scan.planes.map((plane) => plane.join()));
  });

  it("tells what it found, a line for each combination", () => {
    expect(outcome.findings.summary).toHaveLength(5);
    expect(outcome.findings.summary[1][0]).toBe("csi");
  });
});

describe("a grid too coarse for its valleys", () => {
  it("is called that, with the size of the error", async () => {
    const axes = ["eps_ee_u", "eps_mumu_u", "eps_mumu_d"].map((parameter) => {
      return { parameter, from: -1, to: 1, points: 8 };
    });
    const { store_grid: _, ...rest } = scan;
    const coarse = { ...rest, axes, planes: [["eps_ee_u", "eps_mumu_u"]] as const };
    const { prepared, made, run } = await evaluate(coarse);
    const { findings } = await publishGrid(prepared, made, run, join(work, "coarse"), {});
    expect(findings.warnings[0]).toMatch(
      /^Between the grid's points χ² of csi is lower by up to \d/,
    );
  });

  it("cannot be stored without an engine", async () => {
    const { prepared, made, run } = await evaluate(scan);
    const published = publishGrid(prepared, made, run, join(work, "none"), {});
    await expect(published).rejects.toMatchObject({ code: "no-engine-to-store" });
    expect(readdirSync(work)).not.toContain("none");
  });
});

describe("minima of a grid of three axes", () => {
  const coarse = (points: number) =>
    scanOf(`
version: 1
name: coarse
analysis: liao-2024
axes:
  - { parameter: eps_ee_d, from: -5, to: 6, points: ${points} }
  - { parameter: eps_mumu_d, from: -6, to: 5, points: ${points} }
  - { parameter: eps_mutau_d, from: -4, to: 7, points: ${points} }
combinations: [csi+lar+ge]
levels: [90%]
`);

  it("are the same on any grid, two of them within a cell, and none above a value of the grid", async () => {
    const lowest = async (points: number) => {
      const { prepared, made } = await evaluate(coarse(points));
      const { minima } = gridResults(prepared, made);
      const [{ minima: found }] = minima as {
        minima: { chi2: number; deltaChi2: number; onFrame: boolean; point: object }[];
      }[];
      expect(found[0].chi2).toBeLessThanOrEqual(made.best[0].chi2);
      expect(found[0].onFrame).toBe(false);
      return found.filter(({ deltaChi2 }) => deltaChi2 < 4).map(({ deltaChi2 }) => deltaChi2);
    };
    const [few, more] = [await lowest(6), await lowest(13)];
    expect(few.length).toBeGreaterThan(1);
    expect(few).toEqual(more.map((value) => expect.closeTo(value, 3)));
  });
});
