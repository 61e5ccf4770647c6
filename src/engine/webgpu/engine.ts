import { InputError } from "../../errors.js";
import type { TabulatedLikelihood } from "../../tables/table.js";
import { LocalProfiler } from "../counted.js";
import { checkFamily } from "../cpu/chunks.js";
import type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
  Route,
} from "../engine.js";
import { checkPoints, gridSize } from "../points.js";
import type { GridProfiles, TileReduction } from "../profiles.js";
import { cannot } from "./cannot.js";
import { Counts } from "./counts.js";
import { ExactPoints } from "./exact.js";
import type { Fused } from "./fused.js";
import type { Gauge } from "./gauge.js";
import { Gpu } from "./gpu.js";
import type { GpuHost } from "./host.js";
import type { WebGpuMode } from "./modes.js";
import { measurePeak } from "./peak.js";
import { checkBase } from "./points-scope.js";
import { MOST_AXES } from "./run.js";
import { Tabulated } from "./tabulated.js";

export type { WebGpuMode } from "./modes.js";

export interface WebGpuOptions {
  /**
   * `tables`: looked up in profile tables. `counts`: event counts on the device, profiles in float64 on
   * the host. `auto`: tables where there are any.
   */
  readonly mode?: WebGpuMode;
  /** Profile tables of the problem; mode `tables` needs them. */
  readonly tables?: TabulatedLikelihood;
  /** Whether the device's clock runs along, for {@link WebGpuEngine.gauge}. Default: no. */
  readonly timed?: boolean;
  /** Halves the largest dispatch, and so the memory it takes, so many times. No number depends on it. */
  readonly halvings?: number;
}

export interface WebGpuEngine extends Engine {
  readonly mode: Exclude<WebGpuMode, "auto">;
  /** What was decided, and why. */
  readonly notes: readonly string[];
  /** Points so far that float32 could not settle, and float64 did. */
  readonly recomputed: number;
  readonly gauge: Gauge;
  /** Event counts, [points × rows of `CountsEvaluator`]; in counts mode only. */
  counts(points: PointSource): Promise<Float32Array>;
}

/**
 * An engine on any WebGPU device. Closing it closes the host, but for a device that hangs.
 * @throws InputError `engine-cannot` for a likelihood that its kernels do not cover
 * @throws EnvironmentError where the device does not do its work
 */
export async function createWebGpuEngine(
  problem: EngineProblem,
  host: GpuHost,
  options: WebGpuOptions = {},
): Promise<WebGpuEngine> {
  const { mode: wanted = "auto", halvings = 0, tables } = options;
  const gpu = new Gpu(host, options.timed);
  const exact = new ExactPoints(problem);
  checkBase(problem);
  // Compilers of software adapters take minutes for the minimum over a scale that tables share.
  const isSlow = host.adapter.software && tables?.profiles.some(({ scale }) => scale);
  if (tables && (wanted === "tables" || (wanted === "auto" && !isSlow))) {
    const fused = await gpu.guarded(
      "Setting up",
      () => new Tabulated(gpu, problem, tables, exact, halvings),
    );
    const { near, far } = tables.certificate;
    const found = `${near.toExponential(1)} in χ² near the minimum, or ${far.toExponential(1)} of it where Δχ² > 50`;
    const notes = [`looked up from profile tables, certified to ${found}`];
    return new DeviceEngine(problem, host, fused, exact, { mode: "tables", notes }, tables);
  }
  if (wanted === "tables") throw cannot("profile tables, of which none were made");
  const counts = await gpu.guarded("Setting up", () => {
    const profiler = host.profiler?.(problem) ?? new LocalProfiler(problem);
    return new Counts(gpu, problem, exact, profiler, halvings);
  });
  const reason = tables ? "this adapter compiles tables too slowly" : "there are no tables";
  const notes = [wanted === "counts" ? "counts as asked for" : reason];
  return new DeviceEngine(problem, host, counts, exact, { mode: "counts", notes });
}

const METHODS = {
  tables: "profile tables",
  counts: "counts only, profiles in float64 on the host",
} as const;

