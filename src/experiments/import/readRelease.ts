import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { parseData } from "../data/load.js";
import type { FileRecord } from "./dataset.js";
import type { LocatedRelease } from "./locate.js";
import type { ReleaseText } from "./table.js";

interface ReadFile extends ReleaseText {
  readonly record: FileRecord;
}

function readFile(located: LocatedRelease, name: string): ReadFile {
  const path = join(located.folder, name);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new InputError(
      "release-file-missing",
      `Release file ${path} of the data set "${located.release.name}" cannot be read: ${(error as Error).message}. Download the whole release again; nothing was written.`,
      { path, dataset: located.release.name },
    );
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const altered = sha256 !== located.release.published[name];
  return {
    path,
    text: bytes.toString("utf8"),
    record: altered ? { name, sha256, altered } : { name, sha256 },
  };
}

function refuseAltered(located: LocatedRelease, file: ReadFile): never {
  const { name, sha256 } = file.record;
  const expected = located.release.published[name];
  throw new InputError(
    "release-file-altered",
    `Release file ${file.path} is not the known version: its SHA-256 is ${sha256}, the known one ${expected}. Its numbers are well-formed, so no line can be named. Download the release again, or import your own version with --allow-altered (and --to); nothing was written.`,
    { path: file.path, expected, found: sha256 },
  );
}

/**
 * Read, check and convert the files of one release.
 * @returns the content of its data file
 * @throws InputError naming the file (and line) that is missing, malformed or altered
 */
export function readRelease(located: LocatedRelease, allowAltered: boolean): unknown {
  const { release } = located;
  const files = new Map(
    Object.keys(release.published).map((name) => [name, readFile(located, name)]),
  );
  const records = [...files.values()].map(({ record }) => record);
  // Parsing comes before the comparison of hashes: it can name the line that is wrong.
  const data = release.build((name) => files.get(name) as ReadFile, records);
  const altered = [...files.values()].find(({ record }) => record.altered);
  if (altered && !allowAltered) refuseAltered(located, altered);
  parseData(release.schema, data, located.folder);
  return data;
}
