import { availableParallelism } from "node:os";
import { EnvironmentError, NsiscanError } from "../errors.js";
import { createCpuEngine } from "./cpu/engine.js";
import type { Engine, EngineProblem, GridRange } from "./engine.js";
import {
  createGpuEngine,
  GPU_ENGINES,
  type GpuAdapter,
  type GpuEngineName,
} from "./gpu-engines.js";
import type { EngineOptions } from "./options.js";

/** What the CPU engine does within this time is not worth starting anything else for. */
const START_UP_S = 4;

/** Grids of more points are reduced to their profiles: engines differ in what that costs them. */
const MOST_VALUES = 1e6;

/** A measurement is good when it took so long. */
const ENOUGH_S = 0.2;
const LARGEST_SIDE = 1024;

/** A plane around the Standard Model, the same for every candidate. */
const plane = (points: number): GridRange => {
  const side = { from: -0.4, to: 0.4, points };
  const axes = ["eps_ee_u", "eps_ee_d"].map((parameter) => ({ parameter, ...side }));
  return { kind: "grid", axes, start: 0, count: points * points };
};

interface Measured {
  readonly engine: Engine;
  readonly software: boolean;
  readonly speed: number;
}

interface Choice {
  readonly engine: Engine;
  /** For people: what was taken, and why; absent where a short job left nothing to choose. */
  readonly reason?: string;
}

/**
 * The fastest engine that works here, by timing each on the problem itself; `webgpu` leaves out the
 * CPU and gpu.js. A short job takes the CPU without a look at anything else.
 * @throws EnvironmentError `no-gpu-engine` where `webgpu` or an adapter is asked for and none works
 */
export async function chooseEngine(
  name: "auto" | "webgpu",
  problem: EngineProblem,
  options: EngineOptions,
): Promise<Choice> {
  const { adapter, points = Number.POSITIVE_INFINITY } = options;
  const threads = options.threads ?? availableParallelism();
  const reduces = points > MOST_VALUES;
  const usesCpu = name === "auto" && adapter === undefined;
  if (usesCpu) {
    const engine = createCpuEngine(problem, { threads });
    if (problem.description.family) {
      return { engine, reason: "cpu, the only engine that scans exponent_x" };
    }
    const seconds = points / (await cpuSpeed(engine, threads));
    if (seconds < START_UP_S) return { engine };
    await engine.close();
  }
  const found: Measured[] = [];
  const failures: string[] = [];
  for (const candidate of GPU_ENGINES) {
    // gpu.js is for where WebGPU is not; and one host of a GPU is as good as another.
    if (candidate === "gpujs" && (name === "webgpu" || found.length > 0)) continue;
    if (found.some(({ software }) => !software)) continue;
    try {
      found.push(await measured(candidate, problem, adapter, reduces));
    } catch (error) {
      if (!(error instanceof NsiscanError)) throw error;
      failures.push(`${candidate}: ${error.message}`);
    }
  }
  if (usesCpu) {
    const engine = createCpuEngine(problem, { threads });
    found.push({ engine, software: true, speed: await speedOf(engine, reduces) });
  }
  if (found.length === 0) {
    const message = `No engine of the kind "${name}" works here. ${failures.join(" ")}`;
    throw new EnvironmentError("no-gpu-engine", message, { engine: name, failures });
  }
  found.sort((a, b) => b.speed - a.speed);
  const [best, ...others] = found;
  await Promise.all(others.map(({ engine }) => engine.close()));
  return { engine: best.engine, reason: reasonFor(found, failures) };
}

function reasonFor([best, ...others]: readonly Measured[], failures: readonly string[]): string {
  const told = others.map(({ engine, speed }) => `${engine.name} ${perSecond(speed)}`);
  const missing = failures.map((failure) => failure.split(":")[0]);
  return [
    `${best.engine.name}, the fastest here: ${perSecond(best.speed)}`,
    ...(told.length > 0 ? [`against ${told.join(", ")}`] : []),
    ...(missing.length > 0 ? [`${missing.join(" and ")} not to be had, see nsiscan doctor`] : []),
  ].join("; ");
}

const perSecond = (speed: number) => `${Number(speed.toPrecision(2))} points/s`;

async function measured(
  name: GpuEngineName,
  problem: EngineProblem,
  adapter: GpuAdapter | undefined,
  reduces: boolean,
): Promise<Measured> {
  const { engine, software } = await createGpuEngine(name, problem, adapter);
  try {
    return { engine, software, speed: await speedOf(engine, reduces) };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Points per second, of planes that grow until what starting costs no longer counts. */
async function speedOf(engine: Engine, reduces: boolean): Promise<number> {
  await planeSpeed(engine, 64, reduces);
  for (let side = 64; ; side *= 2) {
    const { speed, seconds } = await planeSpeed(engine, side, reduces);
    if (seconds > ENOUGH_S || side >= LARGEST_SIDE) return speed;
  }
}

async function planeSpeed(engine: Engine, side: number, reduces: boolean) {
  const { axes, ...range } = plane(side);
  const begun = performance.now();
  if (reduces) await engine.reduce(axes, range);
  else await engine.evaluate(plane(side));
  const seconds = Math.max(performance.now() - begun, 0.1) / 1000;
  return { speed: range.count / seconds, seconds };
}

/** From a few points on one thread, which needs no others to be started. */
async function cpuSpeed(engine: Engine, threads: number): Promise<number> {
  await planeSpeed(engine, 8, false);
  return threads * (await planeSpeed(engine, 16, false)).speed;
}