class DeviceEngine implements WebGpuEngine {
  readonly name: string;
  readonly device: string;
  readonly mode: WebGpuEngine["mode"];
  readonly notes: readonly string[];
  #closed = false;
  /** Calls run one after the other: they share the device, and the buffers on it. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly problem: EngineProblem,
    private readonly host: GpuHost,
    private readonly kernels: Fused | Counts,
    private readonly exact: ExactPoints,
    { mode, notes }: Pick<WebGpuEngine, "mode" | "notes">,
    readonly tables?: TabulatedLikelihood,
  ) {
    this.name = host.name;
    this.device = `${host.adapter.description}, float32, ${METHODS[mode]}`;
    this.mode = mode;
    this.notes = notes;
  }

  get recomputed(): number {
    return this.exact.done;
  }

  get gauge(): Gauge {
    const { kernels } = this;
    return {
      seconds: async () => kernels.gpu.clock?.seconds,
      operations: async (names) => kernels.operations(names),
      peak: () => this.#inTurn({}, () => measurePeak(kernels.gpu)),
    };
  }

  evaluate(source: PointSource, options: EvaluateOptions = {}): Promise<Float64Array> {
    return this.#inTurn(options, () => {
      this.#check(source);
      const chosen = variesTemplates(source) ? null : this.kernels;
      return chosen ? chosen.evaluate(source, options) : this.exact.all(source, options);
    });
  }

  counts(source: PointSource): Promise<Float32Array> {
    return this.#inTurn({}, () => {
      this.#check(source);
      if (!(this.kernels instanceof Counts)) throw cannot(`counts in mode "${this.mode}"`);
      if (variesTemplates(source)) throw cannot("points that vary exponent_x");
      return this.kernels.counts(source);
    });
  }

  reduce(
    axes: readonly GridAxis[],
    range: FlatRange,
    options: EvaluateOptions = {},
  ): Promise<TileReduction> {
    return this.#inTurn(options, () => {
      if (axes.length === 0) {
        throw new InputError("no-axes", "A grid without axes has no profiles. Give at least one.");
      }
      const source = { kind: "grid", axes, ...range } as const;
      this.#check(source);
      if (variesTemplates(source)) throw cannot("profiles of a grid that varies exponent_x");
      return this.kernels.reduce(axes, range, options);
    });
  }

  async route(): Promise<Route> {
    const { mode, notes } = this;
    return {
      name: mode,
      accuracy: "approximate",
      isPortable: false,
      ...(mode === "tables" && this.tables && { tables: this.tables }),
      second: mode === "counts" ? 2 ** 17 : 2 ** 23,
      notes,
    };
  }

  profiles(axes: readonly GridAxis[], options: EvaluateOptions = {}): Promise<GridProfiles> {
    return this.reduce(axes, { start: 0, count: gridSize(axes) }, options);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last.catch(() => {});
    if (this.kernels instanceof Counts) await this.kernels.profiler.close();
    // To destroy a device is to wait for it.
    if (this.kernels.gpu.isSilent) return;
    this.kernels.destroy();
    await this.host.close();
  }

  #check(source: PointSource): void {
    checkPoints(source);
    checkFamily(this.problem, source);
    if (source.kind === "list") return;
    const { length } = source.axes;
    if (length > MOST_AXES) throw cannot(`a grid of ${length} axes (at most ${MOST_AXES})`);
    const rows = gridSize(source.axes.slice(0, -1));
    if (rows >= 2 ** 32) throw cannot(`a grid of ${rows} rows (at most 2³²)`);
  }

  async #inTurn<T>({ signal }: EvaluateOptions, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the WebGPU engine is closed");
    const before = this.#last;
    const run = (async () => {
      await before.catch(() => {});
      signal?.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        throw this.kernels.gpu.named(error);
      }
    })();
    this.#last = run.catch(() => {});
    return run;
  }
}

/** Whether points need templates other than those the kernels have. */
function variesTemplates(source: PointSource): boolean {
  if (source.kind === "grid") return source.axes.some((axis) => axis.parameter === "exponent_x");
  return source.names.includes("exponent_x");
}
