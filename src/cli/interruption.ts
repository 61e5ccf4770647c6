import { NsiscanError } from "../errors.js";

/** The user, or the machine, asked this process to end. Exit status 5. */
class Interruption extends NsiscanError {
  readonly code = "interrupted";
  readonly exitStatus = 5;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs `work` with a signal that Ctrl-C or SIGTERM aborts, so that it can leave nothing half done. A
 * second Ctrl-C ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals): void => {
    const message = `Interrupted by ${name}; nothing was written. Run the same command to start again.`;
    controller.abort(new Interruption(message));
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
