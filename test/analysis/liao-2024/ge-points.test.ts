import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readGeEnergyPoints } from "../../../src/analysis/liao-2024/ge-points.js";
import { liao2024 } from "../../../src/analysis/liao-2024/index.js";
import { InputError } from "../../../src/errors.js";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nsiscan-ge-"));
  path = join(folder, "ge.csv");
});
afterEach(() => rmSync(folder, { recursive: true }));

function refusal(text: string): InputError {
  writeFileSync(path, text);
  try {
    readGeEnergyPoints(path);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("readGeEnergyPoints", () => {
  it("takes ranges, counts and widths, in any order of columns", () => {
    writeFileSync(
      path,
      "# mine\nsigma,counts,note,low_keVee,high_keVee\n2,-3,1,1.5,2\n4,5,2,11,20\n",
    );
    const { ranges, counts, variance } = readGeEnergyPoints(path);
    expect(ranges).toEqual([
      [1.5, 2],
      [11, 20],
    ]);
    expect([...counts]).toEqual([-3, 5]);
    expect([...variance]).toEqual([4, 16]);
  });

  const header = "low_keVee,high_keVee,counts,sigma\n";
  it.each([
    ["a missing column", "low_keVee,high_keVee,counts\n1,2,3\n", 'no column "sigma"'],
    ["no points", header, "there are no points"],
    ["an upside-down range", `${header}1,2,3,1\n3,2,3,1\n`, "point 2 is impossible"],
    ["an empty range", `${header}2,2,3,1\n`, "point 1 is impossible"],
    ["a range from zero", `${header}0,2,3,1\n`, "point 1 is impossible"],
    ["no uncertainty", `${header}1,2,3,0\n`, "point 1 is impossible"],
    ["a negative uncertainty", `${header}1,2,3,-1\n`, "point 1 is impossible"],
  ])("refuses %s", (_, text, words) => {
    const error = refusal(text);
    expect(error.code).toBe("bad-ge-points");
    expect(error.message).toContain(words);
    expect(error.message).toContain(path);
    expect(error.fields.path).toBe(path);
  });

  it("passes on what is wrong with the table, also through the analysis", () => {
    expect(refusal(`${header}1,2,x,1\n`).code).toBe("bad-table");
    expect(() => liao2024.compile({ ge_energy_points: join(folder, "none.csv") })).toThrow(
      /none\.csv \(ENOENT\)/,
    );
  });
});
