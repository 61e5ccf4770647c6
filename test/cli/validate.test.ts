import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { nsiscan } from "./nsiscan.js";
import { expectRefusal, workplace } from "./workplace.js";

const work = workplace();

describe("nsiscan validate", () => {
  it("prints a table with a verdict on each number, why some differ, and the counts", () => {
    const { status, stdout, stderr } = nsiscan(["validate", "release"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^quantity +paper +± +independent +ours +unit +verdict$/m);
    expect(stdout).toMatch(
      /^LAr CEvNS events, signal free +159 +4.3 +160.181 +160.1807 +events +agrees$/m,
    );
    expect(stdout).toMatch(/^LAr prompt BRN events, .* 553 .* differs \[1\]$/m);
    expect(stdout).toMatch(/^\[1\] \S.{20}/m);
    expect(stdout.replaceAll("\n", " ")).toMatch(
      / 13 agree with the paper \(6 of them what it puts in\), 7 differ, 0 are not comparable, 4 are not printed there; 20 of 20 are what an independent calculation gives\. $/,
    );
    expect(stdout).not.toContain("MOVED");
    expect(Math.max(...stdout.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(
      120,
    );
    expect(stderr).toContain("shares no code");
    expect(stdout).not.toContain("half a unit");
  });

  it("names what moves with other data, with status 4", () => {
    const shipped = fileURLToPath(new URL("../../data/ge.json", import.meta.url));
    const data = JSON.parse(readFileSync(shipped, "utf8"));
    data.onBeam[3][0] += 9;
    writeFileSync(join(work.path, "ge.json"), JSON.stringify(data));
    const env = { NSISCAN_DATA: work.path };
    const table = nsiscan(["validate", "release", "--sources"], env);
    expect(table.status).toBe(4);
    expect(table.stdout).toMatch(/^Ge signal events .* MOVED$/m);
    expect(table.stdout).toMatch(/^LAr CEvNS events, signal free .* agrees$/m);
    expect(table.stdout).toMatch(/^LAr prompt BRN events.*2003\.10630.* half a unit/m);
    expect(table.stderr).toMatch(
      /\nnsiscan: (\d) of 24 numbers are not [^\n]*Ge signal events[^\n]*NSISCAN_DATA[^\n]*\n$/,
    );
    const { status, stdout } = nsiscan(["validate", "release", "--json"], env);
    expect(status).toBe(4);
    const { numbers, tally } = JSON.parse(stdout) as {
      numbers: { id: string; published: object; verdict: string; moved: boolean }[];
      tally: { expected: number; asExpected: number };
    };
    const moved = numbers.filter((number) => number.moved);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every(({ id }) => id.startsWith("release.ge."))).toBe(true);
    expect(tally).toMatchObject({ expected: 20, asExpected: 20 - moved.length });
    expect(numbers[0]).toMatchObject({
      id: "release.lar.cevns",
      published: { text: "159", comparison: { kind: "within", tolerance: 4.3 } },
      verdict: "agrees",
      moved: false,
    });
  });

  it("refuses an analysis without published numbers", () => {
    expectRefusal(nsiscan(["validate", "bogus"]), ['"bogus"', "liao-2024"]);
  });
});
