import { createCpuEngine } from "../engine/cpu/engine.js";
import type { Engine, EngineProblem } from "../engine/engine.js";
import { createChromeEngine } from "../engine/hosts/chrome/engine.js";
import { openDawn } from "../engine/hosts/dawn.js";
import type { EngineOptions } from "../engine/options.js";
import { createWebGpuEngine, type WebGpuMode } from "../engine/webgpu/engine.js";
import type { Gauge } from "../engine/webgpu/gauge.js";

/** An engine, and what it tells of its speed. */
export interface BenchEngine extends Engine {
  readonly gauge?: Gauge | undefined;
}

/** An engine in one of its modes. */
export interface Candidate {
  readonly engine: string;
  readonly mode: string;
  /** Points of a first trial: a second or less on anything. */
  readonly first: number;
  readonly open: (problem: EngineProblem) => Promise<BenchEngine>;
}

/** The candidate that all others are compared with: plain float64 Newton at every point. */
export const REFERENCE = { engine: "cpu", mode: "newton" } as const;

const MODES: readonly WebGpuMode[] = ["predicted", "newton", "counts"];

const FEW = 2 ** 9;
/** Where χ² is computed on the device, that is done for whole planes, whatever part is asked for. */
const firstOf = (mode: WebGpuMode) => (mode === "counts" ? FEW : 2 ** 18);

/** Every engine in every mode, the reference first. */
export function candidates({ threads, adapter = "auto" }: EngineOptions): Candidate[] {
  const given = threads === undefined ? {} : { threads };
  const cpu = (mode: "newton" | "predicted"): Candidate => ({
    engine: "cpu",
    mode,
    first: FEW,
    open: async (problem) => createCpuEngine(problem, { ...given, mode }),
  });
  const dawn = (mode: WebGpuMode): Candidate => ({
    engine: "webgpu-dawn",
    mode,
    first: firstOf(mode),
    open: async (problem) => {
      const host = await openDawn({ adapter });
      try {
        const named = { ...host, name: "webgpu-dawn" };
        return await createWebGpuEngine(problem, named, { mode, timed: true });
      } catch (error) {
        await host.close();
        throw error;
      }
    },
  });
  const chrome = (mode: WebGpuMode): Candidate => ({
    engine: "webgpu-chrome",
    mode,
    first: firstOf(mode),
    open: (problem) =>
      createChromeEngine(problem, { engine: "webgpu", adapter, mode, timed: true }),
  });
  return [
    cpu(REFERENCE.mode),
    cpu("predicted"),
    ...MODES.map(dawn),
    ...MODES.map(chrome),
    {
      engine: "gpujs",
      mode: "counts",
      first: FEW,
      open: (problem) => createChromeEngine(problem, { engine: "gpujs", adapter }),
    },
  ];
}
