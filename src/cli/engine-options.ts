import type { Argv } from "yargs";
import { ENGINES } from "../engine/registry.js";
import { InputError } from "../errors.js";
import { once } from "./options.js";

/** Worker threads, as an option of any command that evaluates. */
export const threadsOption = {
  type: "number",
  requiresArg: true,
  describe: "worker threads of the CPU engine [default: every core]",
  coerce: (given: number | number[]) => {
    const count = once<number>("threads")(given);
    if (count === undefined || (Number.isInteger(count) && count >= 1)) return count;
    throw new InputError(
      "bad-threads",
      `Option --threads is ${count}; give a whole number of threads, 1 or more.`,
      { threads: count },
    );
  },
} as const;

/** The options that say what does the work. */
export function withEngine<T>(cli: Argv<T>) {
  return cli
    .option("engine", {
      type: "string",
      default: ENGINES[0] as string,
      requiresArg: true,
      coerce: once<string>("engine"),
      describe: `engine: ${ENGINES.join(", ")}`,
    })
    .option("threads", threadsOption);
}
