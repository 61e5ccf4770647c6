import { InputError } from "../errors.js";
import { checkParameterVector } from "../model/parameters.js";
import { chooseEngine } from "./auto.js";
import { createCpuEngine } from "./cpu/engine.js";
import type { Engine, EngineProblem } from "./engine.js";
import { createGpuEngine, GPU_ENGINES, type GpuEngineName } from "./gpu-engines.js";
import type { EngineOptions } from "./options.js";

export type { EngineOptions } from "./options.js";

/** What `--engine` and scan files may name, the default first; `auto` is the fastest that works here. */
export const ENGINES = ["auto", "cpu", "webgpu", ...GPU_ENGINES] as const;

/**
 * @throws InputError for an engine that does not exist or cannot do the problem, or a base that is no
 * parameter vector; EnvironmentError for an engine that does not work on this machine
 */
export async function createEngine(
  name: string,
  problem: EngineProblem,
  options: EngineOptions = {},
): Promise<Engine> {
  const { threads, adapter } = options;
  if (!(ENGINES as readonly string[]).includes(name)) {
    const message = `Unknown engine "${name}". There is: ${ENGINES.join(", ")}.`;
    throw new InputError("unknown-engine", message, { engine: name });
  }
  checkParameterVector(problem.base);
  if (name === "cpu") {
    if (adapter === undefined) {
      return createCpuEngine(problem, threads === undefined ? {} : { threads });
    }
    const message = `The CPU engine has no adapter, but "${adapter}" is asked for. Leave --adapter out, or take a GPU engine: webgpu, ${GPU_ENGINES.join(", ")}.`;
    throw new InputError("no-adapter-choice", message, { engine: name, adapter });
  }
  if (name !== "auto" && name !== "webgpu") {
    return (await createGpuEngine(name as GpuEngineName, problem, adapter)).engine;
  }
  const { engine, reason } = await chooseEngine(name, problem, options);
  if (reason !== undefined) options.onChoice?.(reason);
  return engine;
}
