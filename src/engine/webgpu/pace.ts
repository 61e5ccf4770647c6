/** How long a dispatch should take: long enough to hide its start, short enough for any watchdog. */
const TARGET_MS = 100;
/** A dispatch may be this many times as long as the one measured before it. */
const GROWTH = 4;

/** Sizes dispatches by measuring: in units of four points, from few to as many as fit. */
export class Pace {
  #quads: number;
  #last = performance.now();

  constructor(
    first: number,
    readonly most: number,
  ) {
    this.#quads = Math.min(first, most);
  }

  get quads(): number {
    return this.#quads;
  }

  start(): void {
    this.#last = performance.now();
  }

  /** A dispatch of so many quads has landed. */
  landed(quads: number): void {
    const now = performance.now();
    const wanted = (quads * TARGET_MS) / Math.max(now - this.#last, 0.1);
    this.#last = now;
    const next = Math.min(wanted, GROWTH * quads, this.most);
    this.#quads = Math.max(64, Math.min(this.most, Math.round(next)));
  }
}
