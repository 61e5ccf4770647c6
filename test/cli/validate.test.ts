import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { nsiscan } from "./nsiscan.js";
import { expectRefusal, workplace } from "./workplace.js";

const work = workplace();

describe("nsiscan validate", () => {
  it("prints a table of numbers that all agree, with status 0", () => {
    const { status, stdout, stderr } = nsiscan(["validate", "release"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^quantity +paper +± +expected +± +computed +unit +verdict$/m);
    expect(stdout).toMatch(
      /^LAr CEvNS events, signal free +159 +– +160 +3.2 +160 +events +agrees$/m,
    );
    expect(stdout).toContain("8 of 8 numbers agree.");
    expect(stdout).not.toContain("DIFFERS");
    expect(stderr).toContain("independent");
  });

  it("names what differs with other data, with status 4", () => {
    const shipped = fileURLToPath(new URL("../../data/ge.json", import.meta.url));
    const data = JSON.parse(readFileSync(shipped, "utf8"));
    data.onBeam[3][0] += 9;
    writeFileSync(join(work.path, "ge.json"), JSON.stringify(data));
    const env = { NSISCAN_DATA: work.path };
    const table = nsiscan(["validate", "release"], env);
    expect(table.status).toBe(4);
    expect(table.stdout).toMatch(/^Ge signal events in the fit range .* DIFFERS$/m);
    expect(table.stdout).toMatch(/^LAr CEvNS events, signal free .* agrees$/m);
    expect(table.stderr).toMatch(
      /\nnsiscan: (\d) of 8 numbers differ [^\n]*Ge signal events[^\n]*NSISCAN_DATA[^\n]*\n$/,
    );
    const { status, stdout } = nsiscan(["validate", "release", "--json"], env);
    expect(status).toBe(4);
    const passed = (JSON.parse(stdout) as { passed: boolean }[]).filter((row) => row.passed);
    expect(passed.length).toBeGreaterThanOrEqual(5);
    expect(passed.length).toBeLessThan(8);
  });

  it("refuses an analysis without published numbers", () => {
    expectRefusal(nsiscan(["validate", "bogus"]), ['"bogus"', "liao-2024"]);
  });
});
