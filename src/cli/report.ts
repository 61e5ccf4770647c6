import { NsiscanError } from "../errors.js";
import { wrap } from "./wrap.js";

const MAX_WIDTH = 100;

function printParagraph(paragraph: string): void {
  const { isTTY, columns } = process.stderr;
  const width = isTTY ? Math.min(columns, MAX_WIDTH) : Number.POSITIVE_INFINITY;
  process.stderr.write(`${wrap(paragraph, width)}\n`);
}

/**
 * Tell the user about a failure: one paragraph on stderr. What is not an {@link NsiscanError} is a
 * bug; its stack is shown only with NSISCAN_DEBUG=1.
 * @returns the exit status
 */
export function report(error: unknown): number {
  if (error instanceof NsiscanError) {
    printParagraph(`nsiscan: ${error.message}`);
    return error.exitStatus;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  printParagraph(
    `nsiscan: this is a bug, please report it with the command you ran: ${message} (NSISCAN_DEBUG=1 shows where it happened.)`,
  );
  if (process.env.NSISCAN_DEBUG === "1" && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
  return 1;
}
