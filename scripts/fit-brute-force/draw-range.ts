import { PARAMETERS, parameter } from "../../src/model/parameters.js";

/** A free parameter with the range that it is searched in. */
export interface FreeRange {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
}

const rounded = (value: number) => Number(value.toFixed(3));

/** A range of one of five kinds. */
export function drawRange(name: string, random: () => number): FreeRange {
  const { standardModel, lower, upper, searched } = parameter(name);
  const unit = name.startsWith("eps_") ? 1 : name === "sin2_theta_w" ? 0.3 : 2;
  const clip = (value: number) => rounded(Math.min(Math.max(value, lower), upper));
  const between = (from: number, to: number) => from + (to - from) * random();
  const made = (from: number, to: number) => {
    const [low, high] = [clip(from), clip(to)];
    return low < high
      ? { name, lower: low, upper: high }
      : { name, lower: searched[0], upper: searched[1] };
  };
  const kind = random();
  if (kind < 0.45) return { name, lower: searched[0], upper: searched[1] };
  // Narrow, around the Standard Model.
  if (kind < 0.57) {
    return made(
      standardModel - unit * between(0.02, 0.4),
      standardModel + unit * between(0.02, 0.4),
    );
  }
  // Wide: up to the largest value that is taken.
  if (kind < 0.74) {
    const reach = [3, 5, 10, 30][Math.floor(random() * 4)];
    return made(standardModel - reach, standardModel + reach);
  }
  // More on one side.
  if (kind < 0.86) {
    const [near, far] = [between(0.1, 0.5), between(0.5, 5)];
    return random() < 0.5
      ? made(standardModel - unit * near, standardModel + unit * far)
      : made(standardModel - unit * far, standardModel + unit * near);
  }
  // Beside the Standard Model, so that the minimum is often at an edge.
  const [from, width] = [between(0.01, 0.4), between(0.1, 1.5)];
  return random() < 0.5
    ? made(standardModel + unit * from, standardModel + unit * (from + width))
    : made(standardModel - unit * (from + width), standardModel - unit * from);
}

/** One or two fixed parameters off the Standard Model. */
export function fixedPoint(
  free: readonly FreeRange[],
  random: () => number,
): Record<string, number> {
  const fixed = PARAMETERS.filter(
    ({ name }) => name !== "exponent_x" && !free.some((p) => p.name === name),
  );
  const names = shuffled(
    fixed.map(({ name }) => name),
    random,
  ).slice(0, random() < 0.6 ? 1 : 2);
  return Object.fromEntries(
    names.map((name) => {
      const { standardModel, lower, upper } = parameter(name);
      const unit = name.startsWith("eps_") ? 0.4 : name === "sin2_theta_w" ? 0.08 : 0.8;
      const value = standardModel + unit * (2 * random() - 1);
      return [name, rounded(Math.min(Math.max(value, lower), upper))];
    }),
  );
}

export function shuffled(list: readonly string[], random: () => number): string[] {
  return list
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
