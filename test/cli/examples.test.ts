import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import yargs from "yargs";
import { commands } from "../../src/cli/commands/index.js";
import { shell } from "./nsiscan.js";
import { workplace } from "./workplace.js";

const scans = fileURLToPath(new URL("../../scans/", import.meta.url));
const work = workplace();

/** The examples in a command's help, as a user would type them. */
async function examplesOf(command: string): Promise<string[]> {
  const cli = yargs().scriptName("nsiscan").wrap(null).exitProcess(false);
  (await commands[command]())(cli);
  let help = "";
  await cli.parseAsync(`${command} --help`, (_: unknown, __: unknown, output: string) => {
    help = output;
  });
  const [, examples] = help.split("Examples:\n");
  const lines = examples.split("\n\n")[0].split("\n");
  return lines.map((line) => line.trim().split(/ {2,}/)[0]).filter((line) => line !== "");
}

describe("the examples of --help", () => {
  it.each([
    ["scan", 2],
    ["fit", 3],
    ["evaluate", 2],
    ["predict", 2],
  ])("of nsiscan %s run as they stand", async (command, atLeast) => {
    mkdirSync(join(work.path, "scans"));
    for (const name of readdirSync(scans)) {
      // The same scans, coarse, so as not to take a minute.
      const scan = readFileSync(join(scans, name), "utf8").replaceAll("points: 401", "points: 21");
      writeFileSync(join(work.path, "scans", name), scan);
    }
    copyFileSync(join(work.path, "scans", "figure-6-upper.yaml"), join(work.path, "my-scan.yaml"));
    writeFileSync(join(work.path, "points.csv"), "eps_mutau_u\n0.1\n");
    const examples = await examplesOf(command);
    expect(examples.length).toBeGreaterThanOrEqual(atLeast);
    for (const example of examples) {
      const { status, stdout } = shell(example, { cwd: work.path });
      expect(status, example).toBe(0);
      if (!/ > |--out \S+\.csv/.test(example)) expect(stdout.length).toBeGreaterThan(50);
    }
  });
});
