import { axisScale, type FittedAxis, fitAxis } from "./axis.js";
import { type ReferenceLabel, referenceLabels } from "./references.js";
import type { Style } from "./style.js";
import type { PanelSpec } from "./types.js";
import { middleOf, type Typeset, typeset } from "./typeset.js";

/** A panel's text measured for a frame of given size; lengths in pt, distances from the frame. */
export interface MeasuredPanel {
  readonly spec: PanelSpec;
  readonly x: FittedAxis;
  readonly y: FittedAxis;
  readonly title: Typeset | null;
  /**
   * Room that the panel needs on each side of its frame: on the left besides that for y numbers and
   * y label, at the top without a legend.
   */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  /** Room for the y numbers; the y label stands left of them. */
  readonly numberRoom: number;
  /** Room right above the frame for multiplier and reference labels, below legend and title. */
  readonly aboveFrame: number;
  readonly references: {
    readonly x: readonly ReferenceLabel[];
    readonly y: readonly ReferenceLabel[];
  };
  /** x's multiplier stands right below the numbers; its label beside it or, if long, below it. */
  readonly multiplierDrop: number;
  readonly labelDrop: number;
}

export function heightOf(text: Typeset | null): number {
  return text === null ? 0 : text.ascent + text.descent;
}

export function measurePanel(
  spec: PanelSpec,
  frameWidth: number,
  frameHeight: number,
  style: Style,
): MeasuredPanel {
  const { gap } = style;
  const x = fitAxis(spec.x, "x", frameWidth, style);
  const y = fitAxis(spec.y, "y", frameHeight, style);
  const title = spec.title === undefined ? null : typeset(spec.title, style.titleSize);
  const numberHeight = Math.max(0, ...x.numbers.map((n) => n.ascent + n.descent));
  const spaced = (length: number) => (length > 0 ? length + gap : 0);
  const references = {
    x: referenceLabels(spec, "x", frameWidth, style),
    y: referenceLabels(spec, "y", frameHeight, style),
  };
  const aboveFrame =
    spaced(heightOf(y.multiplier)) +
    spaced(Math.max(0, ...references.x.map((r) => heightOf(r.text))));
  const numberRoom = spaced(Math.max(0, ...y.numbers.map((n) => n.width)));
  const multiplierDrop = spaced(numberHeight) + gap;
  const labelDrop =
    multiplierDrop + (besideLabel(x, frameWidth, gap) ? 0 : spaced(heightOf(x.multiplier)));
  const multiplierBottom = x.multiplier === null ? 0 : multiplierDrop + heightOf(x.multiplier);
  const labelBottom = x.label === null ? 0 : labelDrop + heightOf(x.label);
  const middle = middleOf(style.textSize);
  const across = overhang(x, frameWidth, (n) => [n.width / 2, n.width / 2]);
  const along = overhang(y, frameHeight, (n) => [n.descent + middle, n.ascent - middle]);
  return {
    spec,
    x,
    y,
    title,
    left: across.before,
    right: Math.max(across.after, spaced(Math.max(0, ...references.y.map((r) => r.text.width)))),
    bottom: Math.max(spaced(numberHeight), multiplierBottom, labelBottom, along.before),
    top: Math.max(aboveFrame + spaced(heightOf(title)), along.after),
    numberRoom,
    aboveFrame,
    references,
    multiplierDrop,
    labelDrop,
  };
}

/** Whether the centred label leaves room for the multiplier at the frame's right end. */
function besideLabel({ label, multiplier }: FittedAxis, width: number, gap: number): boolean {
  if (label === null || multiplier === null) return true;
  return label.width / 2 + gap + multiplier.width <= width / 2;
}

/** How far the outermost numbers reach beyond the frame's ends; `reach` is from tick to edge. */
function overhang(
  axis: FittedAxis,
  length: number,
  reach: (text: Typeset) => readonly [number, number],
): { before: number; after: number } {
  const scale = axisScale(axis.spec, 0, length);
  let before = 0;
  let after = 0;
  axis.numbers.forEach((text, i) => {
    const at = scale(axis.ticks.major[i].value);
    const [low, high] = reach(text);
    before = Math.max(before, low - at);
    after = Math.max(after, at + high - length);
  });
  return { before, after };
}
