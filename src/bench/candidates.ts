import { createCpuEngine } from "../engine/cpu/engine.js";
import type { Engine, EngineProblem, GridAxis } from "../engine/engine.js";
import { createChromeEngine } from "../engine/hosts/chrome/engine.js";
import { openDawn } from "../engine/hosts/dawn.js";
import type { EngineOptions } from "../engine/options.js";
import { type TablesOptions, tablesFor } from "../engine/tables-for.js";
import { createWebGpuEngine } from "../engine/webgpu/engine.js";
import type { Gauge } from "../engine/webgpu/gauge.js";
import { InputError } from "../errors.js";
import type { TabulatedLikelihood } from "../tables/table.js";

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
  /** @param axes of all grids together: what tables have to reach */
  readonly open: (problem: EngineProblem, axes: readonly GridAxis[]) => Promise<BenchEngine>;
}

/** Tables for grids of these axes, made before any clock runs. @throws InputError where there are none */
async function tablesOf(
  problem: EngineProblem,
  axes: readonly GridAxis[],
  options: TablesOptions,
): Promise<TabulatedLikelihood> {
  const { tables, reason } = await tablesFor(problem, axes, { ...options, mode: "tables" });
  if (tables) return tables;
  throw new InputError("no-tables", reason ?? "there are no tables", {});
}

/** The candidate that all others are compared with: float64 profiles at every point. */
export const REFERENCE = { engine: "cpu", mode: "exact" } as const;

const MODES = ["tables", "counts"] as const;

const FEW = 2 ** 9;
/** Where χ² is computed on the device, that is done for whole planes, whatever part is asked for. */
const firstOf = (mode: "tables" | "counts") => (mode === "counts" ? FEW : 2 ** 18);

/** Every engine in every mode, the reference first. */
export function candidates({ threads, adapter = "auto" }: EngineOptions): Candidate[] {
  const given = threads === undefined ? {} : { threads };
  const cpu: Candidate = {
    engine: "cpu",
    mode: REFERENCE.mode,
    first: FEW,
    open: async (problem) => createCpuEngine(problem, given),
  };
  const cpuTables: Candidate = {
    engine: "cpu",
    mode: "tables",
    first: 2 ** 20,
    open: async (problem, axes) => {
      const tables = await tablesOf(problem, axes, { threads });
      return createCpuEngine(problem, { ...given, tables });
    },
  };
  const dawn = (mode: (typeof MODES)[number]): Candidate => ({
    engine: "webgpu-dawn",
    mode,
    first: firstOf(mode),
    open: async (problem, axes) => {
      const tables = mode === "tables" ? await tablesOf(problem, axes, { threads }) : undefined;
      const host = await openDawn({ adapter });
      try {
        const named = { ...host, name: "webgpu-dawn" };
        return await createWebGpuEngine(problem, named, {
          mode,
          timed: true,
          ...(tables && { tables }),
        });
      } catch (error) {
        await host.close();
        throw error;
      }
    },
  });
  const chrome = (mode: (typeof MODES)[number]): Candidate => ({
    engine: "webgpu-chrome",
    mode,
    first: firstOf(mode),
    open: async (problem, axes) => {
      const tables = mode === "tables" ? await tablesOf(problem, axes, { threads }) : undefined;
      const given = { adapter, mode, timed: true, ...(tables && { tables }) };
      return createChromeEngine(problem, { engine: "webgpu", ...given });
    },
  });
  return [
    cpu,
    cpuTables,
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
