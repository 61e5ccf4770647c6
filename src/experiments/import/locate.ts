import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { csiRelease } from "./csi.js";
import type { ReleaseDataset } from "./dataset.js";
import { geRelease } from "./ge.js";
import { larRelease } from "./lar.js";

export const RELEASES: readonly ReleaseDataset[] = [csiRelease, larRelease, geRelease];

export interface LocatedRelease {
  readonly release: ReleaseDataset;
  readonly folder: string;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new InputError(
      "release-folder-unreadable",
      `Release folder ${folder} cannot be read: ${(error as Error).message}. Give the folder that the release was unpacked into.`,
      { path: folder },
    );
  }
}

const isFolder = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * Find data sets by the names of their files, in `folder` itself and in the folders inside it.
 * @throws InputError when there is none, or when one data set is there twice
 */
export function locateReleases(folder: string): LocatedRelease[] {
  const names = list(folder);
  const folders = [folder, ...names.map((name) => join(folder, name)).filter(isFolder)];
  const found = folders.flatMap((candidate) => {
    const present = new Set(list(candidate));
    return RELEASES.filter((release) =>
      Object.keys(release.published).some((name) => present.has(name)),
    ).map((release) => ({ release, folder: candidate }));
  });
  if (found.length === 0) {
    const expected = RELEASES.map(
      ({ name, published }) => `${name} (${Object.keys(published).slice(0, 2).join(", ")}, …)`,
    );
    throw new InputError(
      "release-not-found",
      `No release files in ${folder} or the folders inside it. Files are recognised by their published names: ${expected.join("; ")}.`,
      { path: folder },
    );
  }
  for (const { release, folder: first } of found) {
    const second = found.find((other) => other.release === release && other.folder !== first);
    if (second) {
      throw new InputError(
        "release-ambiguous",
        `The data set "${release.name}" is in both ${first} and ${second.folder}. Give the one to import.`,
        { dataset: release.name, folders: [first, second.folder] },
      );
    }
  }
  return found;
}
