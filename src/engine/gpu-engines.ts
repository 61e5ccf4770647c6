import type { TabulatedLikelihood } from "../tables/table.js";
import type { Engine, EngineProblem } from "./engine.js";
import { ADAPTERS, type Adapter } from "./hosts/adapters.js";

/** Engines on a GPU, or on what plays one, by host: the likeliest to be fast first. */
export const GPU_ENGINES = ["webgpu-dawn", "webgpu-chrome", "gpujs"] as const;
export type GpuEngineName = (typeof GPU_ENGINES)[number];

/** What `--adapter` may name. */
export const GPU_ADAPTERS = ADAPTERS;
export type GpuAdapter = Adapter;

export interface GpuOptions {
  /** Default: a GPU, else the best software adapter. */
  readonly adapter?: GpuAdapter | undefined;
  /** Certified profile tables of the problem. */
  readonly tables?: TabulatedLikelihood | undefined;
}

/** An engine, and whether a CPU plays its GPU. */
export interface GpuEngine {
  readonly engine: Engine;
  readonly software: boolean;
}

/** @throws EnvironmentError where it does not work, InputError for a problem that it cannot do */
export async function createGpuEngine(
  name: GpuEngineName,
  problem: EngineProblem,
  options: GpuOptions = {},
): Promise<GpuEngine> {
  const engine = await open(name, problem, options);
  return { engine, software: engine.adapter.software };
}

/** Hosts are loaded when they are wanted: a browser's driver takes a quarter of a second. */
async function open(
  name: GpuEngineName,
  problem: EngineProblem,
  { adapter = "auto", tables }: GpuOptions,
) {
  const options = { adapter, ...(tables && { tables }) };
  if (name === "webgpu-dawn") {
    const { createDawnEngine } = await import("./hosts/dawn-engine.js");
    return createDawnEngine(problem, options);
  }
  const { createChromeEngine } = await import("./hosts/chrome/engine.js");
  return createChromeEngine(problem, { engine: name === "gpujs" ? "gpujs" : "webgpu", ...options });
}
