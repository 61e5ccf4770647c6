import { readdirSync } from "node:fs";
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

/** Names in a folder, sorted; undefined when it is no folder or may not be read. */
function list(folder: string): string[] | undefined {
  try {
    return readdirSync(folder).sort();
  } catch {
    return undefined;
  }
}

/**
 * Find data sets by the names of their files, in `folder` itself and in the folders inside it.
 * @throws InputError when there is none, or when one data set is there twice
 */
export function locateReleases(folder: string): LocatedRelease[] {
  const names = list(folder);
  if (names === undefined) {
    throw new InputError(
      "release-folder-unreadable",
      `Release folder ${folder} is not a folder that can be read. Give the folder that the release was unpacked into.`,
      { path: folder },
    );
  }
  const found = [folder, ...names.map((name) => join(folder, name))].flatMap((candidate) => {
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
