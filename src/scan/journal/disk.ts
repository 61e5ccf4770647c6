import { randomBytes } from "node:crypto";
import { open, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { diskTrouble, EnvironmentError, NsiscanError } from "../../errors.js";

/** What a folder answers where it cannot be flushed by itself: network disks, other systems. */
const UNFLUSHABLE = ["EINVAL", "EPERM", "EISDIR", "EACCES", "ENOTSUP"];

/**
 * Writes a file so that after a crash at any moment it is there whole or not at all: a temporary one
 * beside it, flushed, renamed, and the folder flushed. Of several writers the last one's stays.
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const mine = `${process.pid}-${randomBytes(4).toString("hex")}`;
  const temporary = join(dirname(path), `.${basename(path)}.${mine}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await flushFolder(dirname(path));
}

async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!UNFLUSHABLE.includes(codeOf(error) ?? "")) throw error;
  }
}

/** Removes the folders from `inner` up to `outer` that nobody has put anything into. */
export async function removeEmpty(inner: string, outer: string): Promise<void> {
  try {
    await rmdir(inner);
  } catch {
    return;
  }
  if (inner !== outer) await removeEmpty(dirname(inner), outer);
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}

/** Runs what touches a journal's files; what the system has against it becomes an EnvironmentError. */
export async function onDisk<T>(folder: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (error instanceof NsiscanError || code === undefined || syscall === undefined) throw error;
    throw new EnvironmentError("journal-disk", `The journal ${folder} ${complaint(error, code)}.`, {
      path: folder,
      code,
    });
  }
}

function complaint(error: unknown, code: string): string {
  if (code === "ENOENT") return "is gone: another run may have completed or replaced it";
  const { reason, remedy } = diskTrouble(error);
  return `cannot be used: ${reason}. ${remedy}, or choose another result folder`;
}
