import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { goldenTable } from "../analysis/golden.js";
import { nsiscan } from "./nsiscan.js";
import { expectRefusal, workplace } from "./workplace.js";

const work = workplace();
const points = (text: string): string => {
  writeFileSync(join(work.path, "points.csv"), text);
  return "points.csv";
};
const evaluate = (args: readonly string[], input = "") =>
  nsiscan(["evaluate", ...args], {}, { cwd: work.path, input });

describe("nsiscan evaluate", () => {
  it("prints the golden χ² at 206 points, 12 digits, the points' columns kept in their order", () => {
    const golden = goldenTable("liao-2024-random-points.csv");
    const names = Object.keys(golden[0])
      .filter((name) => !name.startsWith("chi2"))
      .reverse();
    const rows = golden.map((row) => names.map((name) => row[name]).join(","));
    const { status, stdout, stderr } = evaluate([points([names.join(","), ...rows].join("\n"))]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [header, ...lines] = stdout.trimEnd().split("\n");
    expect(header).toBe([...names, "chi2_csi", "chi2_lar", "chi2_ge", "chi2"].join(","));
    expect(lines).toHaveLength(golden.length);
    for (const [i, line] of lines.entries()) {
      const cells = line.split(",");
      expect(cells.slice(0, names.length).map(Number)).toEqual(
        names.map((name) => Number(golden[i][name])),
      );
      const [csi, lar, ge, sum] = cells.slice(names.length).map(Number);
      for (const [value, name] of [
        [csi, "chi2_csi"],
        [lar, "chi2_lar"],
        [ge, "chi2_ge"],
      ] as const) {
        const expected = Number(golden[i][name]);
        expect(Math.abs(value - expected)).toBeLessThan(1e-8 + 2e-11 * expected);
      }
      expect(sum).toBeCloseTo(csi + lar + ge, 7);
      expect(Math.max(...cells.slice(names.length).map(digits))).toBeLessThanOrEqual(12);
    }
    // Only where the last digits happen to be zero are there fewer.
    const full = lines.filter((line) => digits(line.split(",").at(-1) ?? "") === 12);
    expect(full.length).toBeGreaterThan(150);
  });

  it("reads standard input, with missing columns at the Standard Model", () => {
    const { status, stdout } = evaluate(["-"], "# two points\nsin2_theta_w\n0.238\n0.22\n");
    expect(status).toBe(0);
    const [header, first, second] = stdout.split("\n");
    expect(header).toBe("sin2_theta_w,chi2_csi,chi2_lar,chi2_ge,chi2");
    expect(first).toMatch(/^0\.238,96\.7314806866,107\.769651448,18\.1157375049,222\.6168696\d+$/);
    expect(second.split(",")[1]).not.toBe("96.7314806866");
  });

  it("tabulates the exponent where it is a column", () => {
    const golden = goldenTable("liao-2024-exponent.csv");
    const column = golden.map(({ exponent_x }) => exponent_x).join("\n");
    const { stdout } = evaluate(["-"], `exponent_x\n${column}\n`);
    const values = stdout.trimEnd().split("\n").slice(1);
    for (const [i, row] of golden.entries()) {
      expect(Number(values[i].split(",")[1])).toBeCloseTo(Number(row.chi2_csi), 6);
    }
  });

  it("prints JSON, a point an object, and writes either to a file, whole", () => {
    const file = points("eps_ee_u,eps_ee_d\n0.1,-0.05\n");
    const [point, ...none] = JSON.parse(evaluate([file, "--json"]).stdout);
    expect(none).toEqual([]);
    expect(Object.keys(point)).toEqual([
      "eps_ee_u",
      "eps_ee_d",
      "chi2_csi",
      "chi2_lar",
      "chi2_ge",
      "chi2",
    ]);
    expect(evaluate([file, "--json", "--out", "chi2.json"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(JSON.parse(readFileSync(join(work.path, "chi2.json"), "utf8"))).toEqual([point]);
    expect(work.files()).toEqual(["chi2.json", "points.csv"]);
    expectRefusal(evaluate([file, "--out", "chi2.json"]), ["chi2.json exists", "--force"]);
    expect(evaluate([file, "--out", "chi2.json", "--force"]).status).toBe(0);
    expect(readFileSync(join(work.path, "chi2.json"), "utf8")).toMatch(/^eps_ee_u,eps_ee_d,/);
    expect(work.files()).toEqual(["chi2.json", "points.csv"]);
  });

  it("tells the joint profile from the sum where data sets share the flux, with its pull", () => {
    const file = points("eps_ee_u\n0\n0.1\n");
    const args = [file, "--analysis", "release"];
    const { status, stdout, stderr } = evaluate([...args, "--pulls", "shared", "lar.signal_norm"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^release: chi2 is the joint profile [^\n]*share flux[^\n]*chi2_sum[^\n]*\n$/,
    );
    const [header, ...lines] = stdout.trimEnd().split("\n");
    const columns = "eps_ee_u,chi2_csi,chi2_lar,chi2_ge,chi2_sum,chi2";
    expect(header).toBe(`${columns},pull_flux,pull_lar.signal_norm`);
    const analysis = analysisNamed("release").compile();
    const of = (name: string) => analysis.description.nuisances.findIndex((n) => n.name === name);
    for (const line of lines) {
      const [coupling, csi, lar, ge, sum, joint, flux, norm] = line.split(",").map(Number);
      const at = standardModelPoint();
      at[parameterIndex("eps_ee_u")] = coupling;
      expect(sum).toBeCloseTo(csi + lar + ge, 7);
      const alone = ["csi", "lar", "ge"].map((name) => new ChiSquare(analysis, [name]).value(at));
      for (const [i, value] of [csi, lar, ge].entries()) expect(value).toBeCloseTo(alone[i], 6);
      const profile = new ChiSquare(analysis).profile(at);
      expect(joint).toBeCloseTo(profile.chi2, 6);
      expect(Math.abs(joint - sum)).toBeGreaterThan(0.005);
      expect(flux).toBeCloseTo(profile.pulls[of("flux")], 9);
      expect(norm).toBeCloseTo(profile.pulls[of("lar.signal_norm")], 9);
      expect(Math.abs(flux)).toBeGreaterThan(0.01);
    }
    const plain = evaluate(args).stdout.split("\n");
    expect(plain.slice(0, 2)).toEqual([columns, lines[0].split(",").slice(0, 6).join(",")]);
    const help = evaluate(["--help"]).stdout.replace(/\s+/g, " ");
    expect(help).toContain("chi2 that of all in one joint profile");
    expect(help).toContain("the sum is the column chi2_sum");
  });

  it("has pulls of every analysis as columns, and refuses those of no nuisance", () => {
    const file = points("eps_ee_u\n0\n");
    const json = evaluate([file, "--json", "--pulls", "csi.brn_norm,ge.signal_norm", "shared"]);
    expect(json.stderr).toBe("");
    const [point] = JSON.parse(json.stdout);
    expect(Object.keys(point).slice(-3)).toEqual([
      "chi2",
      "pull_csi.brn_norm",
      "pull_ge.signal_norm",
    ]);
    expect(point["pull_ge.signal_norm"]).toBeCloseTo(-0.1084, 4);
    expectRefusal(evaluate([file, "--pulls", "flux"]), ["flux", "liao-2024", "csi.signal_norm"]);
  });

  it.each([
    ["", ["line 1", "empty"]],
    ["eps_ee_u,eps_ee_d\n", ["points.csv", "no points"]],
    ["eps_ee_u,eps_ee_d\n0,0\n1\n", ["points.csv, line 3", "1 values under 2 columns"]],
    ["eps_ee_u\nNaN\n", ["line 2", '"NaN" in column "eps_ee_u"']],
    ["eps_ee_u,eps_ee_x\n0,0\n", ['points.csv, column "eps_ee_x"', "eps_ee_d"]],
    ["eps_tautau_u\n0\n", ['points.csv, column "eps_tautau_u"', "no ν_τ"]],
    ["sin2_theta_w\n0.2\n-0.2\n", ["points.csv, point 2", "-0.2", "between 0 and 1"]],
  ])("refuses the points %j", (text, words) => {
    expectRefusal(evaluate([points(text), "--out", "chi2.csv"]), words);
    expect(work.files()).toEqual(["points.csv"]);
  });

  it.each([
    [["nope.csv"], ["nope.csv"]],
    [[], ["An argument is missing", "nsiscan evaluate --help"]],
    [
      ["points.csv", "--engine", "abacus"],
      ['"abacus"', "cpu"],
    ],
    [
      ["points.csv", "--threads", "0"],
      ["--threads is 0", "from 1 to 1024"],
    ],
    [["points.csv", "--out", ""], ["--out is empty"]],
    [
      ["points.csv", "--out", "."],
      [". exists", "another name"],
    ],
    [
      ["points.csv", "--out", "nowhere/chi2.csv"],
      ["nowhere/chi2.csv", "does not exist"],
    ],
    [["points.csv", "--out", "points.csv/chi2.csv"], ["its folder does not exist"]],
  ])("refuses %j", (args, words) => {
    points("eps_ee_u\n0\n");
    expectRefusal(evaluate(args), words);
    expect(work.files()).toEqual(["points.csv"]);
  });

  it("ends with status 3 where the disk refuses, and leaves nothing", () => {
    points("eps_ee_u\n0\n");
    const name = "n".repeat(300);
    expectRefusal(evaluate(["points.csv", "--out", name]), ["ENAMETOOLONG", "another place"], 3);
    expect(work.files()).toEqual(["points.csv"]);
  });

  it("refuses a coupling beyond those that χ² keeps its digits for", () => {
    expectRefusal(evaluate([points("eps_ee_u\n1e90\n")]), ["eps_ee_u = 1e+90", "-30 and 30"]);
  });
});

const digits = (number: string): number => number.replace(/^-?0*\.?0*|\./g, "").length;
