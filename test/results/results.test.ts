import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import * as zarr from "zarrita";
import { axisValue } from "../../src/engine/points.js";
import { csvNumber } from "../../src/results/csv-number.js";
import { toJson } from "../../src/results/json.js";
import { type Results, writeResults } from "../../src/results/results.js";
import { writeZarr } from "../../src/results/zarr.js";
import { resolveScan } from "../../src/scan/resolve.js";
import { catalogue } from "../scan/catalogue.js";
import { exampleChi2, exampleResults } from "./example.js";

const parent = mkdtempSync(join(tmpdir(), "nsiscan-results-"));
const folder = join(parent, "deep", "example");
const results = exampleResults();
const text = (name: string) => readFileSync(join(folder, name), "utf8");
const json = (name: string) => JSON.parse(text(name));

beforeAll(() => writeResults(folder, results));

/** Every file below a folder with a digest of its bytes. */
function digests(of: string): Record<string, string> {
  const files = readdirSync(of, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(of, file)).isFile())
      .map((file) => [
        file,
        createHash("sha256")
          .update(readFileSync(join(of, file)))
          .digest("hex"),
      ]),
  );
}

describe("a result folder", () => {
  it("holds what was promised and nothing else", () => {
    expect(readdirSync(folder).sort()).toEqual([
      "chi2.csv",
      "chi2.zarr",
      "contours.csv",
      "contours.json",
      "figure.svg",
      "minima.json",
      "provenance.json",
      "regions.json",
      "scan.yaml",
      "warnings.json",
    ]);
    expect(readdirSync(join(parent, "deep"))).toEqual(["example"]);
    expect(text("figure.svg")).toBe("<svg/>\n");
  });

  it("has the scan with every default, which runs as a scan again", () => {
    expect(resolveScan(text("scan.yaml"), "scan.yaml", catalogue)).toEqual(results.scan);
  });

  it("says where it comes from", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(json("provenance.json")).toMatchObject({
      nsiscan: version,
      node: process.version,
      engine: "cpu",
      device: "2 worker threads, float64",
      description_sha256: "ab".repeat(32),
      data_sha256: { "csi-2022.json": "cd".repeat(32) },
      started: "2026-11-21T12:00:00.000Z",
      wall_seconds: 0.1235,
      points: 35,
      points_per_second: 283.5,
    });
  });

  it("has contours, regions and minima as they were given", () => {
    expect(json("contours.json")).toEqual(results.contours);
    expect(json("regions.json")).toEqual(results.regions);
    expect(json("minima.json")).toEqual(results.minima);
    expect(text("contours.json")).toContain("[ 0.1, 0 ]");
    const [head, ...rows] = text("contours.csv").trim().split("\n");
    expect(head).toBe("x_parameter,y_parameter,combination,level,line,closed,x,y");
    expect(rows).toHaveLength(6);
    expect(rows[1]).toBe("eps_ee_d,eps_ee_u,csi,90%,0,false,0.5,0.333333333333");
    expect(rows[5]).toBe("eps_ee_d,eps_ee_u,csi,90%,1,true,0,0");
  });

  it("is the same, byte for byte, for the same numbers", async () => {
    const again = join(parent, "again");
    await writeResults(again, exampleResults());
    expect(digests(again)).toEqual(digests(folder));
  });
});

describe("the CSV grid", () => {
  it("has a row per point, with its coordinates and the χ² of each combination", () => {
    const [head, ...rows] = text("chi2.csv").trim().split("\n");
    expect(head).toBe("eps_ee_d,eps_ee_u,chi2_csi,chi2_csi+lar+ge");
    expect(rows).toHaveLength(35);
    const [x, y] = results.scan.axes;
    rows.forEach((row, i) => {
      const values = row.split(",").map(Number);
      const point = [axisValue(x, Math.floor(i / 5)), axisValue(y, i % 5)] as const;
      const expected = [...point, exampleChi2(...point, 0), exampleChi2(...point, 1)];
      for (const [k, value] of expected.entries()) expect(values[k]).toBeCloseTo(value, 8);
    });
  });

  it("keeps 12 significant digits of any number", () => {
    expect(csvNumber(1 / 3)).toBe("0.333333333333");
    expect(csvNumber(-0.1)).toBe("-0.1");
    expect(csvNumber(Number.POSITIVE_INFINITY)).toBe("inf");
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const error = Math.abs(Number(csvNumber(value)) - value);
        expect(error).toBeLessThanOrEqual(5.1e-12 * Math.abs(value) + Number.MIN_VALUE);
      }),
    );
  });
});

