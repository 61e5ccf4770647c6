import type { Argv } from "yargs";
import { ENGINES } from "../engine/registry.js";
import { InputError } from "../errors.js";
import { adapterOption, modeOption, threadsOption } from "./engine-options.js";
import { once, path } from "./options.js";

/** Where results go unless the user says otherwise. */
export const RESULTS = "results";

/** A whole number of at least 1, given once. */
export function countOption(name: string, describe: string) {
  return {
    type: "number",
    requiresArg: true,
    describe,
    coerce: (given: number | number[]) => {
      const count = once<number>(name)(given);
      if (count === undefined || (Number.isSafeInteger(count) && count >= 1)) return count;
      const message = `Option --${name} is ${count}; give a whole number, 1 or more.`;
      throw new InputError("bad-count", message, { option: name, count });
    },
  } as const;
}

/** The options that say which scan, where to, and what does the work. */
export function withScan<T>(cli: Argv<T>) {
  return (
    cli
      .positional("file", {
        type: "string",
        demandOption: true,
        describe: "scan file (YAML or JSON); - is standard input",
      })
      // yargs would take a lone - for an option without a name.
      .nargs("file", 1)
      .option("out", {
        type: "string",
        requiresArg: true,
        coerce: path("out"),
        describe: "result folder [default: results/<name of the scan>]",
      })
      .option("engine", {
        type: "string",
        requiresArg: true,
        coerce: once<string>("engine"),
        describe: `engine in place of the scan file's: ${ENGINES.join(", ")}`,
      })
      .option("mode", modeOption)
      .option("adapter", adapterOption)
      .option("threads", threadsOption)
      .option(
        "tile-points",
        countOption("tile-points", "points between two saves [default: about a second's work]"),
      )
  );
}

interface ScanWords {
  readonly file: string;
  readonly engine?: string | undefined;
  readonly mode?: string | undefined;
  readonly adapter?: string | undefined;
  readonly threads?: number | undefined;
  readonly tilePoints?: number | undefined;
}

/** The options of {@link withScan} that were given, as words of a command line, but file and folder. */
export function scanWords(args: ScanWords): string[] {
  const options = {
    engine: args.engine,
    mode: args.mode,
    adapter: args.adapter,
    threads: args.threads,
    "tile-points": args.tilePoints,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return given.flatMap(([name, value]) => [`--${name}`, String(value)]);
}
