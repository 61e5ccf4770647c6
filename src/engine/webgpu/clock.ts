/** Adds up how long a device is at work, by its own clock. */
export class DeviceClock {
  #busy = 0n;
  #last = 0n;

  /** Work from one time to another, in ns; what ran beside work already counted counts once. */
  add(begin: bigint, end: bigint): void {
    const from = begin > this.#last ? begin : this.#last;
    if (end <= from) return;
    this.#busy += end - from;
    this.#last = end;
  }

  get seconds(): number {
    return Number(this.#busy) / 1e9;
  }
}