describe("the Zarr grid", () => {
  const open = async (path: string, name: string) => {
    const group = await zarr.open.v3(new FileSystemStore(path), { kind: "group" });
    return zarr.open.v3(group.resolve(name), { kind: "array" });
  };

  it("has an array per combination and per axis, with names of dimensions and units", async () => {
    const path = join(folder, "chi2.zarr");
    const group = await zarr.open.v3(new FileSystemStore(path), { kind: "group" });
    expect(group.attrs).toMatchObject({
      analysis: "liao-2024",
      reference: "joint",
      title: "Figure 7, ε^d_ee",
      description_sha256: "ab".repeat(32),
    });
    const xs = await zarr.get(await open(path, "eps_ee_d"));
    const ys = await zarr.get(await open(path, "eps_ee_u"));
    expect([...(xs.data as Float64Array)].at(-1)).toBe(1.2);
    for (const [k, { name }] of results.scan.combinations.entries()) {
      const array = await open(path, name);
      expect(array.shape).toEqual([7, 5]);
      expect(array.dtype).toBe("float64");
      expect(array.dimensionNames).toEqual(["eps_ee_d", "eps_ee_u"]);
      expect(array.attrs).toMatchObject({ units: "1", symbol: "\\chi^2" });
      const { data, stride } = await zarr.get(array);
      for (let i = 0; i < 7; i++) {
        for (let j = 0; j < 5; j++) {
          const [x, y] = [(xs.data as Float64Array)[i], (ys.data as Float64Array)[j]];
          const value = (data as Float64Array)[i * stride[0] + j * stride[1]];
          expect(value).toBe(exampleChi2(x, y, k));
        }
      }
    }
  });

  it("of more than a chunk reads back whole, in three dimensions", async () => {
    const axis = (parameter: string, points: number) => ({ parameter, from: 0, to: 1, points });
    const axes = [axis("eps_ee_u", 40), axis("eps_ee_d", 181), axis("eps_emu_d", 301)];
    const combinations = results.scan.combinations;
    const scan = { ...results.scan, axes };
    const chi2 = Float64Array.from({ length: 40 * 181 * 301 * 2 }, (_, i) => Math.sqrt(i));
    const path = join(parent, "large.zarr");
    await writeZarr(path, { scan, chi2 }, {});
    for (const [k, { name }] of combinations.entries()) {
      const array = await open(path, name);
      expect(array.chunks).toEqual([19, 181, 301]);
      const { data } = await zarr.get(array);
      const expected = chi2.filter((_, i) => i % 2 === k);
      expect(
        Buffer.compare(Buffer.from((data as Float64Array).buffer), Buffer.from(expected.buffer)),
      ).toBe(0);
    }
  });

  it("refuses χ² that is not the size of the grid", async () => {
    const short: Results = { ...results, chi2: results.chi2.slice(1) };
    await expect(writeResults(join(parent, "short"), short)).rejects.toThrow(
      "69 values in place of 70",
    );
    expect(readdirSync(parent)).not.toContain("short");
  });
});

describe("JSON", () => {
  it("says what was given, and refuses numbers that it cannot say", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(toJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(toJson({ a: Float64Array.of(1, 2) })).toBe('{\n  "a": [ 1, 2 ]\n}\n');
    expect(() => toJson({ chi2: Number.NaN })).toThrow('"chi2" is NaN');
    expect(() => toJson([Number.POSITIVE_INFINITY])).toThrow("Infinity");
  });
});
