import { InputError } from "../errors.js";
import { defaultRange, type FreeParameter } from "../fit/best-fit.js";
import { checkParameterValue, finiteNumber } from "./assignments.js";

/**
 * Parameters to minimise over, from words like `eps_ee_u` or `eps_ee_u=-0.5:1`.
 * @throws InputError for an unknown parameter, a range that is none, or a parameter named twice
 */
export function freeParameters(words: readonly string[]): FreeParameter[] {
  const free = words.map((word) => {
    const [name, range] = word.split(/=(.*)/s, 2);
    const whole = defaultRange(name);
    if (range === undefined) return whole;
    const ends = range.split(":");
    if (ends.length !== 2) {
      throw new InputError(
        "bad-range",
        `--free ${word}: write a range as ${name}=from:to, e.g. ${name}=-0.5:1.`,
        { parameter: name, range },
      );
    }
    const [lower, upper] = ends.map((end) => finiteNumber(end, `--free ${name}`));
    for (const end of [lower, upper]) checkParameterValue(name, end, "--free");
    if (lower >= upper) {
      throw new InputError(
        "bad-range",
        `--free ${word}: the range must begin below where it ends; swap the limits.`,
        { parameter: name, lower, upper },
      );
    }
    return { name, lower, upper };
  });
  const twice = free.find(({ name }, i) => free.findIndex((other) => other.name === name) !== i);
  if (twice) {
    throw new InputError(
      "repeated-parameter",
      `--free names "${twice.name}" twice; name it once.`,
      {
        parameter: twice.name,
      },
    );
  }
  return free;
}
