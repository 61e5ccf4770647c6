import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shell } from "./nsiscan.js";
import { workplace } from "./workplace.js";

const work = workplace();

describe("standard output", () => {
  it("may be closed early: that ends the command in silence", () => {
    const { status, stdout, stderr } = shell("nsiscan predict --bins | head -1");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe("term,bin,axes,signal_e,signal_mu,backgrounds,observed\n");
  });

  it("that is full ends the command in one paragraph with status 3", () => {
    expect(shell("nsiscan fit > /dev/full")).toEqual({
      status: 3,
      stdout: "",
      stderr:
        "nsiscan: Standard output cannot be written: the disk is full. Free the disk or send the output elsewhere.\n",
    });
  });
});

describe("a disk that fills up", () => {
  // A limit on the size of files stands for a disk that is full: the system refuses to write on.
  const limited = (command: string) => shell(`ulimit -f 1; ${command}`, { cwd: work.path });

  it("ends evaluate with status 3, and nothing half written", () => {
    const { status, stderr } = limited(
      "(echo eps_ee_u; seq 0 0.001 1) | nsiscan evaluate - --out chi2.csv",
    );
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^nsiscan: Cannot write chi2\.csv: [^\n]+nothing was left half written\.\n$/,
    );
    expect(work.files()).toEqual([]);
  });

  it("ends a scan with status 3, and no result half written", () => {
    const scan =
      "{version: 1, analysis: liao-2024, axes: [{parameter: eps_ee_u, from: 0, to: 1, points: 300}]}";
    const { status, stderr } = limited(`echo '${scan}' | nsiscan scan - --out some/where`);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^nsiscan: The journal some\/where\.journal cannot be used: [^\n]+ulimit -f[^\n]+\.\n$/,
    );
    expect(readdirSync(join(work.path, "some"))).toEqual(["where.journal"]);
    expect(readdirSync(join(work.path, "some", "where.journal", "tiles"))).toEqual([]);
  });
});
