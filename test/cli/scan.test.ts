import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main, nsiscan } from "./nsiscan.js";
import { expectRefusal, workplace } from "./workplace.js";

const work = workplace();

const X = "{parameter: eps_ee_d, from: -0.5, to: 0.8, points: 21}";
const Y = "{parameter: eps_mumu_d, from: -0.3, to: 0.7, points: 21}";
const scanText = (axes = [X, Y], more = "") =>
  `version: 1\nanalysis: liao-2024\naxes:\n${axes.map((axis) => `  - ${axis}\n`).join("")}${more}`;
const write = (text: string) => writeFileSync(join(work.path, "plane.yaml"), text);
const scan = (args: readonly string[], input = "") =>
  nsiscan(["scan", ...args], {}, { cwd: work.path, input });

describe("nsiscan scan", () => {
  it("goes to results/<name>, tells the result on stdout and how it went on stderr", () => {
    write(scanText());
    const { status, stdout, stderr } = scan(["plane.yaml", "--threads", "2"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^plane: 441 points on the cpu engine \(2 worker threads, float64\)\n$/);
    expect(stdout).toMatch(
      /^csi\+lar\+ge +220\.616 +0\.000 +\(-0\.029, 0\.030\) +90%: \d, 2σ: 4, 3σ: 2$/m,
    );
    expect(stdout).toMatch(/^441 points in [\d.]+ s \(\d+ points\/s\) on 2 worker threads/m);
    expect(stdout).toMatch(/^Figure: results\/plane\/figure\.pdf/m);
    expect(existsSync(join(work.path, "results", "plane", "figure.pdf"))).toBe(true);
    expect(work.files()).toEqual(["plane.yaml", "results"]);
  });

  it("prints JSON alone with --json, of a scan on standard input", () => {
    const { status, stdout } = scan(["-", "--out", "mine", "--json"], scanText([Y]));
    expect(status).toBe(0);
    const { folder, provenance, minima, regions } = JSON.parse(stdout);
    expect({ folder, points: provenance.points }).toEqual({ folder: "mine", points: 21 });
    expect(minima).toHaveLength(4);
    expect(regions[0].levels.map(({ level }: { level: string }) => level)).toEqual([
      "90%",
      "2σ",
      "3σ",
    ]);
    expect(work.files()).toEqual(["mine"]);
  });

  it("refuses a result that exists, and replaces it with --force", () => {
    write(scanText());
    expect(scan(["plane.yaml", "--out", "mine"]).status).toBe(0);
    const provenance = () => readFileSync(join(work.path, "mine", "provenance.json"), "utf8");
    const before = provenance();
    expectRefusal(scan(["plane.yaml", "--out", "mine"]), ["folder mine exists", "--force"]);
    expect(provenance()).toBe(before);
    expect(scan(["plane.yaml", "--out", "mine", "--force"]).status).toBe(0);
    expect(provenance()).not.toBe(before);
    mkdirSync(join(work.path, "photos"));
    writeFileSync(join(work.path, "photos", "cat.jpg"), "");
    expectRefusal(scan(["plane.yaml", "--out", "photos", "--force"]), ["photos", "remove"]);
    expect(existsSync(join(work.path, "photos", "cat.jpg"))).toBe(true);
  });

  it.each([
    ["unknown parameter", scanText([X.replace("ee_d", "ee_e"), Y]), ["line 4", '"eps_ee_e"']],
    ["no ν_τ", scanText([X.replace("ee_d", "tautau_u"), Y]), ["line 4", "eps_tautau_u", "no ν_τ"]],
    ["NaN", scanText([X.replace("-0.5", ".nan"), Y]), ["line 4", '"axes[0].from" cannot be NaN']],
    ["swapped limits", scanText([X.replace("-0.5", "1.5"), Y]), ["axes[0].from", "not below"]],
    ["one point", scanText([X, Y.replace("21", "1")]), ["line 5", "axes[1].points", "at least 2"]],
    ["analysis", scanText().replace("liao-2024", "liao"), ["line 2", '"liao"', "liao-2024"]],
    ["option", scanText([X, Y], "options: {cube: 1}\n"), ["line 6", '"cube"', "form_factor"]],
    ["engine", scanText([X, Y], "engine: abacus\n"), ["line 6", '"abacus"', "cpu"]],
    ["level", scanText([X, Y], "levels: [200%]\n"), ["line 6", '"200%"', "2sigma"]],
    [
      "data set",
      scanText([X, Y], "combinations: [xenon]\n"),
      ["line 6", '"xenon"', "csi, lar, ge"],
    ],
    ["title", scanText([X, Y], "figure: {title: 日本}\n"), ["日本", "typeface"]],
    ["syntax", "version: [", ["line 1", "neither YAML nor JSON"]],
  ])("refuses a scan file's %s with its place and a remedy", (_, text, words) => {
    write(text);
    expectRefusal(scan(["plane.yaml", "--out", "mine"]), words);
    expect(work.files()).toEqual(["plane.yaml"]);
  });

  it.each([
    [["nope.yaml"], ["Cannot read nope.yaml", "no such file"]],
    [["."], ["Cannot read .", "folder"]],
    [
      ["plane.yaml", "--engine", "abacus"],
      ['"abacus"', "cpu"],
    ],
    [
      ["plane.yaml", "--threads", "0"],
      ["--threads is 0", "from 1 to 1024"],
    ],
    [["plane.yaml", "--out", ""], ["--out is empty"]],
    [
      ["plane.yaml", "--out", "plane.yaml/mine"],
      ["plane.yaml/mine", "lies in one"],
    ],
  ])("refuses %j", (args, words) => {
    write(scanText());
    expectRefusal(scan(args), words);
    expect(work.files()).toEqual(["plane.yaml"]);
  });

  it("ends with status 3 before the work where the result cannot be written", () => {
    write(scanText());
    const name = "n".repeat(300);
    expectRefusal(scan(["plane.yaml", "--out", name]), ["ENAMETOOLONG", "another place"], 3);
    expect(work.files()).toEqual(["plane.yaml"]);
  });

  it("ends with status 5 on Ctrl-C, tells how to go on, and leaves no result", async () => {
    write(scanText([X, Y].map((axis) => axis.replace("21", "3000"))));
    const words = ["scan", "plane.yaml", "--engine", "cpu", "--mode", "exact"];
    const child = spawn(process.execPath, [main, ...words], { cwd: work.path });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      // Once it says that the work has begun.
      if (stderr === "") child.kill("SIGINT");
      stderr += text;
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(status).toBe(5);
    expect(stderr).toMatch(/^plane: 9000000 points [^\n]+\nnsiscan: Interrupted[^\n]+\n$/);
    expect(stderr).toContain("nsiscan scan plane.yaml --engine cpu --mode exact --resume");
    expect(existsSync(join(work.path, "results", "plane"))).toBe(false);
  });
});
