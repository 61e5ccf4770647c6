import { InputError } from "../errors.js";
import { checkParameterVector } from "../model/parameters.js";
import { chooseEngine, chooseWebGpu } from "./auto.js";
import { createCpuEngine } from "./cpu/engine.js";
import type { Engine, EngineProblem } from "./engine.js";
import { createGpuEngine, GPU_ENGINES, type GpuEngineName } from "./gpu-engines.js";
import type { EngineOptions } from "./options.js";
import { tablesFor } from "./tables-for.js";

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
  const { threads, adapter, axes, onChoice } = options;
  if (!(ENGINES as readonly string[]).includes(name)) {
    const message = `Unknown engine "${name}". There is: ${ENGINES.join(", ")}.`;
    throw new InputError("unknown-engine", message, { engine: name });
  }
  if (name === "cpu" && adapter !== undefined) {
    const message = `The CPU engine has no adapter, but "${adapter}" is asked for. Leave --adapter out, or take a GPU engine: webgpu, ${GPU_ENGINES.join(", ")}.`;
    throw new InputError("no-adapter-choice", message, { engine: name, adapter });
  }
  checkParameterVector(problem.base);
  const { tables, reason: untabulated } = axes ? await tablesFor(problem, axes, options) : {};
  if (untabulated !== undefined) {
    if (options.mode === "tables") throw cannotTabulate(untabulated);
    onChoice?.(`no profile tables: ${untabulated}`);
  }
  if (name === "cpu") return createCpuEngine(problem, { ...(threads && { threads }), tables });
  if (name !== "auto" && name !== "webgpu") {
    return (await createGpuEngine(name as GpuEngineName, problem, { adapter, tables })).engine;
  }
  const isAuto = name === "auto" && adapter === undefined;
  const { engine, reason } = isAuto
    ? await chooseEngine(problem, tables, options)
    : await chooseWebGpu(problem, tables, adapter);
  if (reason !== undefined) onChoice?.(reason);
  return engine;
}

function cannotTabulate(reason: string): InputError {
  const message = `Profile tables were asked for and cannot be had: ${reason}. Leave --mode out to profile exactly.`;
  return new InputError("no-tables", message, { reason });
}
