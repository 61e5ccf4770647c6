import { EnvironmentError } from "../errors.js";
import type { Engine, EngineProblem } from "./engine.js";
import { GPU_ADAPTERS, GPU_ENGINES, type GpuAdapter } from "./gpu-engines.js";
import type { EngineOptions } from "./options.js";
import { createEngine } from "./registry.js";

/** The engine of an unfinished run, as its journal has it. */
export interface BegunBy {
  readonly engine: string;
  readonly device: string;
}

/**
 * The engine to continue a run with: where the user leaves the choice, the engine and the adapter that
 * it was begun with, whatever is fastest here. One that the user names is what it always is.
 * @param name what the user asks for
 * @throws EnvironmentError `engine-not-here`
 */
export async function createEngineAgain(
  name: string,
  begun: BegunBy,
  problem: EngineProblem,
  options: EngineOptions,
): Promise<Engine> {
  const leavesIt = name === "auto" || (name === "webgpu" && begun.engine.startsWith("webgpu-"));
  if (!leavesIt && name !== begun.engine) return createEngine(name, problem, options);
  if (!(GPU_ENGINES as readonly string[]).includes(begun.engine)) {
    return createEngine(begun.engine, problem, options);
  }
  const adapters = options.adapter === undefined ? GPU_ADAPTERS : [options.adapter];
  let other: GpuAdapter | undefined;
  const failures: string[] = [];
  for (const adapter of adapters) {
    try {
      const engine = await createEngine(begun.engine, problem, { ...options, adapter });
      if (engine.device === begun.device) return engine;
      await engine.close();
      other ??= adapter;
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      failures.push(error.message);
    }
  }
  // Its journal will tell in what this is another run: the device, or all of it.
  if (other) return createEngine(begun.engine, problem, { ...options, adapter: other });
  const message = `The unfinished run was begun by the engine ${begun.engine} (${begun.device}), which does not work here: ${failures[0]} Continue the run where that engine works, or start afresh with --force.`;
  throw new EnvironmentError("engine-not-here", message, { ...begun, failures });
}
