import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { diskTrouble, EnvironmentError, InputError, NsiscanError } from "../errors.js";
import { removeEmpty } from "../scan/journal/disk.js";
import { filesBelow, keepForeignFiles, MARK } from "./foreign-files.js";
import { toJson } from "./json.js";

/** Where in a workshop the result is that is replaced, until the new one has its place. */
const OLD = "old.tmp";

interface FolderOptions {
  /** Replace an existing result folder, after the new one is complete; what others put into it stays. */
  readonly force?: boolean;
}

/**
 * Refuses a result folder that would be in the way or cannot be written; to be called before hours of
 * work, too. It leaves nothing on the disk.
 * @throws InputError where something exists: without `force`, or when it is no result folder;
 * EnvironmentError where the disk refuses
 */
export async function checkResultFolder(path: string, options: FolderOptions = {}): Promise<void> {
  try {
    await checkNothingInTheWay(path, options);
    await tryWorkshop(resolve(path));
  } catch (error) {
    throw explain(error, path);
  }
}

/** Whether a folder holds a complete result. */
export function isResultFolder(path: string): boolean {
  return existsSync(join(path, MARK));
}

async function checkNothingInTheWay(path: string, { force }: FolderOptions): Promise<void> {
  const entries = await list(path);
  if (entries === undefined || entries.length === 0) return;
  if (!entries.includes(MARK)) {
    const message = `${path} exists and is not a result folder (it has no ${MARK}), so nothing of it will be replaced. Choose another folder, or remove this one yourself.`;
    throw new InputError("not-a-result", message, { path });
  }
  if (!force) {
    const message = `The result folder ${path} exists already. Give --force to replace it when the new result is complete, or choose another name.`;
    throw new InputError("result-exists", message, { path });
  }
}

/** Makes and removes a temporary folder beside the target, or as near to it as there are folders. */
async function tryWorkshop(target: string, beside = dirname(target)): Promise<void> {
  try {
    await rmdir(await mkdtemp(workshopName(target, beside)));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    if (!missing || dirname(beside) === beside) throw error;
    await tryWorkshop(target, dirname(beside));
  }
}

/** By its name a workshop tells whose it is: one that a kill has left behind can go then. */
const workshopName = (target: string, beside: string) =>
  join(beside, `.${basename(target)}-${hostname()}-${process.pid}-`);

/**
 * Removes what processes of this host have left that were killed while they wrote the same result. A result
 * that one had moved away, for its own to take the place, goes back there.
 */
export async function removeLeftWorkshops(path: string): Promise<void> {
  const target = resolve(path);
  const beside = dirname(target);
  const prefix = `.${basename(target)}-${hostname()}-`;
  for (const name of (await readdir(beside)).filter((name) => name.startsWith(prefix))) {
    const [, pid] = /^(\d+)-\w{6}$/.exec(name.slice(prefix.length)) ?? [];
    if (pid === undefined || runs(Number(pid))) continue;
    const moved = join(beside, name, OLD);
    if (existsSync(moved) && !existsSync(target)) await rename(moved, target);
    // To tidy up is a courtesy: where it fails, nothing is worse than before.
    await rm(join(beside, name), { recursive: true, force: true }).catch(() => {});
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Writes files of a result into a folder. @returns what `provenance.json` is to say beside their names */
export type Fill = (folder: string) => Promise<object>;

/**
 * Makes a result folder all at once: `fill` writes into a temporary folder beside it, which takes
 * the result's name when it is complete. When anything fails, what was there before stays; what is replaced
 * are the files that a result lists as its own, and none that somebody has put beside them.
 *
 * @throws InputError as {@link checkResultFolder}, EnvironmentError where the disk refuses
 */
export async function writeResultFolder(
  path: string,
  options: FolderOptions,
  fill: Fill,
): Promise<void> {
  try {
    await replaceFolder(path, options, fill);
  } catch (error) {
    throw explain(error, path);
  }
}

async function replaceFolder(path: string, options: FolderOptions, fill: Fill): Promise<void> {
  await checkNothingInTheWay(path, options);
  const target = resolve(path);
  const beside = dirname(target);
  const made = await mkdir(beside, { recursive: true });
  await removeLeftWorkshops(target);
  await checkNothingInTheWay(path, options);
  const workshop = await mkdtemp(workshopName(target, beside));
  const fresh = join(workshop, "new.tmp");
  const old = join(workshop, OLD);
  try {
    await mkdir(fresh);
    const record = await fill(fresh);
    const files = await filesBelow(fresh);
    // Last, as it marks a complete result.
    await writeFile(join(fresh, MARK), toJson({ ...record, files }), { flag: "wx" });
    await keepForeignFiles(target, fresh);
    await checkNothingInTheWay(path, options);
    const replaces = (await list(target)) !== undefined;
    if (replaces) await rename(target, old);
    await rename(fresh, target).catch(async (error) => {
      if (replaces) await rename(old, target);
      throw error;
    });
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    if (made) await removeEmpty(beside, made);
    throw error;
  }
  await rm(workshop, { recursive: true, force: true });
}

/** Names in a folder; undefined where nothing exists. @throws InputError for a file */
async function list(path: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (code !== "ENOTDIR") throw error;
    const message = `${path} is a file, or lies in one, so no result folder can be made there. Choose another name.`;
    throw new InputError("not-a-result", message, { path });
  }
}

/** What the system has against a file becomes an error that a user can act on; a bug stays a bug. */
function explain(error: unknown, path: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof NsiscanError || code === undefined || syscall === undefined) return error;
  const { reason, remedy } = diskTrouble(error);
  const text = `The result folder ${path} cannot be written: ${reason}. ${remedy} or choose another place; nothing was left half written.`;
  return new EnvironmentError("cannot-write", text, { path, code });
}
