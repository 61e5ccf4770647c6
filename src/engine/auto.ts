import { EnvironmentError } from "../errors.js";
import type { TabulatedLikelihood } from "../tables/table.js";
import { createCpuEngine } from "./cpu/engine.js";
import type { Engine, EngineProblem, GridAxis } from "./engine.js";
import { createGpuEngine, type GpuAdapter, type GpuEngineName } from "./gpu-engines.js";
import type { EngineOptions } from "./options.js";

/** What the CPU engine does within this time is not worth looking for anything else. */
const WORTH_S = 30;
/** Points of a trial of the exact profile. */
const TRIAL_POINTS = 64;

/** WebGPU in Node first: it needs no browser. */
const WEBGPU: readonly GpuEngineName[] = ["webgpu-dawn", "webgpu-chrome"];

interface Choice {
  readonly engine: Engine;
  /** For people: what was taken, and why; absent where a short job left nothing to choose. */
  readonly reason?: string;
}

/**
 * The engine that is taken where the user leaves the choice: the CPU, unless its work takes long and
 * there is a real GPU. Software adapters share the CPU's cores and are taken on request only, and no
 * browser is started to find anything out.
 */
export async function chooseEngine(
  problem: EngineProblem,
  tables: TabulatedLikelihood | undefined,
  options: EngineOptions,
): Promise<Choice> {
  const { threads, axes, points = Number.POSITIVE_INFINITY } = options;
  const cpu = createCpuEngine(problem, { ...(threads && { threads }), tables });
  if (problem.description.family) {
    return { engine: cpu, reason: "cpu, the only engine that scans exponent_x" };
  }
  const seconds = points / (await speedOf(cpu, tables ? axes : undefined));
  if (seconds < WORTH_S) return { engine: cpu };
  try {
    const { engine } = await createGpuEngine("webgpu-dawn", problem, {
      adapter: "hardware",
      tables,
    });
    await cpu.close();
    return { engine, reason: `${engine.name}, as there is a GPU: ${engine.device}` };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return { engine: cpu, reason: "cpu, as there is no GPU with a driver (nsiscan doctor)" };
  }
}

/**
 * The WebGPU engine that works here: in Node, or else in a browser.
 * @throws EnvironmentError `no-gpu-engine` where none does
 */
export async function chooseWebGpu(
  problem: EngineProblem,
  tables: TabulatedLikelihood | undefined,
  adapter: GpuAdapter | undefined,
): Promise<Choice> {
  const failures: string[] = [];
  for (const name of WEBGPU) {
    try {
      const { engine } = await createGpuEngine(name, problem, { adapter, tables });
      const others = failures.length > 0 ? `; ${failures.join(" ")}` : "";
      return { engine, reason: `${engine.name}: ${engine.device}${others}` };
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      failures.push(`${name}: ${error.message}`);
    }
  }
  const message = `No WebGPU works here. ${failures.join(" ")}`;
  throw new EnvironmentError("no-gpu-engine", message, { engine: "webgpu", failures });
}

/** Points per second, roughly: of a look-up as its route says, of exact profiles by a few of them. */
async function speedOf(cpu: Engine, axes: readonly GridAxis[] | undefined): Promise<number> {
  if (axes) {
    const route = await cpu.route(axes);
    if (route.accuracy === "approximate") return route.second;
  }
  const side = { from: -0.4, to: 0.4, points: Math.sqrt(TRIAL_POINTS) };
  const plane = ["eps_ee_u", "eps_ee_d"].map((parameter) => ({ parameter, ...side }));
  const source = { kind: "grid", axes: plane, start: 0, count: TRIAL_POINTS } as const;
  const begun = performance.now();
  await cpu.evaluate(source);
  return (1000 * TRIAL_POINTS) / Math.max(performance.now() - begun, 0.1);
}
