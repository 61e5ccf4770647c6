import { note } from "./output.js";

/** Between two changes of the line, ms. */
const CHANGE_MS = 100;
/** Tables that are there sooner need no word, ms. */
const PATIENCE_MS = 500;

/** How many exact profiles have gone into tables that are being built, live on stderr. */
export class TablesProgress {
  readonly #begun = performance.now();
  #latest = 0;
  #isShown = false;

  update(profiles: number): void {
    const now = performance.now();
    if (now - this.#begun < PATIENCE_MS || now - this.#latest < CHANGE_MS) return;
    this.#latest = now;
    if (process.stderr.isTTY) {
      process.stderr.write(`\rbuilding profile tables: ${profiles} exact profiles so far `);
    } else if (!this.#isShown) {
      note("building profile tables, which are kept for other scans");
    }
    this.#isShown = true;
  }

  stop(): void {
    // Erases the line.
    if (this.#isShown && process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    this.#isShown = false;
  }
}
