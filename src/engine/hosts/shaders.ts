import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Every WGSL file of the package, by its path below `shaders/`. */
export function readShaders(): Record<string, string> {
  const folder = fileURLToPath(new URL("../../../shaders/", import.meta.url));
  const files = readdirSync(folder).filter((name) => name.endsWith(".wgsl"));
  return Object.fromEntries(files.map((name) => [name, readFileSync(`${folder}${name}`, "utf8")]));
}
