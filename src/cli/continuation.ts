import { EnvironmentError } from "../errors.js";
import { hasTiles } from "../scan/journal/journal.js";

/**
 * Runs a scan; where the machine fails it, its user is told too what is kept, and how to go on.
 * @param journal of the scan
 * @param kept what a run that ends early leaves, and the command that continues it
 */
export async function continuable<T>(
  journal: string,
  kept: () => string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EnvironmentError) || !hasTiles(journal)) throw error;
    const { code, message, fields } = error;
    throw new EnvironmentError(code, `${message} What was done is not lost: ${kept()}`, fields);
  }
}
