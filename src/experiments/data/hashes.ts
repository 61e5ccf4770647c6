import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dataPath } from "./load.js";

const FILES = ["csi", "lar", "ge"] as const;

/** SHA-256 (hexadecimal) of every data file in use, by data set. */
export function dataFileHashes(): Record<string, string> {
  return Object.fromEntries(
    FILES.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(dataPath(name)))
        .digest("hex"),
    ]),
  );
}
