import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parameterIndex } from "../../src/model/parameters.js";
import { runScan, type ScanOptions } from "../../src/study/run-scan.js";
import { evaluated, scanOf } from "./scans.js";

const plane = scanOf(
  "{version: 1, analysis: liao-2024, axes: [{parameter: eps_ee_d, from: -0.5, to: 0.8, points: 15}, {parameter: eps_mumu_d, from: -0.3, to: 0.7, points: 13}]}",
);
const line = scanOf(
  "{version: 1, analysis: liao-2024, axes: [{parameter: sin2_theta_w, from: 0.1, to: 0.4, points: 9}]}",
);

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "nsiscan-study-"));
});
afterEach(() => rmSync(work, { recursive: true }));

const run = async (scan = plane, options: Partial<ScanOptions> = {}) => {
  const outcome = await runScan(scan, { folder: join(work, "result"), threads: 1, ...options });
  if (outcome.kind !== "result") throw new Error(`no result, but ${outcome.kind}`);
  return outcome;
};
const read = (name: string) => readFileSync(join(work, "result", name));
const json = (name: string) => JSON.parse(read(name).toString("utf8"));

describe("a scan", () => {
  it("of a plane leaves a complete result folder and nothing else", async () => {
    const { findings, provenance } = await run();
    expect(readdirSync(work)).toEqual(["result"]);
    expect(readdirSync(join(work, "result")).sort()).toEqual([
      "chi2.csv",
      "chi2.zarr",
      "contours.csv",
      "contours.json",
      "figure.pdf",
      "figure.png",
      "figure.svg",
      "minima.json",
      "provenance.json",
      "regions.json",
      "scan.yaml",
      "warnings.json",
    ]);
    expect(read("figure.svg").toString("utf8")).toContain("<svg");
    expect(read("figure.pdf").subarray(0, 5).toString("latin1")).toBe("%PDF-");
    expect(read("figure.png").subarray(1, 4).toString("latin1")).toBe("PNG");
    expect(scanOf(read("scan.yaml").toString("utf8"))).toEqual(plane);
    const { files, ...record } = json("provenance.json");
    expect(files).toEqual(
      readdirSync(join(work, "result"))
        .filter((name) => name !== "provenance.json")
        .sort(),
    );
    expect(record).toEqual(provenance);
    expect(provenance).toMatchObject({ points: 195, engine: "cpu" });
    expect(Object.keys(provenance.data_sha256)).toEqual(["csi", "lar", "ge"]);
    expect(json("minima.json")).toEqual(JSON.parse(JSON.stringify(findings.minima)));
    const [header, first] = read("chi2.csv").toString("utf8").split("\n");
    expect(header).toBe("eps_ee_d,eps_mumu_d,chi2_csi,chi2_lar,chi2_ge,chi2_csi+lar+ge");
    const { chi2 } = await evaluated(plane);
    expect(first.split(",").map(Number)).toEqual([
      -0.5,
      -0.3,
      ...Array.from(chi2.subarray(0, 4), (value) => expect.closeTo(value, 8)),
    ]);
  });

  it("of a line has intervals and no contours", async () => {
    await run(line);
    expect(readdirSync(join(work, "result"))).not.toContain("contours.json");
    const [csi] = json("regions.json");
    expect(csi).toMatchObject({ combination: "csi", reference: { kind: "joint" } });
    expect(csi.levels[0].intervals[0]).toEqual({
      lower: expect.any(Number),
      upper: expect.any(Number),
      lowerIsEdge: false,
      upperIsEdge: false,
    });
  });

  it("holds fixed parameters where the scan says", async () => {
    const fixed = { ...line.fixed, sigma_scale: 0 };
    const { findings } = await run({ ...line, fixed });
    // Without signal χ² knows nothing of the weak charge: that of no CEvNS, 230.24, everywhere.
    const [csi] = findings.minima as { minima: { chi2: number }[] }[];
    expect(csi.minima[0].chi2).toBeCloseTo(230.239, 3);
    const base = (await evaluated({ ...line, fixed })).base;
    expect(base[parameterIndex("sigma_scale")]).toBe(0);
  });

  it("replaces a result only with force, and only a result", async () => {
    await run();
    const before = read("provenance.json");
    await expect(run()).rejects.toMatchObject({ code: "result-exists", exitStatus: 2 });
    expect(read("provenance.json")).toEqual(before);
    await run(line, { force: true });
    expect(json("provenance.json").points).toBe(9);
    rmSync(join(work, "result", "provenance.json"));
    await expect(run(plane, { force: true })).rejects.toMatchObject({ code: "not-a-result" });
  });
});

describe("a scan that cannot be finished", () => {
  const nothingWritten = () => expect(readdirSync(work)).toEqual([]);
  const neverStarts = {
    onStart: () => {
      throw new Error("the work began");
    },
  };

  it("is refused before the work: titles that cannot be typeset", async () => {
    const titled = (title: string) => ({ ...plane, figure: { ...plane.figure, title } });
    await expect(run(titled("日本"), neverStarts)).rejects.toMatchObject({
      code: "untypesettable",
    });
    await expect(run(titled("$\\foo$"), neverStarts)).rejects.toMatchObject({ code: "bad-tex" });
    nothingWritten();
  });

  it("is refused before the work: more points than memory", async () => {
    const axes = plane.axes.map((axis) => ({ ...axis, points: 1_000_000 }));
    await expect(run({ ...plane, axes }, neverStarts)).rejects.toMatchObject({
      code: "not-enough-memory",
      exitStatus: 3,
      message: expect.stringMatching(/1000000000000 points .* GiB .* Scan fewer points/),
    });
    nothingWritten();
  });

  it("is refused before the work: a folder that cannot be written", async () => {
    const folder = join(work, "a".repeat(300));
    await expect(run(plane, { ...neverStarts, folder })).rejects.toMatchObject({
      code: "cannot-write",
      exitStatus: 3,
      message: expect.stringContaining(folder),
    });
    nothingWritten();
  });

  it("leaves nothing when it is aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const options = { signal: controller.signal, onStart: () => controller.abort(reason) };
    await expect(run(plane, options)).rejects.toBe(reason);
    nothingWritten();
  });

  it("keeps its tiles when something comes in the way of its result meanwhile", async () => {
    const folder = join(work, "deep", "er", "result");
    const onStart = () => writeFileSync(folder, "in the way");
    await expect(run(plane, { folder, onStart })).rejects.toMatchObject({ exitStatus: 2 });
    expect(readdirSync(join(work, "deep", "er"))).toEqual(["result", "result.journal"]);
    rmSync(folder);
    let worked = 0;
    const onResume = ({ points }: { points: number }) => {
      worked = points;
    };
    await run(plane, { folder, resume: true, onResume });
    expect(worked).toBe(195);
    expect(readdirSync(join(work, "deep", "er"))).toEqual(["result"]);
  });
});
