import { scaleLinear, scaleLog } from "d3-scale";
import type { Style } from "./style.js";
import { type Ticks, thinTicks, tickChoices } from "./ticks.js";
import type { AxisSpec } from "./types.js";
import { type Typeset, typeset } from "./typeset.js";

/** An axis as it will be drawn along a given length, all its text measured. */
export interface FittedAxis {
  readonly spec: AxisSpec;
  readonly ticks: Ticks;
  /** One per major tick; empty where the axis shows no numbers. */
  readonly numbers: readonly Typeset[];
  /** ×10ⁿ where the numbers leave a power out. */
  readonly multiplier: Typeset | null;
  readonly label: Typeset | null;
}

/** Data to pt. Values a log axis cannot show (≤ 0) lie far below its lower end. */
export type Scale = (value: number) => number;

export function axisScale(axis: AxisSpec, from: number, to: number): Scale {
  if (axis.scale === "linear") return scaleLinear([...axis.domain], [from, to]);
  const scale = scaleLog([...axis.domain], [from, to]);
  return (value) => (value > 0 ? scale(value) : from - 10 * (to - from));
}

/** pt that one tick number may count on: room for the eye, not only for the digits. */
const pitch = { x: 30, y: 22 };

/** Chooses the densest round ticks whose numbers keep apart over `length` pt. */
export function fitAxis(
  spec: AxisSpec,
  direction: "x" | "y",
  length: number,
  style: Style,
): FittedAxis {
  const most = Math.min(9, Math.max(3, Math.floor(length / pitch[direction]) + 1));
  const choices = spec.ticks
    ? [{ major: spec.ticks, minor: [], exponent: 0 }]
    : tickChoices(spec, most);
  const sparsest = choices.reduce((a, b) => (b.major.length < a.major.length ? b : a));
  // Long numbers on a short axis: three do not fit, so leave out some, to the last one.
  for (let stride = 2; !spec.ticks && stride <= sparsest.major.length; stride += 1) {
    choices.push(thinTicks(sparsest, stride));
  }
  const chosen =
    choices.find((choice) => keepApart(choice, spec, direction, length, style)) ??
    choices[choices.length - 1];
  const shown = spec.numbers !== false;
  return {
    spec,
    ticks: chosen,
    numbers: shown ? numbersOf(chosen, style) : [],
    multiplier:
      shown && chosen.exponent !== 0
        ? typeset(`$\\times10^{${chosen.exponent}}$`, style.textSize)
        : null,
    label: spec.label === undefined ? null : typeset(spec.label, style.labelSize),
  };
}

function numbersOf(ticks: Ticks, style: Style): Typeset[] {
  return ticks.major.map(({ label }) => typeset(label, style.textSize));
}

function keepApart(
  ticks: Ticks,
  spec: AxisSpec,
  direction: "x" | "y",
  length: number,
  style: Style,
): boolean {
  if (spec.numbers === false) return true;
  const scale = axisScale(spec, 0, length);
  const sizes = numbersOf(ticks, style).map((n) =>
    direction === "x"
      ? n.width + style.textSize * 0.9
      : n.ascent + n.descent + style.textSize * 0.5,
  );
  return ticks.major.every(
    ({ value }, i) =>
      i === 0 || scale(value) - scale(ticks.major[i - 1].value) >= (sizes[i] + sizes[i - 1]) / 2,
  );
}
