import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { diskTrouble, EnvironmentError, InputError, NsiscanError } from "../errors.js";

const temporaryOf = (path: string): string => `${path}.${process.pid}.tmp`;

/**
 * Refuses an output file that cannot be written, or that exists; to be called before the work.
 * @param force a file that exists may be replaced
 * @throws InputError for a file or folder in the way, EnvironmentError where the disk refuses
 */
export function checkOutputFile(path: string, force: boolean): void {
  whole(path, () => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && !found.isFile()) {
      const message = `${path} exists and is no ordinary file, so it will not be replaced. Choose another name.`;
      throw new InputError("not-a-file", message, { path });
    }
    if (found && !force) {
      const message = `${path} exists already. Give --force to replace it, or choose another name.`;
      throw new InputError("result-exists", message, { path });
    }
    writeFileSync(temporaryOf(path), "");
    rmSync(temporaryOf(path));
  });
}

/** Writes a file all at once: when anything fails, what was there before stays. */
export function writeOutputFile(path: string, content: string | Uint8Array): void {
  whole(path, () => {
    writeFileSync(temporaryOf(path), content);
    renameSync(temporaryOf(path), path);
  });
}

/** Leaves no temporary file behind, and says what the system has against the file. */
function whole(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof NsiscanError) throw error;
    removeIfThere(temporaryOf(path));
    throw explain(error as NodeJS.ErrnoException, path);
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A path that the system will not even look up has no file either.
  }
}

function explain(error: NodeJS.ErrnoException, path: string): Error {
  const { code } = error;
  const isFolder = statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  if ((code === "ENOENT" || code === "ENOTDIR") && !isFolder) {
    const text = `Cannot write ${path}: its folder does not exist. Make it first, or choose another one.`;
    return new InputError("no-such-folder", text, { path });
  }
  // The folder is there: it is one in which nobody may make a file, such as /proc.
  const refused = code === "ENOENT" ? { ...error, code: "EACCES" } : error;
  const { reason, remedy } = diskTrouble(refused);
  const text = `Cannot write ${path}: ${reason}. ${remedy} or choose another place; nothing was left half written.`;
  return new EnvironmentError("cannot-write", text, { path, code });
}
