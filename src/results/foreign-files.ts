import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Every result folder has one; it lists the others. */
export const MARK = "provenance.json";

/** Files below a folder, as paths from there, sorted; a Zarr store counts as one. Nothing where there is no folder. */
export async function filesBelow(folder: string, within = ""): Promise<string[]> {
  const entries = await readdir(join(folder, within), { withFileTypes: true }).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = within ? `${within}/${entry.name}` : entry.name;
      const isOne = !entry.isDirectory() || entry.name.endsWith(".zarr");
      return isOne ? [path] : filesBelow(folder, path);
    }),
  );
  return found.flat().sort();
}

/**
 * Copies what others have put into a result into the one that takes its place. A file whose name the new
 * result needs itself gets a `~` after it.
 * @param old a result folder, or no folder
 * @param fresh the new one, complete
 */
export async function keepForeignFiles(old: string, fresh: string): Promise<void> {
  const taken = new Set(await filesBelow(fresh));
  // A result of an earlier version has no list: what the new one does not have is kept.
  const own = (await listedFiles(old)) ?? taken;
  for (const path of await filesBelow(old)) {
    if (path === MARK || own.has(path)) continue;
    const target = join(fresh, taken.has(path) ? `${path}~` : path);
    await mkdir(dirname(target), { recursive: true });
    const options = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true };
    await cp(join(old, path), target, options);
  }
}

async function listedFiles(folder: string): Promise<Set<string> | undefined> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, MARK), "utf8"));
    return Array.isArray(files) ? new Set(files.map(String)) : undefined;
  } catch {
    // Nothing there, or nothing that can be read: then no name is known to be a result's own.
    return undefined;
  }
}
