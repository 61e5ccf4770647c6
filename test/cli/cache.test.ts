import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { TableCache } from "../../src/tables/cache.js";
import { nsiscan } from "./nsiscan.js";

it("nsiscan cache lists what is kept, and clears that alone", async () => {
  const root = mkdtempSync(join(tmpdir(), "nsiscan-cache-"));
  const env = { XDG_CACHE_HOME: root, NSISCAN_CACHE: "" };
  const folder = join(root, "nsiscan", "tables");
  try {
    expect(nsiscan(["cache"], env).stdout).toBe(`0 files, 0.0 MB, in ${folder}.\n`);
    await new TableCache(folder).write("0123456789abcdef", { values: new Float64Array(50_000) });
    writeFileSync(join(folder, "mine.txt"), "");
    const listed = JSON.parse(nsiscan(["cache", "list", "--json"], env).stdout);
    expect(listed.files).toMatchObject([{ file: "0123456789abcdef.tables" }]);
    expect(nsiscan(["cache"], env).stdout).toMatch(/0123456789abcdef +0\.4 MB/);
    expect(nsiscan(["cache", "clear"], env).stdout).toBe(
      `Removed 1 file, 0.4 MB, from ${folder}.\n`,
    );
    expect(readdirSync(folder)).toEqual(["mine.txt"]);
    expect(nsiscan(["cache", "burn"], env).status).toBe(2);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
