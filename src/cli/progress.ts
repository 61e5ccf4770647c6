import { SingleBar } from "cli-progress";
import { formatDuration, formatRate } from "./duration.js";
import { note } from "./output.js";

/** Between lines where nobody looks at a bar, as in the log of a batch job, ms. */
const LINE_MS = 30_000;
/** Points of the last so many ms make the rate: it follows a machine that slows down. */
const WINDOW_MS = 20_000;

/** How far a long evaluation is, live: points, points per second and time left, on stderr. */
export class Progress {
  readonly #bar = new SingleBar({
    format: "{bar} {percentage}%  {value}/{total} points  {speed} points/s  {left} left",
    barsize: 30,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
    // Ctrl-C ends the scan, which stops the bar.
    gracefulExit: false,
  });
  readonly #seen: [time: number, done: number][] = [];
  #total = 0;
  #lastLine = performance.now();

  /** @param done points that need no work */
  start(total: number, done: number): void {
    this.#total = total;
    this.#seen.push([performance.now(), done]);
    if (process.stderr.isTTY) this.#bar.start(total, done, { speed: 0, left: "?" });
  }

  update(done: number): void {
    const now = performance.now();
    this.#seen.push([now, done]);
    while (this.#seen.length > 2 && now - this.#seen[1][0] > WINDOW_MS) this.#seen.shift();
    const [since, before] = this.#seen[0];
    const rate = (1000 * (done - before)) / Math.max(now - since, 1);
    const left = rate > 0 ? formatDuration((this.#total - done) / rate) : "?";
    if (process.stderr.isTTY) this.#bar.update(done, { speed: formatRate(rate), left });
    else if (now - this.#lastLine >= LINE_MS) {
      this.#lastLine = now;
      note(`${done} of ${this.#total} points, ${formatRate(rate)} points/s, ${left} left`);
    }
  }

  stop(): void {
    this.#bar.stop();
  }
}
