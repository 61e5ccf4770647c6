import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The built command line. */
export const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** Folder to run in. */
  readonly cwd?: string;
  /** What standard input holds. */
  readonly input?: string;
}

/** Run the built command line as a user would, with `env` on top of this process's environment. */
export function nsiscan(
  args: readonly string[],
  env: Record<string, string> = {},
  surroundings: Surroundings = {},
): CommandResult {
  checkBuilt();
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
    ...surroundings,
  });
  return { status, stdout, stderr };
}

/** A command of a shell in which `nsiscan` is the built command line; the status is the pipeline's. */
export function shell(command: string, surroundings: Surroundings = {}): CommandResult {
  checkBuilt();
  const script = `set -o pipefail; nsiscan() { "${process.execPath}" "${main}" "$@"; }; ${command}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
    encoding: "utf8",
    ...surroundings,
  });
  return { status, stdout, stderr };
}

function checkBuilt(): void {
  if (!existsSync(main)) throw new Error("These tests run the build: `npm run build` first.");
}
