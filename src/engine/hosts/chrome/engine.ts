import type { Page } from "puppeteer-core";
import { InputError } from "../../../errors.js";
import type { TabulatedLikelihood } from "../../../tables/table.js";
import type { CountsProfiler } from "../../counted.js";
import { checkFamily } from "../../cpu/chunks.js";
import { createCpuEngine } from "../../cpu/engine.js";
import type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
  Route,
} from "../../engine.js";
import { GridReducer } from "../../grid-reducer.js";
import { checkPoints, gridSize, pointCount, pointsOf } from "../../points.js";
import {
  emptyProfiles,
  type GridProfiles,
  mergeProfiles,
  profileCells,
  type TileReduction,
} from "../../profiles.js";
import { deviceLoss, Lives, type Loss } from "../../recovery.js";
import type { Gauge } from "../../webgpu/gauge.js";
import type { AdapterFacts } from "../../webgpu/host.js";
import type { Opened, PageEngine } from "./protocol.js";
import { Session, SessionLost, type SessionOptions } from "./session.js";
import { inTiles, TileSize } from "./tiles.js";

/** How long a tile should take: lost work is little, and what a reduction brings home pays. */
const EVALUATE_MS = 1000;
const REDUCE_MS = 4000;
/** χ² values in a tile, 8 bytes each. */
const MOST_VALUES = 4 << 20;
/** Points in a tile whose event counts come home: a kilobyte each. */
const MOST_COUNTED = 1 << 14;

export interface ChromeOptions extends SessionOptions {
  /** Default: webgpu. */
  readonly engine?: PageEngine;
  /** Of the WebGPU engine. */
  readonly mode?: string;
  /** Profile tables of the problem, for the WebGPU engine; its mode `tables` needs them. */
  readonly tables?: TabulatedLikelihood;
  /** Whether the clock of the WebGPU engine's device runs along, for {@link ChromeEngine.gauge}. */
  readonly timed?: boolean;
}

/** An engine that lives in a page of a headless browser. */
export interface ChromeEngine extends Engine {
  /** Process of the browser at work, and its page, for whoever looks into it. */
  readonly pid: number;
  readonly page: Page;
  readonly adapter: AdapterFacts;
  readonly mode: string;
  readonly notes: readonly string[];
  /** Of the WebGPU engine. */
  readonly gauge: Gauge | undefined;
  /** How often the browser was started again. */
  readonly restarts: number;
}

/**
 * Starts a browser with an engine in it. A browser that dies, hangs, loses its device or grows too
 * large is replaced by a new one, and the tiles it had are run again.
 * @throws EnvironmentError where there is no browser, or it does not work
 */
export async function createChromeEngine(
  problem: EngineProblem,
  options: ChromeOptions = {},
): Promise<ChromeEngine> {
  const { engine = "webgpu", mode, tables, timed = false } = options;
  const order = {
    engine,
    problem,
    timed,
    ...(mode !== undefined && { mode }),
    ...(tables && { tables }),
  };
  const open = (halvings: number) => Session.open({ ...order, halvings }, options);
  const lives = await Lives.begin({ what: "browser", code: "browser-lost", open, lossOf });
  const name = engine === "webgpu" ? "webgpu-chrome" : "gpujs";
  return new RemoteEngine(name, problem, lives, tables);
}

/** A device that hangs is freed by the end of its browser. */
function lossOf(error: unknown): Loss | undefined {
  if (error instanceof SessionLost) return "lost";
  const loss = deviceLoss(error);
  return loss === "silent" ? "lost" : loss;
}

/** What a browser has for an engine, without one being made. */
export async function inspectChrome(engine: PageEngine, options: SessionOptions): Promise<Opened> {
  const session = await Session.open({ engine }, options);
  const { opened } = session;
  await session.close();
  return opened;
}

class RemoteEngine implements ChromeEngine {
  readonly device: string;
  readonly adapter: AdapterFacts;
  readonly mode: string;
  readonly notes: readonly string[];
  /** Of event counts that the page computes. */
  #profiler: CountsProfiler | undefined;

  constructor(
    readonly name: string,
    readonly problem: EngineProblem,
    private readonly lives: Lives<Session>,
    private readonly tables?: TabulatedLikelihood,
  ) {
    const { opened } = lives.current;
    ({ device: this.device, adapter: this.adapter } = opened);
    ({ mode: this.mode, notes: this.notes } = opened);
  }

  get restarts(): number {
    return this.lives.restarts;
  }

  get pid(): number {
    return this.lives.current.browser.pid;
  }

