import { insideSpan, isInside } from "./clip.js";
import type { Box } from "./outline.js";
import type { Shape } from "./shapes.js";
import type { Style } from "./style.js";
import type { LegendEntry, LegendPosition, LegendSpec } from "./types.js";
import { type Typeset, typeset } from "./typeset.js";

/** Width of a sample, its distance to the label, between entries in a row, and border; pt. */
export const SAMPLE_WIDTH = 15;
const SAMPLE_GAP = 4.5;
const ENTRY_GAP = 12;
const BORDER = 3;

interface PlacedEntry {
  readonly entry: LegendEntry;
  readonly text: Typeset;
  /** Left ends of sample and text, and the baseline, from the legend's upper left corner. */
  readonly x: number;
  readonly textX: number;
  readonly baseline: number;
}

/** A legend laid out as a block; `x` and `y` of its entries count from the block's corner. */
export interface LegendBlock {
  readonly width: number;
  readonly height: number;
  readonly entries: readonly PlacedEntry[];
}

/** One entry below the other. */
export function legendColumn(legend: LegendSpec, style: Style): LegendBlock {
  return stack(
    legend.entries.map((entry) => [entry]),
    "start",
    style,
  );
}

/** Rows of entries, each no wider than `width` pt, centred. */
export function legendRows(legend: LegendSpec, width: number, style: Style): LegendBlock {
  const rows: LegendEntry[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const entry of legend.entries) {
    const needs = entryWidth(entry, style);
    if (used + ENTRY_GAP + needs > width - 2 * BORDER) {
      rows.push([]);
      used = -ENTRY_GAP;
    }
    rows[rows.length - 1].push(entry);
    used += ENTRY_GAP + needs;
  }
  return stack(rows, "middle", style);
}

function entryWidth(entry: LegendEntry, style: Style): number {
  return SAMPLE_WIDTH + SAMPLE_GAP + typeset(entry.label, style.textSize).width;
}

function stack(
  rows: readonly (readonly LegendEntry[])[],
  align: "start" | "middle",
  style: Style,
): LegendBlock {
  const widths = rows.map((row) =>
    row.reduce((sum, entry) => sum + entryWidth(entry, style) + ENTRY_GAP, -ENTRY_GAP),
  );
  const width = Math.max(...widths) + 2 * BORDER;
  const entries: PlacedEntry[] = [];
  let y = BORDER;
  rows.forEach((row, i) => {
    const texts = row.map((entry) => typeset(entry.label, style.textSize));
    const ascent = Math.max(style.textSize * 0.75, ...texts.map((text) => text.ascent));
    const descent = Math.max(style.textSize * 0.25, ...texts.map((text) => text.descent));
    let x = align === "start" ? BORDER : (width - widths[i]) / 2;
    row.forEach((entry, k) => {
      const textX = x + SAMPLE_WIDTH + SAMPLE_GAP;
      entries.push({ entry, text: texts[k], x, textX, baseline: y + ascent });
      x += entryWidth(entry, style) + ENTRY_GAP;
    });
    y += ascent + descent + style.textSize * 0.3;
  });
  return { width, height: y - style.textSize * 0.3 + BORDER, entries };
}

const places: readonly Exclude<LegendPosition, "auto" | "above">[] = [
  "top-right",
  "top-left",
  "bottom-right",
  "bottom-left",
  "top",
  "bottom",
  "left",
  "right",
];

/**
 * Where the legend goes in the frame: as asked, or the first place that covers no data, preferring
 * one clear of reference lines too. Null: above the frame, as asked or for want of room.
 */
export function placeLegend(
  position: LegendPosition,
  block: LegendBlock,
  frame: Box,
  shapes: readonly Shape[],
  style: Style,
): Box | null {
  if (position === "above") return null;
  if (position !== "auto") return boxAt(position, block, frame, style);
  const inset = style.majorTick + style.gap;
  if (block.width > frame.width - 2 * inset || block.height > frame.height - 2 * inset) return null;
  const free = places
    .map((place) => boxAt(place, block, frame, style))
    .filter((box) => !shapes.some((shape) => !isFaint(shape) && touches(shape, box, style)));
  const crossings = (box: Box) => shapes.filter((shape) => touches(shape, box, style)).length;
  return free.reduce<Box | null>(
    (best, box) => (best === null || crossings(box) < crossings(best) ? box : best),
    null,
  );
}

function boxAt(place: string, { width, height }: LegendBlock, frame: Box, style: Style): Box {
  const inset = style.majorTick + style.gap - BORDER / 2;
  const [right, bottom] = [frame.x + frame.width, frame.y + frame.height];
  const x = place.includes("right")
    ? right - inset - width
    : place.includes("left")
      ? frame.x + inset
      : frame.x + (frame.width - width) / 2;
  const y = place.includes("top")
    ? frame.y + inset
    : place.includes("bottom")
      ? bottom - inset - height
      : frame.y + (frame.height - height) / 2;
  return { x, y, width, height };
}

function isFaint(shape: Shape): boolean {
  return shape.kind === "path" && shape.faint === true;
}

/** Whether a shape, with its line width, reaches into the box. */
function touches(shape: Shape, box: Box, style: Style): boolean {
  switch (shape.kind) {
    case "area": {
      const corner = [box.x, box.y] as const;
      return (
        isInside(corner, shape.rings) || shape.rings.some((r) => crosses([...r, r[0]], box, 0))
      );
    }
    case "path": {
      const half = (shape.stroke.width ?? style.lineWidth) / 2;
      return shape.lines.some((line) => crosses(line, box, half));
    }
    case "marker": {
      const half = (shape.marker.size ?? style.markerSize) / 2;
      return crosses([shape.at, shape.at], box, half + 1);
    }
    case "text": {
      const { x, y, width, height } = shape.box;
      const ends = [
        [x, y + height / 2],
        [x + width, y + height / 2],
      ] as const;
      return crosses(ends, box, height / 2 + 1);
    }
  }
}

function crosses(line: readonly (readonly [number, number])[], box: Box, margin: number): boolean {
  const wide = {
    x: box.x - margin,
    y: box.y - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  };
  return line.some((p, i) => i > 0 && insideSpan(line[i - 1], p, wide) !== null);
}
