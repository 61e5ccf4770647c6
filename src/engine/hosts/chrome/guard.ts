/**
 * A process that outlives its parent by a moment: when the parent is gone, however it went, the
 * browser is killed and its profile folder removed. Started by `profile.ts`, told of the browser's
 * process on stdin.
 */
import { existsSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { forgetFolder, isProfileFolder } from "./folders.js";

/** A dying browser may still write: the folder must stay away this often in a row. */
const QUIET_LOOKS = 3;
const LOOKS = 50;
const LOOK_MS = 100;

/** Kills a browser with its children. They form a process group, but for Windows. */
export function killBrowser(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Removes a profile folder for good. */
async function removeProfile(folder: string): Promise<void> {
  if (!isProfileFolder(folder)) return;
  let quiet = 0;
  for (let look = 0; look < LOOKS && quiet < QUIET_LOOKS; look++) {
    quiet = existsSync(folder) ? 0 : quiet + 1;
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      quiet = 0; // something was written meanwhile
    }
    await sleep(LOOK_MS);
  }
  if (quiet === QUIET_LOOKS) forgetFolder(folder);
}

async function guard(folder: string): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  let told = "";
  for await (const text of process.stdin.setEncoding("utf8")) told += text;
  const pid = Number(told.trim().split("\n").at(-1));
  if (pid > 0) killBrowser(pid);
  await removeProfile(folder);
}

if (process.argv[2] === "--guard") await guard(process.argv[3]);
