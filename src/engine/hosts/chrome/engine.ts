import type { Page } from "puppeteer-core";
import { EnvironmentError, InputError } from "../../../errors.js";
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
  type TileReduction,
} from "../../profiles.js";
import type { AdapterFacts } from "../../webgpu/host.js";
import type { Opened, PageEngine } from "./protocol.js";
import { Session, SessionLost, type SessionOptions } from "./session.js";
import { inTiles, TileSize, tileOf } from "./tiles.js";

/** After so many losses in a row, without a tile in between, it is no accident. */
const MOST_LOSSES = 3;
/** Browsers that crashed over and over keep away from the GPU for a while: the pause grows. */
const PAUSE_MS = 500;

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
}

/** An engine that lives in a page of a headless browser. */
export interface ChromeEngine extends Engine {
  /** Process of the browser at work, and its page, for whoever looks into it. */
  readonly pid: number;
  readonly page: Page;
  readonly adapter: AdapterFacts;
  readonly mode: string;
  readonly notes: readonly string[];
  /** How often the browser was started again. */
  readonly restarts: number;
}

/**
 * Starts a browser with an engine in it. A browser that dies, hangs or loses its device is replaced
 * by a new one, and the tiles it had are run again.
 * @throws EnvironmentError where there is no browser, or it does not work
 */
export async function createChromeEngine(
  problem: EngineProblem,
  options: ChromeOptions = {},
): Promise<ChromeEngine> {
  const { engine = "webgpu", mode } = options;
  const order = { engine, problem, ...(mode !== undefined && { mode }) };
  const open = () => Session.open(order, options);
  const session = await open();
  const name = engine === "webgpu" ? "webgpu-chrome" : "gpujs";
  return new RemoteEngine(name, problem.combinations.length, session, open);
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
  restarts = 0;
  #session: Session;
  #replacement: Promise<Session> | undefined;
  #losses = 0;
  #closed = false;

  constructor(
    readonly name: string,
    readonly combinations: number,
    session: Session,
    readonly open: () => Promise<Session>,
  ) {
    this.#session = session;
    ({ device: this.device, adapter: this.adapter } = session.opened);
    ({ mode: this.mode, notes: this.notes } = session.opened);
  }

  get pid(): number {
    return this.#session.browser.pid;
  }

  get page(): Page {
    return this.#session.browser.page;
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
    const size = new TileSize(REDUCE_MS, Number.MAX_SAFE_INTEGER);
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

  async close(): Promise<void> {
    this.#closed = true;
    const replacement = await this.#replacement?.catch(() => undefined);
    await Promise.all([this.#session.close(), replacement?.close()]);
  }

  #check(source: PointSource, { signal }: EvaluateOptions): void {
    if (this.#closed) throw new Error(`the ${this.name} engine is closed`);
    signal?.throwIfAborted();
    checkPoints(source);
  }

  /** A call that outlives the browser it was made to. */
  async #call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    for (;;) {
      const session = await (this.#replacement ?? this.#session);
      try {
        const value = await session.call(method, ...args);
        this.#losses = 0;
        return value;
      } catch (error) {
        if (this.#closed)
          throw new Error(`the ${this.name} engine was closed while it was working`);
        if (!(error instanceof SessionLost)) throw error;
        if (session === this.#session) this.#replacement ??= this.#replace(session, error);
      }
    }
  }

  async #replace(session: Session, loss: SessionLost): Promise<Session> {
    await session.close();
    for (let reason: unknown = loss; ; ) {
      if (++this.#losses > MOST_LOSSES) throw this.#givenUp(reason as Error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (this.#losses - 1)));
      try {
        this.#session = await this.open();
        this.#replacement = undefined;
        this.restarts++;
        return this.#session;
      } catch (error) {
        reason = error;
      }
    }
  }

  #givenUp(reason: Error): EnvironmentError {
    const message = `The browser was lost ${this.#losses} times in a row, lastly: ${reason.message.replace(/[.\s]*$/, "")}. Try another adapter (--adapter), a browser or driver of another version, or --engine cpu.`;
    return new EnvironmentError("browser-lost", message, { losses: this.#losses });
  }
}
