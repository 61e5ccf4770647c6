import type { Page } from "puppeteer-core";
import { InputError } from "../../../errors.js";
import type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
} from "../../engine.js";
import { checkPoints, gridSize, pointCount } from "../../points.js";
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
import { inTiles, TileSize, tileOf } from "./tiles.js";

/** How long a tile should take: lost work is little, and what a reduction brings home pays. */
const EVALUATE_MS = 1000;
const REDUCE_MS = 4000;
/** χ² values in a tile, 8 bytes each. */
const MOST_VALUES = 4 << 20;

export interface ChromeOptions extends SessionOptions {
  /** Default: webgpu. */
  readonly engine?: PageEngine;
  /** Of the WebGPU engine. */
  readonly mode?: string;
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
  const { engine = "webgpu", mode, timed = false } = options;
  const order = { engine, problem, timed, ...(mode !== undefined && { mode }) };
  const open = (halvings: number) => Session.open({ ...order, halvings }, options);
  const lives = await Lives.begin({ what: "browser", code: "browser-lost", open, lossOf });
  const name = engine === "webgpu" ? "webgpu-chrome" : "gpujs";
  return new RemoteEngine(name, problem.combinations.length, lives);
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

  constructor(
    readonly name: string,
    readonly combinations: number,
    private readonly lives: Lives<Session>,
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
    const width = this.combinations;
    const chi2 = new Float64Array(count * width);
    const size = new TileSize(EVALUATE_MS, Math.ceil(MOST_VALUES / width));
    await inTiles({ start: 0, count }, size, options, async (range) => {
      const tile = (await this.#call("evaluate", tileOf(source, range))) as Float64Array;
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
    let whole = emptyProfiles(axes, this.combinations);
    // Every tile brings home all cells of the profiles: its points are to be worth that.
    const size = new TileSize(REDUCE_MS, Number.MAX_SAFE_INTEGER, profileCells(axes));
    await inTiles(range, size, options, async (tile) => {
      const part = (await this.#call("reduce", axes, tile)) as TileReduction;
      if (part.points !== tile.count) throw new Error(`${part.points} of ${tile.count} points`);
      whole = mergeProfiles(whole, part);
    });
    return whole;
  }

  async profiles(axes: readonly GridAxis[], options: EvaluateOptions = {}): Promise<GridProfiles> {
    return this.reduce(axes, { start: 0, count: gridSize(axes) }, options);
  }

  close(): Promise<void> {
    return this.lives.close();
  }

  #check(source: PointSource, { signal }: EvaluateOptions): void {
    if (this.lives.isClosed) throw new Error(`the ${this.name} engine is closed`);
    signal?.throwIfAborted();
    checkPoints(source);
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
