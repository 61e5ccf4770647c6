import { heightOf, type MeasuredPanel } from "./measure.js";
import type { Style } from "./style.js";

/** Where text stands that neighbouring panels align, in pt from the frame. */
export interface Baselines {
  /** Of titles, above the frames of a row. */
  readonly title: number;
  /** Of x labels, below the frames of a row. */
  readonly xLabel: number;
  /** Of y labels, left of the frames of a column. */
  readonly yLabel: number;
}

/** Baselines of a row, and how far its titles and x labels reach from the frames. */
export interface RowText extends Pick<Baselines, "title" | "xLabel"> {
  readonly top: number;
  readonly bottom: number;
}

const most = <T>(all: readonly T[], of: (one: T) => number) => Math.max(0, ...all.map(of));

/** @param panels of a row, with the height above each frame at which its title may begin */
export function rowText(
  panels: readonly (MeasuredPanel & { readonly titleDrop: number })[],
): RowText {
  const titles = panels.flatMap(({ title, titleDrop }) =>
    title === null ? [] : [{ ...title, base: titleDrop + title.descent }],
  );
  const labels = panels.flatMap(({ x: { label }, labelDrop }) =>
    label === null ? [] : [{ ...label, base: labelDrop + label.ascent }],
  );
  const title = most(titles, ({ base }) => base);
  const xLabel = most(labels, ({ base }) => base);
  return {
    title,
    xLabel,
    top: most(titles, ({ ascent }) => title + ascent),
    bottom: most(labels, ({ descent }) => xLabel + descent),
  };
}

/** Baseline of a column's y labels, and the room that the column needs beside its frames. */
export function columnText(
  panels: readonly MeasuredPanel[],
  { gap }: Style,
): { readonly yLabel: number; readonly left: number; readonly right: number } {
  const numbers = most(panels, ({ numberRoom }) => numberRoom);
  const distance = most(panels, ({ y }) => heightOf(y.label)) > 0 ? gap : 0;
  const yLabel = numbers + distance + most(panels, ({ y }) => y.label?.descent ?? 0);
  const label = yLabel + most(panels, ({ y }) => y.label?.ascent ?? 0);
  return {
    yLabel,
    left: Math.max(
      label,
      most(panels, ({ left }) => left),
    ),
    right: most(panels, ({ right }) => right),
  };
}
