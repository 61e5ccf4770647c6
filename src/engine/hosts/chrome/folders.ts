import { randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isGone, ownerHere } from "./owner.js";

/*
 * Profile folders, and beside each a record of its owner: a symbolic link to nowhere, which is there
 * with its text or not at all. It comes before the folder and goes after it, so that no folder is ever
 * without. It is not in the folder's name: browsers make sockets there, whose paths must be short.
 */

/** Profile folders begin with this; nothing else is ever removed. */
const PREFIX = "nsiscan-chrome-";
const RECORD = ".owner";

/**
 * Bytes that the path to a profile folder may have: browsers make a socket below it, 68 bytes further on,
 * and Linux allows sockets paths of 107.
 */
const LONGEST_PARENT = 39;

/** Where profile folders lie: the temporary folder, unless (in batch jobs, often) its path is too long. */
export function profileParent(temporary = tmpdir()): string {
  const isLong = process.platform === "linux" && Buffer.byteLength(temporary) > LONGEST_PARENT;
  return isLong ? "/tmp" : temporary;
}

export const isProfileFolder = (path: string) => basename(path).startsWith(PREFIX);

/** Makes a profile folder that belongs to this process. */
export function makeFolder(parent: string): string {
  const folder = join(parent, PREFIX + randomBytes(4).toString("base64url"));
  record(folder);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    forgetFolder(folder);
    throw error;
  }
  return folder;
}

function record(folder: string): void {
  const owner = ownerHere();
  if (owner === undefined) return;
  try {
    symlinkSync(owner, folder + RECORD);
  } catch (error) {
    // Where there are no symbolic links the guard alone clears up. What else is wrong the folder shows.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
  }
}

/** Removes the record of a folder that is no more. */
export function forgetFolder(folder: string): void {
  rmSync(folder + RECORD, { force: true });
}

/**
 * Removes this user's profile folders whose owners are gone. Their guards do, unless they were killed
 * in the same moment, as by batch systems.
 */
export function sweepFolders(parent: string): void {
  for (const name of namesIn(parent)) {
    if (!isProfileFolder(name) || !name.endsWith(RECORD)) continue;
    try {
      sweep(join(parent, name.slice(0, -RECORD.length)));
    } catch {
      // Another session was faster, or the next one will do it.
    }
  }
}

function sweep(folder: string): void {
  if (!isOurs(lstatSync(folder + RECORD))) return;
  if (!isGone(readlinkSync(folder + RECORD))) return;
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found) {
    if (!found.isDirectory() || !isOurs(found)) return;
    rmSync(folder, { recursive: true, force: true });
  }
  forgetFolder(folder);
}

/** None of a folder that may be written but not read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const isOurs = ({ uid }: { uid: number }) => uid === process.getuid?.();
