import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { checkOutputFile } from "../../src/cli/output-file.js";

it("a missing folder and a folder that takes no file are told apart", () => {
  expect(() => checkOutputFile("no-such-folder/x.csv", false)).toThrow("its folder does not exist");
  // Linux has a folder in which nobody may make a file.
  if (!existsSync("/proc/self")) return;
  const refusal = expect.objectContaining({
    exitStatus: 3,
    message: expect.stringMatching(/^Cannot write \/proc\/x\.csv: permission is denied/),
  });
  expect(() => checkOutputFile("/proc/x.csv", false)).toThrowError(refusal);
});
