import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { nsiscan } from "./nsiscan.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));

describe("the command line", () => {
  it("prints the package's version", () => {
    const { version } = JSON.parse(readFileSync(`${repository}package.json`, "utf8"));
    expect(nsiscan(["--version"])).toEqual(
      expect.objectContaining({ status: 0, stdout: `${version}\n`, stderr: "" }),
    );
  });

  it("shows every command's help with a worked example", () => {
    // "  nsiscan data  …" names a command; one with actions is followed one level down.
    const commands = (words: string[]): string[][] =>
      [...nsiscan([...words, "--help"]).stdout.matchAll(/^ {2}nsiscan ([a-z]+(?: [a-z]+)*)/gm)]
        .map(([, command]) => command.split(" "))
        .filter((found) => found.length === words.length + 1);
    const leaves = (words: string[]): string[][] => {
      const below = commands(words);
      return below.length === 0 ? [words] : below.flatMap(leaves);
    };
    const all = leaves([]);
    expect(all).toContainEqual(["data", "import"]);
    for (const words of all) {
      const { status, stdout } = nsiscan([...words, "--help"]);
      expect(status).toBe(0);
      expect(stdout, words.join(" ")).toContain("Examples:\n");
    }
  });

  it.each([
    [[], "No command given.", "nsiscan --help"],
    [["bogus"], "bogus", "nsiscan --help"],
    [["dat"], 'There is no command "dat". Did you mean data?', "nsiscan --help"],
    [["data"], "No action given.", "nsiscan data --help"],
    [["data", "sho"], 'There is no command "data sho". Did you mean show?', "nsiscan data --help"],
    [["data", "show", "--jsn"], "jsn", "nsiscan data --help"],
    [["data", "import"], "An argument is missing: 0 given, 1 needed.", "nsiscan data --help"],
    [["data", "import", ".", "--to"], "to", "nsiscan data --help"],
    [["data", "import", ".", "--to", "a", "--to", "b"], "--to is given twice", "data --help"],
  ])("refuses %j in one paragraph with status 2", (args, problem, help) => {
    const { status, stdout, stderr } = nsiscan(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^nsiscan: [^\n]+\n$/);
    expect(stderr).toContain(problem);
    expect(stderr).toContain(help);
  });

  it("speaks English whatever the locale", () => {
    const { stderr } = nsiscan(["bogus"], { LC_ALL: "de_DE.UTF-8" });
    expect(stderr).toBe('nsiscan: There is no command "bogus". See `nsiscan --help`.\n');
  });

  it("says nothing when the reader of its output goes away", () => {
    const script = `"${process.execPath}" dist/cli/main.js data show --json | head -c 1; exit "\${PIPESTATUS[0]}"`;
    const result = spawnSync("bash", ["-c", script], { cwd: repository, encoding: "utf8" });
    expect(result).toMatchObject({ status: 0, stdout: "[", stderr: "" });
  });
});

describe("a bug", () => {
  const crash = (env: Record<string, string>) =>
    spawnSync(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        'import { report } from "./dist/cli/report.js"; process.exitCode = report(new TypeError("x is undefined"));',
      ],
      { cwd: repository, encoding: "utf8", env: { ...process.env, ...env } },
    );

  it("asks for a report, without a stack, with status 1", () => {
    const { status, stderr } = crash({ NSISCAN_DEBUG: "" });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^nsiscan: this is a bug, please report it[^\n]*TypeError: x is undefined[^\n]*\n$/,
    );
  });

  it("shows its stack with NSISCAN_DEBUG=1", () => {
    expect(crash({ NSISCAN_DEBUG: "1" }).stderr).toMatch(/\n {4}at /);
  });
});
