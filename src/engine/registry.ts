import { InputError } from "../errors.js";
import { createCpuEngine } from "./cpu/engine.js";
import type { Engine, EngineProblem } from "./engine.js";

/** What `--engine` and scan files may name, the default first; `auto` is the fastest that works here. */
export const ENGINES = ["auto", "cpu"] as const;

export interface EngineOptions {
  /** Worker threads of the CPU engine; default: every core. */
  readonly threads?: number | undefined;
}

/** @throws InputError for an engine that does not exist */
export async function createEngine(
  name: string,
  problem: EngineProblem,
  { threads }: EngineOptions = {},
): Promise<Engine> {
  if (!(ENGINES as readonly string[]).includes(name)) {
    throw new InputError(
      "unknown-engine",
      `Unknown engine "${name}". There is: ${ENGINES.join(", ")}.`,
      {
        engine: name,
      },
    );
  }
  return createCpuEngine(problem, threads === undefined ? {} : { threads });
}