  get page(): Page {
    return this.lives.current.browser.page;
  }

  get gauge(): Gauge | undefined {
    if (this.name === "gpujs") return undefined;
    const ask = (what: keyof Gauge, ...args: unknown[]) => this.#call("gauge", what, ...args);
    return {
      seconds: () => ask("seconds") as Promise<number | undefined>,
      operations: (names) => ask("operations", names) as Promise<number>,
      peak: () => ask("peak") as Promise<number>,
    };
  }

  async evaluate(source: PointSource, options: EvaluateOptions = {}): Promise<Float64Array> {
    this.#check(source, options);
    const count = pointCount(source);
    const width = this.problem.combinations.length;
    const chi2 = new Float64Array(count * width);
    const most = this.#isCounted(source) ? MOST_COUNTED : Math.ceil(MOST_VALUES / width);
    await inTiles({ start: 0, count }, new TileSize(EVALUATE_MS, most), options, async (range) => {
      const tile = await this.#tile(pointsOf(source, range));
      if (tile.length !== range.count * width) throw new Error(`a tile of ${tile.length} values`);
      chi2.set(tile, range.start * width);
    });
    return chi2;
  }

  async reduce(
    axes: readonly GridAxis[],
    range: FlatRange,
    options: EvaluateOptions = {},
  ): Promise<TileReduction> {
    if (axes.length === 0) {
      const message = "A grid without axes has no profiles. Give one axis at least.";
      throw new InputError("no-axes", message);
    }
    this.#check({ kind: "grid", axes, ...range }, options);
    const width = this.problem.combinations.length;
    if (this.#isCounted({ kind: "grid", axes, ...range }) && range.count > 0) {
      const reducer = new GridReducer(axes, width);
      await inTiles(range, new TileSize(EVALUATE_MS, MOST_COUNTED), options, async (tile) => {
        const chi2 = await this.#tile({ kind: "grid", axes, ...tile });
        const values = { chi2, offset: 0, pointStride: width, combinationStride: 1 };
        reducer.add(tile.start, tile.count, values);
      });
      return reducer.profiles();
    }
    let whole = emptyProfiles(axes, width);
    // Every tile brings home all cells of the profiles: its points are to be worth that.
    const size = new TileSize(REDUCE_MS, Number.MAX_SAFE_INTEGER, profileCells(axes));
    await inTiles(range, size, options, async (tile) => {
      const part = (await this.#call("reduce", axes, tile)) as TileReduction;
      if (part.points !== tile.count) throw new Error(`${part.points} of ${tile.count} points`);
      whole = mergeProfiles(whole, part);
    });
    return whole;
  }

  /** χ² of the points of a tile. */
  async #tile(source: PointSource): Promise<Float64Array> {
    if (!this.#isCounted(source)) return (await this.#call("evaluate", source)) as Float64Array;
    const counts = (await this.#call("counts", source)) as Float32Array;
    this.#profiler ??= createCpuEngine(this.problem);
    return (await this.#profiler.profileCounts(source, counts)).chi2;
  }

  /** Whether the page computes event counts of these points, and their profiles are made here. */
  #isCounted(source: PointSource): boolean {
    if (this.mode !== "counts") return false;
    const names = source.kind === "grid" ? source.axes.map((axis) => axis.parameter) : source.names;
    return this.name === "gpujs" || !names.includes("exponent_x");
  }

  async route(): Promise<Route> {
    const { mode, notes, tables } = this;
    return {
      name: mode,
      accuracy: "approximate",
      isPortable: false,
      ...(mode === "tables" && tables && { tables }),
      second: mode === "counts" ? 2 ** 17 : 2 ** 23,
      notes,
    };
  }

  async profiles(axes: readonly GridAxis[], options: EvaluateOptions = {}): Promise<GridProfiles> {
    return this.reduce(axes, { start: 0, count: gridSize(axes) }, options);
  }

  async close(): Promise<void> {
    await Promise.all([this.lives.close(), this.#profiler?.close()]);
  }

  #check(source: PointSource, { signal }: EvaluateOptions): void {
    if (this.lives.isClosed) throw new Error(`the ${this.name} engine is closed`);
    signal?.throwIfAborted();
    checkPoints(source);
    checkFamily(this.problem, source);
  }

  /** A call that outlives the browser it was made to. */
  #call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.lives.run(async (session) => {
      const value = await session.call(method, ...args);
      if (session.hasOutgrown) this.lives.retire(session);
      return value;
    });
  }
}
