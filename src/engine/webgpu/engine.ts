import { InputError } from "../../errors.js";
import { fitPrediction } from "../../likelihood/prediction/fit.js";
import { predictionError } from "../../likelihood/prediction/predict.js";
import { checkFamily } from "../cpu/chunks.js";
import type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
} from "../engine.js";
import { checkPoints, gridSize } from "../points.js";
import type { GridProfiles, TileReduction } from "../profiles.js";
import {
  fusedRefusal,
  type KernelComponent,
  type KernelProblem,
  kernelProblem,
} from "./components.js";
import { Fused } from "./fused.js";
import { Gpu } from "./gpu.js";
import type { GpuHost } from "./host.js";
import { reduceGrid } from "./reduce.js";
import { MOST_AXES } from "./run.js";
import { sampleCharges } from "./samples.js";
import type { ComponentMode } from "./scope.js";

export const WEBGPU_MODES = ["auto", "predicted", "newton"] as const;
export type WebGpuMode = (typeof WEBGPU_MODES)[number];

export interface WebGpuOptions {
  /** `auto`: one pass at predicted nuisances where that is accurate, Newton's method elsewhere. */
  readonly mode?: WebGpuMode;
}

/** Largest errors of χ² at which a prediction is used: a fifth of what SPEC section 5 allows. */
const ABSOLUTE = 2e-4;
const RELATIVE = 2e-6;
const SAMPLES = 2000;

export interface WebGpuEngine extends Engine {
  readonly mode: Exclude<WebGpuMode, "auto">;
  /** What was decided, and why. */
  readonly notes: readonly string[];
  /** Points so far that float32 could not settle, and float64 did. */
  readonly recomputed: number;
}

/**
 * An engine on any WebGPU device. Closing it closes the host.
 * @throws InputError `engine-cannot` for a likelihood that its kernels do not cover
 * @throws EnvironmentError where the device does not do its work
 */
export async function createWebGpuEngine(
  problem: EngineProblem,
  host: GpuHost,
  options: WebGpuOptions = {},
): Promise<WebGpuEngine> {
  const kernel = kernelProblem(problem);
  const refusal = fusedRefusal(kernel);
  if (refusal) throw cannot(refusal);
  const plan = planModes(kernel, options.mode ?? "auto");
  const gpu = new Gpu(host);
  const fused = await gpu.guarded("Setting up", () => new Fused(gpu, kernel, plan.modes));
  return new FusedEngine(problem, fused, plan);
}

class FusedEngine implements WebGpuEngine {
  readonly name: string;
  readonly device: string;
  readonly mode: WebGpuEngine["mode"];
  readonly notes: readonly string[];
  #closed = false;
  /** Calls run one after the other: they share the device, and the buffers on it. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly problem: EngineProblem,
    private readonly fused: Fused,
    { mode, notes }: Plan,
  ) {
    const { host } = fused.gpu;
    this.name = host.name;
    this.device = `${host.adapter.description}, float32, ${mode === "newton" ? "Newton's method" : "predicted nuisances"}`;
    this.mode = mode;
    this.notes = notes;
  }

  get recomputed(): number {
    return this.fused.recomputed;
  }

  evaluate(source: PointSource, options: EvaluateOptions = {}): Promise<Float64Array> {
    return this.#inTurn(options, () => {
      this.#check(source);
      return this.fused.evaluate(source, options);
    });
  }

  reduce(
    axes: readonly GridAxis[],
    range: FlatRange,
    options: EvaluateOptions = {},
  ): Promise<TileReduction> {
    return this.#inTurn(options, () => {
      if (axes.length === 0)
        throw new InputError("no-axes", "A grid to profile has no axes. Give at least one.");
      this.#check({ kind: "grid", axes, ...range });
      return reduceGrid(this.fused, axes, range, options);
    });
  }

  profiles(axes: readonly GridAxis[], options: EvaluateOptions = {}): Promise<GridProfiles> {
    return this.reduce(axes, { start: 0, count: gridSize(axes) }, options);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last.catch(() => {});
    this.fused.destroy();
    await this.fused.gpu.host.close();
  }

  #check(source: PointSource): void {
    checkPoints(source);
    checkFamily(this.problem, source);
    const names = source.kind === "grid" ? source.axes.map((a) => a.parameter) : source.names;
    if (this.problem.description.family && names.includes("exponent_x")) {
      throw cannot("its templates are prepared for one exponent_x, and these points vary it");
    }
    if (source.kind === "list") return;
    if (names.length > MOST_AXES)
      throw cannot(`a grid may have ${MOST_AXES} axes, not ${names.length}`);
    const rows = gridSize(source.axes.slice(0, -1));
    if (rows >= 2 ** 32) throw cannot(`a grid may have 2³² rows, not ${rows}`);
  }

  async #inTurn<T>({ signal }: EvaluateOptions, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the WebGPU engine is closed");
    const before = this.#last;
    const run = (async () => {
      await before.catch(() => {});
      signal?.throwIfAborted();
      return work();
    })();
    this.#last = run.catch(() => {});
    return run;
  }
}

interface Plan {
  readonly mode: WebGpuEngine["mode"];
  /** By component; undefined for Gaussian ones. */
  readonly modes: readonly (ComponentMode | undefined)[];
  readonly notes: readonly string[];
}

/** Fits predictions, and finds out where they hold. */
function planModes(kernel: KernelProblem, wanted: WebGpuMode): Plan {
  const notes: string[] = [];
  const samples = sampleCharges(kernel.problem, SAMPLES);
  const modes = kernel.components.map((one): ComponentMode | undefined => {
    if (one.poisson.length === 0) return undefined;
    const prediction = fitPrediction(
      one.component,
      kernel.problem.description,
      one.origin,
      kernel.unit,
      kernel.exponent,
    );
    if (wanted !== "auto") return { prediction, isPredicted: wanted === "predicted" };
    const { absolute, relative } = predictionError(
      prediction,
      one.component,
      kernel.problem.description,
      samples,
      kernel.exponent,
    );
    const isPredicted = absolute <= ABSOLUTE && relative <= RELATIVE;
    const verdict = isPredicted ? "one pass at predicted nuisances" : "Newton's method";
    notes.push(
      `${titleOf(one)}: ${verdict}; predictions miss χ² by up to ${absolute.toExponential(1)} (${relative.toExponential(1)} relative where Δχ² > 50)`,
    );
    return { prediction, isPredicted };
  });
  const mode = modes.some((one) => one && !one.isPredicted) ? "newton" : "predicted";
  return { mode, modes, notes };
}

function titleOf({ component }: KernelComponent): string {
  return component.terms.map(({ term }) => term.name).join(" + ");
}

function cannot(what: string): InputError {
  const message = `The WebGPU engine cannot do this: ${what}. Use the engine "cpu".`;
  return new InputError("engine-cannot", message, { reason: what });
}
