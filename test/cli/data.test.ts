import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rebuiltRelease, writeFiles } from "../experiments/release.js";
import { nsiscan } from "./nsiscan.js";

let work: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "nsiscan-cli-"));
});

afterEach(() => rmSync(work, { recursive: true }));

describe("nsiscan data show", () => {
  it("lists data sets, sources, files and totals", () => {
    const { status, stdout, stderr } = nsiscan(["data", "show"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("observed 1578, antiCoincidence 1295");
    expect(stdout).toContain("arXiv:2003.10630");
    expect(stdout).toMatch(/on-beam-counts\.csv +[0-9a-f]{64}$/m);
  });

  it("prints the same as JSON", () => {
    const { stdout } = nsiscan(["data", "show", "--json"]);
    const summaries = JSON.parse(stdout) as { dataset: string; totals: Record<string, number> }[];
    expect(summaries.map(({ dataset }) => dataset)).toEqual(["csi", "lar", "ge"]);
    expect(summaries[2].totals).toEqual({ onBeam: 236, offBeam: 212 });
  });

  it("refuses a damaged data file with its path, key and remedy, and status 2", () => {
    writeFileSync(join(work, "ge.json"), '{ "schemaVersion": 7 }');
    const { status, stdout, stderr } = nsiscan(["data", "show"], { NSISCAN_DATA: work });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^nsiscan: Data file .*ge\.json is not valid at schemaVersion: .*\n$/);
    expect(stderr).toContain("nsiscan data import");
  });
});

describe("nsiscan data import", () => {
  it("writes data files that data show then uses", () => {
    const out = join(work, "out");
    writeFiles(join(work, "ge"), rebuiltRelease().ge);
    const imported = nsiscan(["data", "import", work, "--to", out, "--allow-altered"]);
    expect(imported).toMatchObject({ status: 0, stdout: `ge: ${join(out, "ge.json")} written\n` });
    const shown = nsiscan(["data", "show"], { NSISCAN_DATA: out });
    expect(shown.stdout).toContain(join(out, "ge.json"));
    expect(shown.stdout).toMatch(/time-projection\.csv +[0-9a-f]{64} {2}altered/);
  });

  it("refuses a truncated release in one paragraph with file and line, and writes nothing", () => {
    const { ge } = rebuiltRelease();
    writeFiles(work, { ...ge, "on-beam-counts.csv": ge["on-beam-counts.csv"].slice(0, 60) });
    const before = readdirSync(work);
    const result = nsiscan(["data", "import", work, "--to", work]);
    expect(result).toMatchObject({ status: 2, stdout: "" });
    expect(result.stderr).toMatch(/^nsiscan: Release file .*on-beam-counts\.csv, line \d+: .*\n$/);
    expect(readdirSync(work)).toEqual(before);
  });

  it("ends with status 3 where it may not write", () => {
    writeFiles(join(work, "ge"), rebuiltRelease().ge);
    writeFileSync(join(work, "file"), "");
    const target = join(work, "file", "below");
    const result = nsiscan(["data", "import", join(work, "ge"), "--to", target, "--allow-altered"]);
    expect(result.status).toBe(3);
    expect(result.stderr).toMatch(/^nsiscan: Data files cannot be written to .*--to\.\n$/);
    expect(readFileSync(join(work, "file"), "utf8")).toBe("");
  });
});
