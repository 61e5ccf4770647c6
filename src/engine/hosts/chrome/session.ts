import { EnvironmentError } from "../../../errors.js";
import { BIN_KERNEL } from "../../../likelihood/bin-kernel.js";
import { readKernel } from "../../../numerics/wasm.js";
import { unpackError } from "../../../threads/failure.js";
import type { Life } from "../../recovery.js";
import { userPatience } from "../environment.js";
import { readShaders } from "../shaders.js";
import { type RunningBrowser, startBrowser } from "./browser.js";
import { findBrowser } from "./find.js";
import { type Start, startsFor } from "./flags.js";
import { familyMemory } from "./memory.js";
import type { Answer, ChromeAdapter, Loss, Opened, Order } from "./protocol.js";
import { PageServer } from "./server.js";

/** How long to wait before something counts as hung, in milliseconds. */
export interface Patience {
  /** For the browser to start, and again for its page to ask for work. */
  readonly start: number;
  /** For the next sign of life from the page. */
  readonly silence: number;
  /** For the answer to one call. */
  readonly call: number;
}

const PATIENCE: Patience = { start: 30_000, silence: 30_000, call: 180_000 };

/** What a browser may grow by, bytes, before a new one takes its place. */
const GROWTH = 2 ** 31;
/** How often its memory is looked at, ms. */
const LOOK_MS = 1000;

export interface SessionOptions {
  readonly adapter?: ChromeAdapter;
  /** Path of the browser; default: what is found here. */
  readonly browser?: string;
  /** Flags for the browser, after those that the adapter needs. */
  readonly flags?: readonly string[];
  /** WGSL by file name; default: the package's. */
  readonly shaders?: Readonly<Record<string, string>>;
  readonly patience?: Partial<Patience>;
  /** What the browser may grow by after its first answer, bytes, before a new one takes its place. */
  readonly growth?: number;
}

/** The browser, its page or its device is no more: what was asked for may be asked again elsewhere. */
export class SessionLost extends Error {}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly since: number;
}

/** One life of a browser with an engine in its page. */
export class Session implements Life {
  opened!: Opened;
  /** Whether the browser has grown by more than it may. */
  hasOutgrown = false;
  readonly #server: PageServer;
  readonly #pending = new Map<number, Pending>();
  readonly #patience: Patience;
  #browser: RunningBrowser | undefined;
  #watch: NodeJS.Timeout | undefined;
  #lost: SessionLost | undefined;
  #calls = 0;
  readonly #growth: number;
  /** Memory of the browser when it had answered for the first time with work, bytes. */
  #atFirst: number | undefined;
  #looked = Number.NEGATIVE_INFINITY;

  private constructor(options: SessionOptions) {
    const call = userPatience() ?? PATIENCE.call;
    this.#patience = { ...PATIENCE, call, ...options.patience };
    this.#growth = options.growth ?? GROWTH;
    this.#server = new PageServer((message) => this.#receive(message));
  }

  /**
   * Starts a browser and an engine in it; where a GPU's flags lead nowhere, a software adapter's.
   * @throws EnvironmentError `no-browser`, `browser-start`, `browser-hung`, `no-adapter`
   */
  static async open(
    order: Omit<Order, "adapter" | "browser" | "shaders" | "kernels">,
    options: SessionOptions = {},
  ): Promise<Session> {
    const adapter = options.adapter ?? "auto";
    const path = findBrowser(options.browser);
    const starts = startsFor(adapter);
    let failure: unknown = unavailable(adapter);
    for (const start of starts) {
      const session = new Session(options);
      try {
        await session.#start(path, { ...start, flags: [...start.flags, ...(options.flags ?? [])] });
        const { version } = session.browser;
        const browser = version.replace("/", " ");
        const shaders = options.shaders ?? readShaders();
        const wanted = adapter === "auto" && start.hardware ? "hardware" : adapter;
        const kernels = { [BIN_KERNEL]: readKernel(BIN_KERNEL) };
        const request: Order = { ...order, adapter: wanted, browser, shaders, kernels };
        session.opened = (await session.call("open", request)) as Opened;
        return session;
      } catch (error) {
        await session.close();
        failure = error;
      }
    }
    if (!(failure instanceof SessionLost)) throw failure;
    const message = `The browser ${path} starts but does not work: ${failure.message}. Try another one (NSISCAN_CHROME), another adapter (--adapter), or the engine "cpu".`;
    throw new EnvironmentError("browser-hung", message, { browser: path });
  }

  get browser(): RunningBrowser {
    if (!this.#browser) throw new Error("the browser is not there yet");
    return this.#browser;
  }

  get device(): string {
    return this.opened.device;
  }

  /** Runs a method of the page's service. @throws SessionLost if that cannot be known any more */
  call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    if (this.#lost) return Promise.reject(this.#lost);
    const id = this.#calls++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, since: performance.now() });
      this.#server.send({ id, method, args });
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    this.#fail("it was closed");
    await Promise.all([this.#browser?.close(), this.#server.close()]);
  }

  async #start(path: string, start: Start): Promise<void> {
    await this.#server.start();
    this.#browser = await startBrowser(path, start, this.#patience.start);
    void this.#browser.gone.then((what) => this.#fail(what));
    this.#server.lastSign = performance.now();
    this.#watch = setInterval(() => this.#look(), Math.min(1000, this.#patience.silence / 4));
    try {
      const options = { waitUntil: "domcontentloaded", timeout: this.#patience.start } as const;
      await this.#browser.page.goto(this.#server.url, options);
    } catch (error) {
      throw this.#lost ?? new SessionLost(`its page does not load (${(error as Error).message})`);
    }
  }

  #look(): void {
    const now = performance.now();
    const silent = now - this.#server.lastSign;
    if (silent > this.#patience.silence) this.#fail(`no sign of life for ${seconds(silent)}`);
    for (const { since } of this.#pending.values()) {
      if (now - since > this.#patience.call) this.#fail(`no answer for ${seconds(now - since)}`);
    }
  }

  #receive(message: Answer | Loss): void {
    if ("lost" in message) {
      this.#fail(`its device was lost (${message.lost})`);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ("failure" in message) pending?.reject(unpackError(message.failure));
    else pending?.resolve(message.value);
    this.#weigh();
  }

  /** Looks, now and then, how large the browser has become; one that answers is not hung. */
  #weigh(): void {
    const now = performance.now();
    if (!this.opened || now - this.#looked < LOOK_MS) return;
    this.#looked = now;
    const bytes = familyMemory(this.browser.pid);
    if (bytes === undefined) return;
    this.#atFirst ??= bytes;
    this.hasOutgrown = bytes - this.#atFirst > this.#growth;
  }

  #fail(what: string): void {
    this.#lost ??= new SessionLost(what);
    for (const { reject } of this.#pending.values()) reject(this.#lost);
    this.#pending.clear();
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;

function unavailable(adapter: ChromeAdapter): EnvironmentError {
  const message =
    adapter === "lavapipe"
      ? "lavapipe is not here. Install it with scripts/install-lavapipe.sh, or Mesa 25 or later with your package manager."
      : 'This machine shows no GPU. Load its driver (for NVIDIA: "nvidia-smi" must list it), or ask for a software adapter: --adapter swiftshader.';
  return new EnvironmentError("no-adapter", message, { adapter });
}
