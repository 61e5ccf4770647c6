import { scaleLinear } from "d3-scale";
import type { AxisSpec, Label } from "./types.js";

export interface Tick {
  readonly value: number;
  readonly label: Label;
}

export interface Ticks {
  readonly major: readonly Tick[];
  readonly minor: readonly number[];
  /** The power of ten that the labels leave out; 0 when they are complete. */
  readonly exponent: number;
}

/** d3 yields 3 to 8 ticks on any interval when asked for this many. */
const SAFE_COUNT = 5;
const MOST_TICKS = 9;

/**
 * Ways to mark an axis with round numbers, the most wanted first (whole decades before their parts,
 * dense before sparse); each has 3 to 9 ticks.
 * @param most the most ticks wanted, at least 3
 */
export function tickChoices(axis: AxisSpec, most: number): Ticks[] {
  const choices = axis.scale === "log" ? logChoices(axis.domain) : [];
  for (let count = MOST_TICKS; count >= 2; count -= 1) choices.push(linear(axis.domain, count));
  const right = ({ major }: Ticks) => major.length >= 3 && major.length <= MOST_TICKS;
  const few = choices.filter((ticks) => right(ticks) && ticks.major.length <= most);
  return few.length > 0 ? few : [linear(axis.domain, SAFE_COUNT)];
}

/** Every `stride`-th tick, counted from the one nearest zero; the others become minor ticks. */
export function thinTicks({ major, minor, exponent }: Ticks, stride: number): Ticks {
  const size = (tick: Tick) => Math.abs(tick.value);
  const origin = major.reduce((best, tick, i) => (size(tick) < size(major[best]) ? i : best), 0);
  const kept = (_: Tick, i: number) => (i - origin) % stride === 0;
  const dropped = major.filter((tick, i) => !kept(tick, i)).map(({ value }) => value);
  return { major: major.filter(kept), minor: [...minor, ...dropped], exponent };
}

function linear(domain: readonly [number, number], count: number): Ticks {
  const scale = scaleLinear().domain([...domain]);
  const values = scale.ticks(count);
  const step = values.length > 1 ? values[1] - values[0] : domain[1] - domain[0];
  const largest = Math.max(...values.map(Math.abs));
  // 12 000 and 0.002 are read at sight; 120 000 and 0.0002 are not.
  const power = Math.floor(Math.log10(largest) + 1e-12);
  const exponent = power > 4 || power < -3 ? power : 0;
  const digits = Math.max(0, exponent - Math.floor(Math.log10(step) + 1e-9));
  const major = values.map((value) => ({
    value,
    label: `$${(value / 10 ** exponent).toFixed(digits).replace(/^-(0\.?0*)$/, "$1")}$`,
  }));
  return { major, minor: linearMinor(domain, values, step), exponent };
}

/** Steps of 1 and 5 are cut in five, steps of 2 in four. */
function linearMinor(
  [low, high]: readonly [number, number],
  values: readonly number[],
  step: number,
): number[] {
  const leading = Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9));
  const parts = leading === 2 ? 4 : 5;
  const minor: number[] = [];
  for (let i = -parts; i <= values.length * parts; i += 1) {
    const value = values[0] + (i * step) / parts;
    if (i % parts !== 0 && value >= low && value <= high) minor.push(value);
  }
  return minor;
}

/** Decades where there are enough of them; 1, 2, 5 (or 1, 3) of each where there are few. */
function logChoices([low, high]: readonly [number, number]): Ticks[] {
  const first = Math.floor(Math.log10(low) - 1e-9);
  const last = Math.ceil(Math.log10(high) + 1e-9);
  const inside = (value: number) => value >= low * (1 - 1e-12) && value <= high * (1 + 1e-12);
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const grid = (digits: readonly number[], stride = 1) =>
    powers
      .filter((p) => p % stride === 0)
      .flatMap((p) => digits.map((digit) => ({ digit, power: p, value: digit * 10 ** p })))
      .filter(({ value }) => inside(value));
  const choices: Ticks[] = [];
  const add = (digits: readonly number[], stride: number) => {
    const chosen = grid(digits, stride);
    const major = chosen.map(({ digit, power, value }) => ({
      value,
      label: logLabel(digit, power, first >= -2 && last <= 3),
    }));
    const all = stride === 1 ? grid([1, 2, 3, 4, 5, 6, 7, 8, 9]) : grid([1]);
    const taken = new Set(major.map(({ value }) => value));
    choices.push({
      major,
      minor: all.map(({ value }) => value).filter((value) => !taken.has(value)),
      exponent: 0,
    });
  };
  add([1], 1);
  for (const digits of [
    [1, 2, 5],
    [1, 3],
  ])
    add(digits, 1);
  for (let stride = 2; stride <= powers.length; stride += 1) add([1], stride);
  return choices;
}

function logLabel(digit: number, power: number, plain: boolean): Label {
  if (plain) return `$${(digit * 10 ** power).toFixed(Math.max(0, -power))}$`;
  return digit === 1 ? `$10^{${power}}$` : `$${digit}\\times10^{${power}}$`;
}
