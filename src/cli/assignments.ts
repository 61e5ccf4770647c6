import { InputError } from "../errors.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../model/parameters.js";

/** Splits `name=value` words. @throws InputError for a word that is none, or a name given twice */
export function assignments(words: readonly string[], option: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf("=");
    const name = word.slice(0, at).trim();
    if (at <= 0 || at === word.length - 1) {
      throw new InputError(
        "bad-assignment",
        `Option --${option} takes name=value, but was given "${word}".`,
        { option, word },
      );
    }
    if (found.has(name)) {
      throw new InputError(
        "bad-assignment",
        `Option --${option} gives "${name}" twice; give it once.`,
        { option, name },
      );
    }
    found.set(name, word.slice(at + 1).trim());
  }
  return found;
}

/** A finite number. @throws InputError naming where it stands */
export function finiteNumber(text: string, where: string): number {
  // Number() would take 0x10, 0b1 and blanks as well.
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new InputError("not-a-number", `${where} is "${text}", which is not a finite number.`, {
    where,
    text,
  });
}

/** @throws InputError for a value outside what the parameter can be */
export function checkParameterValue(name: string, value: number, where: string): void {
  const { lower, upper } = PARAMETERS[parameterIndex(name)];
  if (value >= lower && value <= upper) return;
  throw new InputError(
    "impossible-value",
    `${where}: ${name} = ${value} is impossible; it lies between ${lower} and ${upper}.`,
    { parameter: name, value },
  );
}

/** The parameter vector of `name=value` words, the others at their SM value, [PARAMETERS]. */
export function pointOf(words: readonly string[], option: string): Float64Array {
  const point = standardModelPoint();
  for (const [name, text] of assignments(words, option)) {
    const index = parameterIndex(name);
    const value = finiteNumber(text, `--${option} ${name}`);
    checkParameterValue(name, value, `--${option}`);
    point[index] = value;
  }
  return point;
}

/** Analysis options of `name=value` words: booleans and numbers are read as such. */
export function analysisOptions(words: readonly string[]): Record<string, unknown> {
  const read = (text: string): unknown => {
    if (text === "true" || text === "false") return text === "true";
    return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  };
  return Object.fromEntries([...assignments(words, "option")].map(([k, v]) => [k, read(v)]));
}
