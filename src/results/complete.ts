import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatScan } from "../scan/format.js";
import type { ResolvedScan } from "../scan/scan.js";

/**
 * Whether a folder has the complete result of a scan: of the same scan file and likelihood, so that
 * running it again would give the same.
 */
export async function hasResult(
  folder: string,
  scan: ResolvedScan,
  descriptionHash: string,
): Promise<boolean> {
  try {
    const text = await readFile(join(folder, "scan.yaml"), "utf8");
    if (text !== formatScan(scan)) return false;
    const provenance: unknown = JSON.parse(await readFile(join(folder, "provenance.json"), "utf8"));
    return (provenance as { description_sha256?: unknown }).description_sha256 === descriptionHash;
  } catch {
    // Neither file, or not as they are written: no result of ours.
    return false;
  }
}
