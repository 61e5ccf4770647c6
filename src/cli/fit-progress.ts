import { SingleBar } from "cli-progress";

/** How far a fit is, live on a terminal: some take minutes. */
export class FitProgressBar {
  readonly #bar = new SingleBar({
    format: "{bar} {percentage}%  {next}",
    barsize: 30,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
    // The fit does not give way to timers: the bar is drawn whenever it moves.
    fps: 1000,
    gracefulExit: false,
  });
  #isStarted = false;

  readonly update = (share: number, next: string): void => {
    if (!process.stderr.isTTY) return;
    if (!this.#isStarted) this.#bar.start(100, 0, { next });
    this.#isStarted = true;
    this.#bar.update(Math.round(100 * share), { next });
    this.#bar.render();
  };

  stop(): void {
    if (this.#isStarted) this.#bar.stop();
  }
}
