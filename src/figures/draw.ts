import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolPlus,
  symbolSquare,
  symbolStar,
  symbolTimes,
  symbolTriangle,
} from "d3-shape";
import type { Shape } from "./shapes.js";
import { inkColor, type Style } from "./style.js";
import type { Fill, Ink, Marker, MarkerShape, Stroke } from "./types.js";
import { type Typeset, typeset } from "./typeset.js";
import { element, number } from "./xml.js";

type Points = readonly (readonly [number, number])[];

/** A drawn shape as SVG, in pt on the page. */
export function drawShape(shape: Shape, style: Style): string {
  switch (shape.kind) {
    case "area":
      return element("path", {
        d: shape.rings.map((ring) => `${polyline(ring)}Z`).join(""),
        ...fillOf(shape.fill, style),
      });
    case "path":
      return drawLines(shape.lines, shape.stroke, style);
    case "marker":
      return drawMarker(shape.marker, shape.at[0], shape.at[1], style);
    case "text":
      return drawText(typeset(shape.label, style.textSize), ...shape.at, shape.color, style);
  }
}

export function drawLines(lines: readonly Points[], stroke: Stroke, style: Style): string {
  return element("path", { d: lines.map(closedOrOpen).join(""), ...strokeOf(stroke, style) });
}

/** Outlined text; its plain words are the accessible name, so that it can be found and read out. */
export function drawText(
  text: Typeset,
  x: number,
  y: number,
  color: Ink,
  style: Style,
  quarterTurns: 0 | 1 = 0,
): string {
  return element("path", {
    class: "text",
    role: "img",
    "aria-label": text.plain,
    d: text.at(x, y, quarterTurns),
    fill: inkColor(color, style),
  });
}

const symbols: Record<MarkerShape, { type: SymbolType; open: boolean; unit: number }> = {
  // `unit` is the area of d3's symbol (its size) when it is 1 pt across.
  dot: { type: symbolCircle, open: false, unit: Math.PI / 4 },
  square: { type: symbolSquare, open: false, unit: 0.785 },
  diamond: { type: symbolDiamond, open: false, unit: 0.43 },
  triangle: { type: symbolTriangle, open: false, unit: 0.45 },
  star: { type: symbolStar, open: false, unit: 0.35 },
  plus: { type: symbolPlus, open: true, unit: 0.33 },
  cross: { type: symbolTimes, open: true, unit: 0.45 },
};

/** Filled markers get a thin rim in the background colour that lifts them off what they lie on. */
export function drawMarker(marker: Marker, x: number, y: number, style: Style): string {
  const { type, open, unit } = symbols[marker.shape];
  const size = marker.size ?? style.markerSize;
  const color = inkColor(marker.color, style);
  const d = symbol(type, unit * size ** 2).digits(3)() ?? "";
  return element("path", {
    class: "marker",
    transform: `translate(${number(x)} ${number(y)})`,
    d,
    ...(open
      ? { fill: "none", stroke: color, "stroke-width": 1.3, "stroke-linecap": "round" }
      : {
          fill: color,
          stroke: style.inks.background,
          "stroke-width": 0.5,
          "stroke-linejoin": "round",
        }),
  });
}

export function fillOf({ color, opacity }: Fill, style: Style) {
  return {
    fill: inkColor(color, style),
    "fill-opacity": opacity,
    "fill-rule": "evenodd",
    stroke: "none",
  };
}

export function strokeOf({ color, width, dash, opacity }: Stroke, style: Style) {
  const pattern = style.dashes[dash ?? "solid"];
  return {
    fill: "none",
    stroke: inkColor(color, style),
    "stroke-width": width ?? style.lineWidth,
    "stroke-opacity": opacity,
    "stroke-dasharray": pattern.length === 0 ? undefined : pattern.map(number).join(" "),
    "stroke-linejoin": "round",
  };
}

function polyline(points: Points): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${number(x)} ${number(y)}`).join("");
}

/** A line that returns to its start is closed with a join, not two ends. */
function closedOrOpen(points: Points): string {
  const [first, last] = [points[0], points[points.length - 1]];
  const closed = points.length > 3 && first[0] === last[0] && first[1] === last[1];
  return closed ? `${polyline(points.slice(0, -1))}Z` : polyline(points);
}
