import { readFileSync } from "node:fs";
import yargs from "yargs";
import { InputError } from "../errors.js";
import { suggest } from "../scan/suggest.js";
import { commands } from "./commands/index.js";
import { report } from "./report.js";

function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

async function commandLine(args: readonly string[]) {
  const cli = yargs([...args])
    .scriptName("nsiscan")
    .usage("$0 <command>\n\nScan neutrino non-standard interactions against COHERENT's CEvNS data.")
    .epilogue("Each command explains itself with an example: nsiscan <command> --help")
    .locale("en")
    .version(packageVersion())
    .help()
    .strict()
    .demandCommand(1, 1, "No command given.", "More than one command given.")
    .recommendCommands()
    .exitProcess(false)
    .fail((message, error) => {
      throw error && error.name !== "YError" ? error : usageError(message, args);
    });
  const [first] = args;
  const asked = Object.hasOwn(commands, first) ? [commands[first]] : Object.values(commands);
  for (const register of await Promise.all(asked.map((load) => load()))) register(cli);
  return cli;
}

/** A complaint of yargs as one paragraph that ends with where to look. */
function usageError(message: string, args: readonly string[]): InputError {
  const firstOption = args.findIndex((arg) => arg.startsWith("-"));
  const words = firstOption === -1 ? args : args.slice(0, firstOption);
  const suggests = message.startsWith("Did you mean");
  const given = words.at(-1) ?? "";
  const near = suggest(given, [/^Did you mean (.*)\?$/.exec(message)?.[1] ?? ""]);
  const question = near.startsWith("Did") ? ` ${message}` : "";
  const problem = suggests ? `There is no command "${words.join(" ")}".${question}` : message;
  const [command] = suggests ? words.slice(0, -1) : words;
  const help =
    command === undefined || message.includes(`: ${command}`)
      ? "nsiscan --help"
      : `nsiscan ${command} --help`;
  const sentence = problem
    .replace(
      /Not enough non-option arguments: got (\d+), need at least (\d+)/,
      "An argument is missing: $1 given, $2 needed",
    )
    .replace(/Not enough arguments following: (\S+)/, "Option --$1 needs a value")
    .replace(/^Unknown argument: (\S+)$/, (all, name) =>
      args.some((arg) => arg.split("=")[0] === `--${name}`) ? `Unknown option: --${name}` : all,
    )
    .replace(/\s*\n\s*/g, " ")
    .replace(/([^.?!])$/, "$1.");
  return new InputError("usage", `${sentence} See \`${help}\`.`);
}

/**
 * Run one command line.
 * @param args the words after `nsiscan`
 * @returns the exit status; a failure has been reported on stderr
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const cli = await commandLine(args);
    await cli.parseAsync();
    return 0;
  } catch (error) {
    return report(error);
  }
}
