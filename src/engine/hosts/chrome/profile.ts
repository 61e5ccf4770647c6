import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EnvironmentError } from "../../../errors.js";
import { forgetFolder, makeFolder, profileParent, sweepFolders } from "./folders.js";

/** A profile folder of a browser's own, and the guard that sees to it that both go with us. */
export interface Profile {
  readonly folder: string;
  /** Tells the guard which process to kill when this program is gone; 0 for none. */
  watch(pid: number): void;
  /** Removes the folder; the browser must have ended. */
  remove(): void;
}

/** Makes a profile folder, and clears up after programs that were killed together with their guards. */
export function createProfile(): Profile {
  const file = guardFile();
  const parent = profileParent();
  sweepFolders(parent);
  const folder = makeFolder(parent);
  const guard = spawn(process.execPath, [file, "--guard", folder], {
    detached: true, // Ctrl-C is for us, not for the guard
    stdio: ["pipe", "ignore", "ignore"],
    env: { TMPDIR: parent },
  });
  // Without a guard (no memory for it, say) all goes well but for an end by SIGKILL.
  guard.on("error", () => {});
  guard.stdin.on("error", () => {});
  guard.unref();
  return {
    folder,
    watch(pid) {
      guard.stdin.write(`${pid}\n`);
    },
    remove() {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      forgetFolder(folder);
      guard.stdin.end();
    },
  };
}

/** Node runs compiled files only, so from the sources too it is the built guard that works. */
function guardFile(): string {
  const places = ["./guard.js", "../../../../dist/engine/hosts/chrome/guard.js"];
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = files.find((file) => existsSync(file));
  if (found !== undefined) return found;
  const message = `A part of nsiscan is missing: ${files[0]}. Build it with "npm run build" in a checkout, or install nsiscan again.`;
  throw new EnvironmentError("guard-missing", message, { file: files[0] });
}
