import { availableParallelism } from "node:os";
import { NsiscanError } from "../errors.js";
import { GPU_ENGINES, type GpuAdapter, type GpuEngineName } from "./gpu-engines.js";
import { inspectChrome } from "./hosts/chrome/engine.js";
import { openDawn } from "./hosts/dawn.js";
import type { AdapterFacts } from "./webgpu/host.js";

/** What an engine has on one kind of adapter, or why it has none. */
export type AdapterReport = { readonly asked: GpuAdapter } & (
  | {
      readonly works: true;
      readonly adapter: AdapterFacts;
      /** By name, as WebGPU or WebGL calls them. */
      readonly limits: Readonly<Record<string, number>>;
      readonly features: readonly string[];
      readonly start_seconds: number;
    }
  | { readonly works: false; readonly code: string; readonly remedy: string }
);

export interface EngineReport {
  readonly engine: string;
  readonly works: boolean;
  readonly device: string;
  readonly adapters: readonly AdapterReport[];
}

/** Adapters worth looking for: Chrome's WebGPU has no lavapipe. */
const LOOKED_FOR: Record<GpuEngineName, readonly GpuAdapter[]> = {
  "webgpu-dawn": ["hardware", "lavapipe", "swiftshader"],
  "webgpu-chrome": ["hardware", "swiftshader"],
  gpujs: ["hardware", "lavapipe", "swiftshader"],
};

/** Looks for every engine and adapter on this machine, one after the other. */
export async function diagnose(): Promise<EngineReport[]> {
  const threads = availableParallelism();
  const cpu = { engine: "cpu", works: true, device: `${threads} worker threads, float64` };
  const reports: EngineReport[] = [{ ...cpu, adapters: [] }];
  for (const engine of GPU_ENGINES) {
    const adapters: AdapterReport[] = [];
    for (const asked of LOOKED_FOR[engine]) adapters.push(await look(engine, asked));
    const first = adapters.find((report) => report.works);
    reports.push({
      engine,
      works: first !== undefined,
      device: first?.adapter.description ?? "",
      adapters,
    });
  }
  return reports;
}

async function look(engine: GpuEngineName, asked: GpuAdapter): Promise<AdapterReport> {
  const begun = performance.now();
  try {
    const found =
      engine === "webgpu-dawn" ? await lookAtDawn(asked) : await inChrome(engine, asked);
    const seconds = (performance.now() - begun) / 1000;
    return { asked, works: true, ...found, start_seconds: Number(seconds.toFixed(2)) };
  } catch (error) {
    if (!(error instanceof NsiscanError)) throw error;
    return { asked, works: false, code: error.code, remedy: error.message };
  }
}

async function lookAtDawn(adapter: GpuAdapter) {
  const host = await openDawn({ adapter });
  const { limits: all, features } = host.device;
  const limits: Record<string, number> = {};
  for (const name in all) {
    const value = all[name as keyof GPUSupportedLimits];
    if (typeof value === "number") limits[name] = value;
  }
  const found = { adapter: host.adapter, limits, features: [...features].sort() };
  await host.close();
  return found;
}

async function inChrome(engine: GpuEngineName, asked: GpuAdapter) {
  const kind = engine === "gpujs" ? "gpujs" : "webgpu";
  const { adapter, limits, features } = await inspectChrome(kind, { adapter: asked });
  return { adapter, limits, features };
}
