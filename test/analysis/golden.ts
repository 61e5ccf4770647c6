import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A table of `test/golden`, made by the independent program that lies beside it; comments left out. */
export function goldenTable(name: string): Record<string, string>[] {
  const path = fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
  const lines = readFileSync(path, "utf8").split("\n");
  const [header, ...rows] = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const columns = header.split(",");
  return rows.map((row) => {
    const cells = row.split(",");
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
  });
}
