import { EnvironmentError, InputError, NsiscanError, NumericalError } from "../errors.js";

/** An error as it travels between threads, which keep neither class nor fields of their own. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

const classes = { InputError, EnvironmentError, NumericalError };

export function packError(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  if (!(error instanceof NsiscanError)) return { name, message, stack };
  const { fields } = error as InputError;
  return { name, message, stack, code: error.code, fields };
}

export function unpackError(failure: Failure): Error {
  const known = classes[failure.name as keyof typeof classes];
  if (known) return new known(failure.code ?? "", failure.message, failure.fields);
  const error = new Error(failure.message);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
