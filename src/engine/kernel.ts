import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Engine } from "./engine.js";

/** The rooms between a likelihood description and its χ², beside this one. */
const ROOMS = ["numerics", "model", "likelihood", "engine"];
/** Folders of the package with what other machines than Node's run. */
const KERNELS = ["shaders", "kernels"];
/** Modules as Node runs them, built or from the sources, and what is beside them in those folders. */
const CODE = /\.(?:js|(?<!\.d\.)ts|wgsl|wasm)$/;

/**
 * SHA-256 (hexadecimal) of all that turns points into χ² but the likelihood itself: the code of the
 * engines, and the device where it is not float64 on the CPU, whose numbers do not depend on the
 * machine. Where it is equal, so are the numbers, bit for bit.
 * @param route how the engine profiles grids, where it has several ways
 */
export function kernelHash(
  { name, device }: Pick<Engine, "name" | "device">,
  route: string | undefined,
): string {
  const [major, minor] = process.versions.v8.split(".");
  const hash = createHash("sha256");
  hash.update(JSON.stringify([name, name === "cpu" ? "" : device, route, major, minor]));
  const source = fileURLToPath(new URL("../", import.meta.url));
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const folders = [
    ...ROOMS.map((room) => join(source, room)),
    ...KERNELS.map((k) => join(root, k)),
  ];
  for (const file of folders.flatMap(codeIn).sort()) {
    hash.update(JSON.stringify(relative(root, file).split(sep)));
    hash.update(createHash("sha256").update(readFileSync(file)).digest());
  }
  return hash.digest("hex");
}

/** Code in a folder and below; none where there is no folder. */
function codeIn(folder: string): string[] {
  const entries = entriesOf(folder);
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return codeIn(path);
    return CODE.test(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
