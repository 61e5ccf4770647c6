import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Only its times and its machine may differ between runs of one scan. */
const OF_THE_RUN = "provenance.json";

/** Every file of a result folder that a scan determines, by its path, with its bytes. */
export function resultBytes(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && entry.name !== OF_THE_RUN);
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length), readFileSync(path).toString("latin1")]),
  );
}
