import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nsiscan } from "../cli/nsiscan.js";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "nsiscan-figures-"));
});
afterAll(() => rmSync(work, { recursive: true }));

describe("nsiscan figure", () => {
  it("writes the figure's folder, and prints what the paper says beside ours", () => {
    const args = [
      "figure",
      "l24-4",
      "--out",
      work,
      "--engine",
      "cpu",
      "--points",
      "41",
      "--dpi",
      "60",
    ];
    const { status, stdout, stderr } = nsiscan(args);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: "L24, Figure 4: Δχ² against the exponent of the weak charge\n",
    });
    expect(stdout).toContain("All three agree with x = 2 within 1.5σ.");
    expect(stdout).toMatch(/l24-4: \d+ files in [\d.]+ s\n$/);
    const csv = readFileSync(join(work, "l24-4", "exponent.csv"), "utf8")
      .trimEnd()
      .split("\n");
    expect(csv[0]).toBe('x,"Delta chi2, CsI + LAr","Delta chi2, CsI + LAr + Ge"');
    expect(csv).toHaveLength(42);
    const again = nsiscan(args);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain("--force");
  });

  it("draws in the look that is asked for, in the formats that are asked for, as JSON", () => {
    const out = join(work, "look");
    const { status, stdout } = nsiscan([
      ...["figure", "l24-3", "--out", out, "--formats", "svg,csv", "--json"],
      ...["--theme", "dark", "--column", "single", "--style", "talk", "--font-size", "7"],
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).files).toEqual(["figure.svg", "ge-energy.csv", "ge-time.csv"]);
    const svg = readFileSync(join(out, "l24-3", "figure.svg"), "utf8");
    expect(svg).toContain('width="86mm"');
    expect(svg).toContain('fill="#14171c"');
    expect(existsSync(join(out, "l24-3", "hepdata"))).toBe(false);
  });

  it.each([
    [["l24-9"], "unknown-figure", 'There is no figure "l24-9". Did you mean'],
    [["l24-4", "--formats", "gif"], "unknown-format", "svg, pdf, png, csv, json, hepdata"],
    [["l24-4", "--points", "3"], "bad-number", "11 or more"],
    [["l24-4", "--font-size", "1"], "bad-font-size", "4 to 24 pt"],
    [["l24-4", "--theme", "pink"], "choices", "pink"],
    [["l24-4", "--theme", "dark", "--theme", "light"], "repeated", "--theme is given twice"],
    [["l24-4", "--engine", "abacus"], "unknown-engine", "abacus"],
    [["l24-4", "--dpi", "5"], "bad-dpi", "20 to 2400"],
  ])("refuses %j (%s) in one paragraph, and writes nothing", (args, _, words) => {
    const out = join(work, "refused");
    const { status, stdout, stderr } = nsiscan(["figure", ...args, "--out", out]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(words);
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
  });
});

describe("nsiscan figures", () => {
  it("makes those that are named, and the page of all that lie in the folder", () => {
    const out = join(work, "gallery");
    const common = ["--out", out, "--formats", "svg", "--html"];
    const first = nsiscan(["figures", "--only", "l24-1", ...common]);
    expect(first.status).toBe(0);
    expect(first.stdout).toContain(join(out, "index.html"));
    const second = nsiscan(["figures", "--only", "l24-3,l24-table-1", ...common, "--json"]);
    expect(JSON.parse(second.stdout).figures.map(({ id }: { id: string }) => id)).toEqual([
      "l24-3",
      "l24-table-1",
    ]);
    const page = readFileSync(join(out, "index.html"), "utf8");
    expect([...page.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      "l24-1",
      "l24-3",
      "l24-table-1",
    ]);
    expect(readdirSync(join(out, "l24-1")).sort()).toEqual([
      "figure-dark.svg",
      "figure.json",
      "figure.svg",
      "provenance.json",
    ]);
  });
});

describe("nsiscan corner", () => {
  it("refuses a folder that is no result", () => {
    const { status, stderr } = nsiscan(["corner", work]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^nsiscan: \S+ is no result folder of a scan: it has no scan\.yaml\. .*\n$/,
    );
  });
});
