import { EnvironmentError } from "../errors.js";

/** After so many losses in a row, with nothing done in between, it is no accident. */
const MOST_LOSSES = 3;
/** What crashed over and over keeps away from the GPU for a while: the pause grows. */
const PAUSE_MS = 500;
/** Dispatches may be halved so often before memory counts as too little for anything. */
const MOST_HALVINGS = 8;

/** What does an engine's work until it is lost: a device, or a browser with one in its page. */
export interface Life {
  /** What computes, in words: where they are equal, so are its numbers, bit for bit. */
  readonly device: string;
  /** May be called again, and after the life was lost. */
  close(): Promise<void>;
}

/** What a failure says of the life in which it happened: `lost`, or too little memory in it. */
export type Loss = "lost" | "memory";

export interface Succession<L extends Life> {
  /** What is opened, for people: `browser`, `device`. */
  readonly what: string;
  /** Of the error that ends it all. */
  readonly code: string;
  /** Opens a life whose dispatches are halved so many times. */
  open(halvings: number): Promise<L>;
  /** Whether a failure is the life's own; undefined where the work itself is to blame. */
  lossOf(error: unknown, life: L): Loss | undefined | Promise<Loss | undefined>;
}

/**
 * One life after the other of what may be lost at any moment. Work that a lost life had is run again
 * in the next, from its beginning: work must give nothing away before it is done.
 */
export class Lives<L extends Life> {
  /** Lives after the first. */
  restarts = 0;
  #current: L;
  #next: Promise<L> | undefined;
  #losses = 0;
  #halvings = 0;
  #running = 0;
  #idle: (() => void) | undefined;
  #closed = false;
  readonly #device: string;

  private constructor(
    readonly succession: Succession<L>,
    first: L,
    halvings: number,
  ) {
    this.#current = first;
    this.#device = first.device;
    this.#halvings = halvings;
  }

  /** @throws what opening the first life throws */
  static async begin<L extends Life>(succession: Succession<L>): Promise<Lives<L>> {
    for (let halvings = 0; ; halvings++) {
      try {
        return new Lives(succession, await succession.open(halvings), halvings);
      } catch (error) {
        if (!isMemory(error) || halvings === MOST_HALVINGS) throw error;
      }
    }
  }

  get current(): L {
    return this.#current;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /**
   * Runs work to its end, in as many lives as that takes.
   * @throws what the work throws of itself; EnvironmentError where lives are lost again and again
   */
  async run<T>(work: (life: L) => Promise<T>): Promise<T> {
    for (;;) {
      // Without a pause where there is a life: it cannot be retired before its work is counted.
      const life = this.#next ? await this.#next : this.#current;
      this.#running++;
      try {
        const value = await work(life);
        this.#losses = 0;
        return value;
      } catch (error) {
        const { what } = this.succession;
        if (this.#closed) throw new Error(`the engine's ${what} was closed while it was working`);
        const loss = await this.succession.lossOf(error, life);
        if (!loss) throw error;
        if (life === this.#current) this.#next ??= this.#replace(error, loss);
      } finally {
        this.#running--;
        if (this.#running === 0) this.#idle?.();
      }
    }
  }

  /** Replaces a life that has become a burden, once what runs in it is done. */
  retire(life: L): void {
    if (life !== this.#current || this.#next || this.#closed) return;
    const idle = new Promise<void>((resolve) => {
      this.#idle = resolve;
      if (this.#running === 0) resolve();
    });
    this.#next = idle.then(() => this.#replace());
    this.#next.catch(() => {}); // told to whoever works next
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#idle?.();
    const next = await this.#next?.catch(() => undefined);
    await Promise.all([this.#current.close(), next?.close()]);
  }

  async #replace(reason?: unknown, loss?: Loss): Promise<L> {
    await this.#current.close();
    for (let why = reason, kind = loss; ; ) {
      if (this.#closed) return this.#current;
      this.#count(why, kind);
      if (this.#losses > 1) await sleep(PAUSE_MS * (this.#losses - 1));
      try {
        this.#current = await this.#open();
        this.#next = undefined;
        this.restarts++;
        return this.#current;
      } catch (error) {
        why = error;
        kind = isMemory(error) ? "memory" : "lost";
      }
    }
  }

  /** @throws EnvironmentError where it is enough */
  #count(why: unknown, loss: Loss | undefined): void {
    if (loss === "memory" && ++this.#halvings > MOST_HALVINGS) throw why;
    if (loss === "lost" && ++this.#losses > MOST_LOSSES) throw this.#givenUp(why as Error);
  }

  /** The next life must be like the first: another adapter has other numbers. */
  async #open(): Promise<L> {
    const life = await this.succession.open(this.#halvings);
    if (life.device === this.#device) return life;
    await life.close();
    throw new Error(`in place of ${this.#device} there is now ${life.device}`);
  }

  #givenUp(reason: Error): EnvironmentError {
    const { what, code } = this.succession;
    const last = told(reason).replace(/[.\s]*$/, "");
    const message = `The ${what} was lost ${this.#losses} times in a row, lastly: ${last}. What it left half done was not used. Try another adapter (--adapter), a browser or driver of another version, or --engine cpu.`;
    return new EnvironmentError(code, message, { losses: this.#losses, reason: reason.message });
  }
}

/** What a device said when it was lost, else what was said of it. */
function told(reason: Error): string {
  const isLoss = reason instanceof EnvironmentError && reason.code === "device-lost";
  return (isLoss && String(reason.fields.message ?? "")) || reason.message;
}

/** Whether a device had too little memory. */
function isMemory(error: unknown): boolean {
  return error instanceof EnvironmentError && error.code === "gpu-memory";
}

/** What a failure says of the device: a silent one is busy for ever, and nothing frees it. */
export function deviceLoss(error: unknown): Loss | "silent" | undefined {
  if (!(error instanceof EnvironmentError)) return undefined;
  if (isMemory(error)) return "memory";
  if (error.code === "device-silent") return "silent";
  return error.code === "device-lost" ? "lost" : undefined;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
