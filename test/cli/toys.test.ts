import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nsiscan } from "./nsiscan.js";
import { expectRefusal, workplace } from "./workplace.js";

const work = workplace();
/** Few and quick: one Gaussian data set, one parameter. */
const FEW = ["--datasets", "ge", "--free", "sigma_scale", "-n", "12"];
const toys = (...args: string[]) => nsiscan(["toys", ...args], {}, { cwd: work.path });
const read = (name: string) => readFileSync(join(work.path, name), "utf8");

/** A made-up file of pseudo-experiments `from` … `to`, as `--out` writes them. */
function part(name: string, from: number, to: number, changes: object = {}): string {
  const values = Array.from({ length: to - from }, (_, i) => ((from + i) % 10) / 2 + 0.1);
  const set = {
    schema: "nsiscan-toys/1",
    analysis: "liao-2024",
    datasets: ["ge"],
    descriptionHash: "0",
    at: { sigma_scale: 1 },
    free: [{ name: "sigma_scale", lower: 0, upper: 10 }],
    nuisances: "nominal",
    seed: 1,
    from,
    to,
    deltaChi2: values,
    chi2: values,
    best: values.map((value) => [value]),
    ...changes,
  };
  writeFileSync(join(work.path, name), JSON.stringify(set));
  return name;
}

describe("nsiscan toys", () => {
  it("draws the same from the same seed, in parts as in one run, by any number of threads", () => {
    const whole = toys(...FEW, "--seed", "3", "--threads", "2", "--out", "whole.json");
    expect(whole.status).toBe(0);
    expect(whole.stdout).toMatch(/^level +Δχ² \(Wilks\) +nominal +coverage/);
    expect(whole.stderr).toBe("12 pseudo-experiments of liao-2024, sigma_scale free\n");
    for (const [name, from, to] of [
      ["a.json", "0", "5"],
      ["b.json", "5", "12"],
    ]) {
      const range = ["--from", from, "--to", to, "--threads", "1"];
      expect(toys(...FEW, "--seed", "3", ...range, "--out", name).status).toBe(0);
    }
    const joined = toys("--join", "b.json", "a.json", "--out", "joined.json");
    expect(joined).toEqual(whole);
    expect(read("joined.json")).toBe(read("whole.json"));
    expect(toys(...FEW, "--seed", "4", "--out", "other.json").status).toBe(0);
    expect(JSON.parse(read("other.json")).deltaChi2).not.toEqual(
      JSON.parse(read("whole.json")).deltaChi2,
    );
  });

  it("counts how many lie within each level, with the binomial error", () => {
    const { stdout } = toys(
      ...["--join", part("a.json", 0, 40), part("b.json", 40, 100)],
      ...["--level", "1sigma", "dchi2=2.25", "--json"],
    );
    const { toys: count, coverage } = JSON.parse(stdout);
    expect(count).toBe(100);
    // Δχ² are 0.1, 0.6, … 4.6, ten of each: up to 1 there are twenty, up to 2.25 fifty.
    expect(coverage.map(({ observed }: { observed: number }) => observed)).toEqual([0.2, 0.5]);
    expect(coverage[1].error).toBeCloseTo(0.05, 4);
    expect(coverage[0].calibrated).toBe(3.1);
    expect(coverage[0].nominal).toBeCloseTo(0.6827, 4);
  });

  it.each([
    [[], ["--free sigma_scale"]],
    [
      ["--free", "sigma_scale", "--from", "5", "-n", "5"],
      ["from 5 to before 5", "--from below --to"],
    ],
    [["--free", "sigma_scale", "-n", "-1"], ["Option -n must be a whole number"]],
    [
      ["-n", "0"],
      ["from 0 to before 0", "-n"],
    ],
    [
      ["--free", "sigma_scale", "--nuisances", "wild"],
      ["nominal", "profiled"],
    ],
    [
      ["--free", "sigma_scale", "--out", "a.json"],
      ["a.json exists", "--force"],
    ],
    [
      ["--join", "nope.json"],
      ["nope.json", "Check its path"],
    ],
    [
      ["--join", "no.json"],
      ["no.json", "no complete file of pseudo-experiments"],
    ],
    [
      ["--join", "short.json"],
      ["short.json", "no complete file of pseudo-experiments"],
    ],
    [
      ["--join", "a.json", "late.json"],
      ["4 to 5 are missing", "follow each other"],
    ],
    [
      ["--join", "a.json", "a.json"],
      ["0 to 3 are there twice", "follow each other"],
    ],
    [
      ["--join", "a.json", "seed.json"],
      ['differ in "seed"', "same options and seed"],
    ],
  ])("refuses %j", (args, words) => {
    part("a.json", 0, 4);
    part("late.json", 6, 8);
    part("seed.json", 4, 8, { seed: 2 });
    part("short.json", 4, 8, { deltaChi2: [1] });
    writeFileSync(join(work.path, "no.json"), "{");
    const before = work.files();
    expectRefusal(toys(...args), words);
    expect(work.files()).toEqual(before);
  });
});
