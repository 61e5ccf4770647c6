/**
 * Every failure a user can meet is one of these: a stable code, typed fields, and a message of one
 * paragraph that names the place and the remedy. The command line prints the message and exits with
 * `exitStatus`; anything that is not an {@link NsiscanError} is a bug and exits with 1.
 */
export abstract class NsiscanError extends Error {
  abstract readonly code: string;
  abstract readonly exitStatus: number;

  override get name(): string {
    return this.constructor.name;
  }
}

/** The request cannot be honoured as written: a file, a scan, an option. Exit status 2. */
export class InputError extends NsiscanError {
  readonly exitStatus = 2;

  /**
   * @param code stable and machine-readable, e.g. `unknown-parameter`
   * @param message what is wrong, where (path, line, key and value), and what to do instead
   * @param fields the same facts, typed
   */
  constructor(
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Something this machine lacks: an adapter, a browser, memory, disk. Exit status 3. */
export class EnvironmentError extends NsiscanError {
  readonly exitStatus = 3;

  constructor(
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** What the system has against a file, and what helps: a clause, and the beginning of a sentence. */
export function diskTrouble(error: unknown): { readonly reason: string; readonly remedy: string } {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOSPC":
      return { reason: "the disk is full", remedy: "Free the disk" };
    case "EDQUOT":
      return { reason: "your quota of the disk is used up", remedy: "Free some of it" };
    case "EFBIG":
      return { reason: "a limit on the size of files is reached", remedy: "Raise it (ulimit -f)" };
    case "EROFS":
      return { reason: "the disk is read-only", remedy: "Make it writable" };
    case "EACCES":
    case "EPERM":
      return { reason: "permission is denied", remedy: "Change its permissions" };
    default:
      // Without the paths of temporary files, which mean nothing to a user.
      return { reason: message.replace(/,? \w+ '.*$/s, ""), remedy: "Put that right" };
  }
}

/** A result that disagrees with the float64 reference or a published number, or is not certain. Exit status 4. */
export class NumericalError extends NsiscanError {
  readonly exitStatus = 4;

  constructor(
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The user, or the machine, asked the run to end. Exit status 5: what was finished is kept. */
export class InterruptedError extends NsiscanError {
  readonly code = "interrupted";
  readonly exitStatus = 5;

  constructor(
    message: string,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
