import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { main, nsiscan } from "./nsiscan.js";
import { expectRefusal, workplace } from "./workplace.js";

const work = workplace();
/** Few and quick: one Gaussian data set, one parameter. */
const FEW = ["--datasets", "ge", "--free", "sigma_scale", "-n", "12"];
const toys = (...args: string[]) => nsiscan(["toys", ...args], {}, { cwd: work.path });
const read = (name: string) => readFileSync(join(work.path, name), "utf8");

/** Seconds that a process has computed, however busy the machine is: 0 when it has ended. */
function computed(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** A run that Ctrl-C ends when it has been at work for a while. */
async function interrupted(args: readonly string[]): Promise<{ status: number; stderr: string }> {
  const child = spawn(process.execPath, [main, "toys", ...args], { cwd: work.path });
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => {
    stderr += data;
  });
  const closed = once(child, "close");
  while (child.exitCode === null && computed(child.pid as number) < 3) await setTimeout(50);
  child.kill("SIGINT");
  const [status] = (await closed) as [number];
  return { status, stderr };
}

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

  it("draws the distribution, of a run as of its joined parts, the same", () => {
    const plot = ["--plot", "whole.svg", "--out", "whole.json"];
    expect(toys(...FEW, ...plot).status).toBe(0);
    expect(toys(...FEW, "--to", "5", "--out", "a.json").status).toBe(0);
    expect(toys(...FEW, "--from", "5", "--out", "b.json").status).toBe(0);
    expect(toys("--join", "a.json", "b.json", "--plot", ".").status).toBe(0);
    expect(work.files()).toEqual([
      ...["a.json", "b.json", "toys.pdf", "toys.png", "toys.svg", "whole.json", "whole.svg"],
    ]);
    expect(read("toys.svg")).toBe(read("whole.svg"));
    expect(read("whole.svg")).toContain('aria-label="12 pseudo-experiments"');
    expectRefusal(toys(...FEW, "--plot", "whole.svg"), ["whole.svg exists", "--force"]);
  });

  it("keeps what is finished when interrupted, and the rest joins to what one run gives", async () => {
    const all = ["--datasets", "ge", "--free", "sigma_scale", "-n", "40000", "--threads", "1"];
    const { status, stderr } = await interrupted([...all, "--out", "part.json"]);
    expect(status).toBe(5);
    const said =
      /^nsiscan: Interrupted by SIGINT; part\.json holds pseudo-experiments 0 to (\d+)\. .* --from (\d+) --to 40000 .*--join\.\n$/;
    const [, last, next] = said.exec(stderr) ?? [];
    expect(Number(next)).toBe(Number(last) + 1);
    const part = JSON.parse(read("part.json"));
    expect([part.from, part.to, part.deltaChi2.length]).toEqual([0, Number(next), Number(next)]);
    const more = String(Number(next) + 3);
    expect(toys(...all, "--from", next, "--to", more, "--out", "rest.json").status).toBe(0);
    expect(toys("--join", "part.json", "rest.json", "--out", "joined.json").status).toBe(0);
    expect(toys(...all, "--to", more, "--out", "whole.json").status).toBe(0);
    expect(read("joined.json")).toBe(read("whole.json"));
  });

  it("says that an interruption keeps nothing where there is no file for it", async () => {
    const { status, stderr } = await interrupted(["--free", "sigma_scale", "-n", "100000"]);
    expect(status).toBe(5);
    expect(stderr).toMatch(
      /^nsiscan: Interrupted by SIGINT; nothing was kept, [^\n]*--out[^\n]*\n$/,
    );
    expect(work.files()).toEqual([]);
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
      ["--free", "sigma_scale", "--plot", "a.jpg"],
      ["a.jpg", ".svg, .pdf, .png"],
    ],
    [
      ["--free", "sigma_scale", "--plot", "nowhere/a.svg"],
      ["nowhere/a.svg", "does not exist"],
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
