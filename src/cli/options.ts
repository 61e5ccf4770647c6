import { InputError } from "../errors.js";

/**
 * A `coerce` for options that make sense once only: yargs would turn a repeated one into a list.
 * @throws InputError naming the option
 */
export function once<T>(option: string): (value: T | readonly T[]) => T {
  return (value) => {
    if (!Array.isArray(value)) return value as T;
    throw new InputError("repeated-option", `Option --${option} is given twice; give it once.`, {
      option,
    });
  };
}

/** A `coerce` for a path: given once, and not empty, as an unset shell variable would leave it. */
export function path(option: string): (value: string | readonly string[]) => string {
  return (value) => {
    const text = once<string>(option)(value);
    if (text !== "") return text;
    throw new InputError("empty-path", `Option --${option} is empty; give a path.`, { option });
  };
}
