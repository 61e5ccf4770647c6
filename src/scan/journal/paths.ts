import { resolve } from "node:path";

/** In a journal, the resolved scan by itself: what continues the journal. */
export const SCAN_NAME = "scan.yaml";

const SUFFIX = ".journal";

/** Where the journal of a result folder is: beside it, so that a result is all there or not at all. */
export function journalOf(folder: string): string {
  return `${folder.replace(/[\\/]+$/, "")}${SUFFIX}`;
}

/** The journal that is meant by a result folder's name, or by its own. */
export function journalNamed(folder: string): string {
  // "." and ".." have no name of their own for the journal's to be made of.
  const named = /^(.*[\\/])?\.{1,2}[\\/]*$/.test(folder) ? resolve(folder) : folder;
  const name = named.replace(/[\\/]+$/, "");
  return name.endsWith(SUFFIX) ? name : journalOf(name);
}

/** The result folder that a journal is of. */
export function resultOf(journal: string): string {
  return journal.slice(0, -SUFFIX.length);
}
