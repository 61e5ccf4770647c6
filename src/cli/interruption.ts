import { InterruptedError } from "../errors.js";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const AGAIN = "nothing was written. Run the same command to start again.";

/**
 * Runs `work` with a signal that Ctrl-C or SIGTERM aborts, so that it can leave nothing half done. A
 * second Ctrl-C ends the process at once.
 * @param kept what an interruption leaves, and how to go on from there
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  kept: () => string = () => AGAIN,
): Promise<T> {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals): void => {
    controller.abort(new InterruptedError(`Interrupted by ${name}; ${kept()}`, { signal: name }));
    release();
  };
  const release = (): void => {
    for (const name of SIGNALS) process.removeListener(name, abort);
  };
  for (const name of SIGNALS) process.on(name, abort);
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}
