import type { Engine, EngineProblem } from "./engine.js";
import { createChromeEngine } from "./hosts/chrome/engine.js";
import { DAWN_ADAPTERS } from "./hosts/dawn.js";
import { createDawnEngine } from "./hosts/dawn-engine.js";

/** Engines on a GPU, or on what plays one, by host: the likeliest to be fast first. */
export const GPU_ENGINES = ["webgpu-dawn", "webgpu-chrome", "gpujs"] as const;
export type GpuEngineName = (typeof GPU_ENGINES)[number];

/** What `--adapter` may name. */
export const GPU_ADAPTERS = DAWN_ADAPTERS;
export type GpuAdapter = (typeof GPU_ADAPTERS)[number];

/** An engine, and whether a CPU plays its GPU. */
export interface GpuEngine {
  readonly engine: Engine;
  readonly software: boolean;
}

/** @throws EnvironmentError where it does not work, InputError for a problem that it cannot do */
export async function createGpuEngine(
  name: GpuEngineName,
  problem: EngineProblem,
  adapter: GpuAdapter = "auto",
): Promise<GpuEngine> {
  const engine =
    name === "webgpu-dawn"
      ? await createDawnEngine(problem, { adapter })
      : await createChromeEngine(problem, {
          engine: name === "gpujs" ? "gpujs" : "webgpu",
          adapter,
        });
  return { engine, software: engine.adapter.software };
}
