import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError, InputError } from "../../errors.js";
import { formatJson } from "./format.js";
import { locateReleases } from "./locate.js";
import { readRelease } from "./readRelease.js";

export interface ImportOptions {
  /** Accept files that parse but are not the published ones; the data file says so. */
  readonly allowAltered?: boolean;
  /** Replace data files that exist and differ. */
  readonly force?: boolean;
}

export interface ImportedDataset {
  readonly dataset: string;
  /** The data file. */
  readonly path: string;
  readonly status: "written" | "unchanged";
}

interface PendingFile {
  readonly dataset: string;
  readonly path: string;
  readonly text: string;
  readonly existing: string | undefined;
}

function readExisting(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Write all files under temporary names, then rename them: none is ever half-written. */
function writeAll(files: readonly PendingFile[], outputFolder: string): void {
  const temporary = (file: PendingFile) => `${file.path}.${process.pid}.tmp`;
  const started: string[] = [];
  try {
    mkdirSync(outputFolder, { recursive: true });
    for (const file of files) {
      started.push(temporary(file));
      writeFileSync(temporary(file), file.text);
    }
    for (const file of files) renameSync(temporary(file), file.path);
  } catch (error) {
    for (const path of started) rmSync(path, { force: true });
    throw new EnvironmentError(
      "data-not-writable",
      `Data files cannot be written to ${outputFolder}: ${(error as Error).message}. Choose a folder you may write to with --to.`,
      { path: outputFolder },
    );
  }
}

/**
 * Convert the release files under `folder` into data files in `outputFolder`. Every data set found
 * is read and checked before the first file is written.
 * @throws InputError when a release file is missing, malformed or altered, or when a data file
 *   exists, differs and `force` is not set
 */
export function importRelease(
  folder: string,
  outputFolder: string,
  options: ImportOptions = {},
): ImportedDataset[] {
  const pending = locateReleases(folder).map((located): PendingFile => {
    const dataset = located.release.name;
    const path = join(outputFolder, `${dataset}.json`);
    const text = `${formatJson(readRelease(located, options.allowAltered ?? false))}\n`;
    return { dataset, path, text, existing: readExisting(path) };
  });
  const changed = pending.filter(({ text, existing }) => text !== existing);
  const blocked = changed.find(({ existing }) => existing !== undefined);
  if (blocked && !options.force) {
    throw new InputError(
      "data-file-exists",
      `Data file ${blocked.path} exists and differs from what the release gives. Replace it with --force, or write elsewhere with --to; nothing was written.`,
      { path: blocked.path },
    );
  }
  writeAll(changed, outputFolder);
  return pending.map(({ dataset, path, text, existing }) => ({
    dataset,
    path,
    status: text === existing ? "unchanged" : "written",
  }));
}
