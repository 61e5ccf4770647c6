import type { Argv } from "yargs";
import { GPU_ADAPTERS, type GpuAdapter } from "../engine/gpu-engines.js";
import { ENGINES } from "../engine/registry.js";
import { ENGINE_MODES, type EngineMode } from "../engine/tables-for.js";
import { InputError } from "../errors.js";
import { once } from "./options.js";

/** More than any machine has cores: each thread holds templates of its own. */
const MOST_THREADS = 1024;

/** Worker threads, as an option of any command that evaluates. */
export const threadsOption = {
  type: "number",
  requiresArg: true,
  describe: "worker threads of the CPU engine [default: every core]",
  coerce: (given: number | number[]) => {
    const count = once<number>("threads")(given);
    if (count === undefined) return count;
    if (Number.isInteger(count) && count >= 1 && count <= MOST_THREADS) return count;
    throw new InputError(
      "bad-threads",
      `Option --threads is ${count}; give a whole number of threads from 1 to ${MOST_THREADS}.`,
      { threads: count },
    );
  },
} as const;

/** How χ² of a grid is to be had. */
export const modeOption = {
  type: "string",
  requiresArg: true,
  describe:
    "how χ² of a grid is had: tables (profile tables, certified, or an error), exact (float64 profiles at every point; the GPU engines count events and profile those), auto: tables where they can be certified and are worth it [default: auto]",
  coerce: (given: string | string[]) => {
    const mode = once<string>("mode")(given) as EngineMode | undefined;
    if (mode === undefined || ENGINE_MODES.includes(mode)) return mode;
    const message = `Unknown mode "${mode}". There is: ${ENGINE_MODES.join(", ")}.`;
    throw new InputError("unknown-mode", message, { mode });
  },
} as const;

/** What a GPU engine runs on, as an option of any command that evaluates. */
export const adapterOption = {
  type: "string",
  requiresArg: true,
  describe: `what a GPU engine runs on: ${GPU_ADAPTERS.join(", ")} [default: a GPU, else software]`,
  coerce: (given: string | string[]) => {
    const adapter = once<string>("adapter")(given) as GpuAdapter | undefined;
    if (adapter === undefined || GPU_ADAPTERS.includes(adapter)) return adapter;
    throw new InputError(
      "unknown-adapter",
      `Unknown adapter "${adapter}". There is: ${GPU_ADAPTERS.join(", ")}; "nsiscan doctor" shows which work here.`,
      { adapter },
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
    .option("adapter", adapterOption)
    .option("threads", threadsOption);
}
