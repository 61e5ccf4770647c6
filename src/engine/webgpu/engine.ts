import { InputError } from "../../errors.js";
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
import { cannot } from "./cannot.js";
import { fusedRefusal, kernelProblem } from "./components.js";
import { Fused } from "./fused.js";
import { Gpu } from "./gpu.js";
import type { GpuHost } from "./host.js";
import { type Plan, planModes, type WebGpuMode } from "./plan.js";
import { reduceGrid } from "./reduce.js";
import { MOST_AXES } from "./run.js";

export { WEBGPU_MODES, type WebGpuMode } from "./plan.js";

export interface WebGpuOptions {
  /** `auto`: one pass at predicted nuisances where that is accurate, Newton's method elsewhere. */
  readonly mode?: WebGpuMode;
}

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
      return this.#variesTemplates(source)
        ? this.fused.evaluateExactly(source, options)
        : this.fused.evaluate(source, options);
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
      const source = { kind: "grid", axes, ...range } as const;
      this.#check(source);
      if (this.#variesTemplates(source)) {
        throw cannot("its templates are prepared for one exponent_x, which these axes vary");
      }
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
    if (source.kind === "list") return;
    const names = source.axes.map(({ parameter }) => parameter);
    if (names.length > MOST_AXES)
      throw cannot(`a grid may have ${MOST_AXES} axes, not ${names.length}`);
    const rows = gridSize(source.axes.slice(0, -1));
    if (rows >= 2 ** 32) throw cannot(`a grid may have 2³² rows, not ${rows}`);
  }

  /** Whether points need templates other than the kernels': float64's business. */
  #variesTemplates(source: PointSource): boolean {
    if (source.kind === "grid") return source.axes.some((axis) => axis.parameter === "exponent_x");
    return source.names.includes("exponent_x");
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
