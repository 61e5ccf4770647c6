import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentHash } from "../likelihood/hash.js";
import type { TabulatedLikelihood } from "../tables/table.js";
import type { Engine, Route } from "./engine.js";

/**
 * Raised whenever the same points come to give other numbers, by more than rounding: a test that holds
 * numbers of every analysis fails until that is done.
 */
export const NUMERICS_VERSION = 1;

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * SHA-256 (hexadecimal) of all that turns points into χ² but the likelihood itself. Where it is equal,
 * so are the numbers: no two parts of a scan with different ones are put together.
 * @param route how the points of a scan are computed
 */
export function fingerprint(
  { name, device }: Pick<Engine, "name" | "device">,
  { name: route, isPortable, tables }: Pick<Route, "name" | "isPortable" | "tables">,
): string {
  const hash = createHash("sha256");
  // Functions like the logarithm are V8's own, the same on every machine.
  const content = tables && tablesHash(tables);
  const [major, minor] = process.versions.v8.split(".");
  hash.update(JSON.stringify([NUMERICS_VERSION, name, route, content, major, minor]));
  if (isPortable) return hash.digest("hex");
  hash.update(JSON.stringify(device));
  for (const shader of shaders()) hash.update(JSON.stringify(shader));
  return hash.digest("hex");
}

/** SHA-256 (hexadecimal) of the numbers that χ² is looked up from. */
export function tablesHash({ tables, profiles }: TabulatedLikelihood): string {
  return contentHash({ tables, profiles });
}

/** What GPUs compile, without comments. */
function shaders(): string[] {
  const folder = join(root, "shaders");
  const files = readdirSync(folder).filter((file) => file.endsWith(".wgsl"));
  return files.sort().map((file) => {
    const code = readFileSync(join(folder, file), "utf8");
    // Lines that begin with //! are instructions to whoever writes the shader.
    return code.replace(/[ \t]*\/\/(?!!).*$/gm, "").replace(/\n\s*\n/g, "\n");
  });
}
