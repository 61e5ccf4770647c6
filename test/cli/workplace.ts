import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import type { CommandResult } from "./nsiscan.js";

/** An empty folder for each test of a file. */
export function workplace(): { readonly path: string; readonly files: () => string[] } {
  let path = "";
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), "nsiscan-cli-"));
  });
  afterEach(() => rmSync(path, { recursive: true }));
  return {
    get path() {
      return path;
    },
    files: () => readdirSync(path).sort(),
  };
}

/** A refusal is one paragraph on stderr that has all of `words`, and nothing on stdout. */
export function expectRefusal(result: CommandResult, words: readonly string[], status = 2): void {
  expect(result).toMatchObject({ status, stdout: "" });
  expect(result.stderr).toMatch(/^nsiscan: [^\n]+[.?]\n$/);
  for (const word of words) expect(result.stderr).toContain(word);
  expect(result.stderr).not.toMatch(/this is a bug|undefined|\bat \S+:\d+/);
}
