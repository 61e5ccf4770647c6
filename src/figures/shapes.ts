import type { Scale } from "./axis.js";
import { clipLine, clipRing } from "./clip.js";
import type { Box } from "./outline.js";
import type { Style } from "./style.js";
import type {
  AnnotationLayer,
  ErrorBarsLayer,
  Fill,
  Label,
  Layer,
  Marker,
  Polyline,
  ReferenceLayer,
  Stroke,
} from "./types.js";
import { typeset } from "./typeset.js";

export type Point = readonly [number, number];

/** A layer's content on the page, in pt: what drawing and legend placement both work from. */
export type Shape =
  | { readonly kind: "area"; readonly rings: readonly (readonly Point[])[]; readonly fill: Fill }
  | {
      readonly kind: "path";
      readonly lines: readonly (readonly Point[])[];
      readonly stroke: Stroke;
      /** A reference line: a legend may lie on it if it must. */
      readonly faint?: boolean;
    }
  | { readonly kind: "marker"; readonly at: Point; readonly marker: Marker }
  | {
      readonly kind: "text";
      readonly label: Label;
      readonly at: Point;
      readonly box: Box;
      readonly color: Fill["color"];
    };

export interface Plot {
  readonly frame: Box;
  readonly x: Scale;
  readonly y: Scale;
  readonly style: Style;
}

/** Beyond the frame by more than any line width or marker, so that cuts never show. */
const MARGIN = 12;

export function layerShapes(layer: Layer, plot: Plot): Shape[] {
  switch (layer.kind) {
    case "region":
      return area(layer.rings, layer.fill, plot);
    case "lines":
      return path(layer.lines, layer.stroke, plot);
    case "markers":
      return markers(layer.points, layer.marker, plot);
    case "errorbars":
      return errorBars(layer, plot);
    case "steps": {
      const base = layer.baseline ?? layer.heights.map(() => 0);
      const bins = layer.edges.map(([low, high], i) => ({
        low,
        high,
        top: layer.heights[i],
        base: base[i],
      }));
      return [
        ...(layer.fill === undefined ? [] : area(bins.map(binRing), layer.fill, plot)),
        ...(layer.stroke === undefined ? [] : path(outlineSteps(bins), layer.stroke, plot)),
      ];
    }
    case "band": {
      const upper = layer.x.map((x, i) => [x, layer.upper[i]]);
      const lower = layer.x.map((x, i) => [x, layer.lower[i]]);
      return area([[...upper, ...lower.reverse()]], layer.fill, plot);
    }
    case "reference":
      return reference(layer, plot);
    case "annotation":
      return [annotation(layer, plot)];
  }
}

function place(line: Polyline, { x, y }: Plot): Point[] {
  return line.map(([u, v]) => [x(u), y(v)]);
}

function page({ frame }: Plot): Box {
  return {
    x: frame.x - MARGIN,
    y: frame.y - MARGIN,
    width: frame.width + 2 * MARGIN,
    height: frame.height + 2 * MARGIN,
  };
}

function area(rings: readonly Polyline[], fill: Fill, plot: Plot): Shape[] {
  const cut = rings.map((ring) => clipRing(place(ring, plot), page(plot)));
  const seen = cut.filter((ring) => ring.length > 2);
  return seen.length === 0 ? [] : [{ kind: "area", rings: seen, fill }];
}

function path(lines: readonly Polyline[], stroke: Stroke, plot: Plot): Shape[] {
  const seen = lines.flatMap((line) => clipLine(place(line, plot), page(plot)));
  return seen.length === 0 ? [] : [{ kind: "path", lines: seen, stroke }];
}

function markers(points: Polyline, marker: Marker, plot: Plot): Shape[] {
  const { x, y, width, height } = plot.frame;
  return place(points, plot)
    .filter(([u, v]) => u >= x && u <= x + width && v >= y && v <= y + height)
    .map((at) => ({ kind: "marker", at, marker }));
}

function errorBars(layer: ErrorBarsLayer, plot: Plot): Shape[] {
  const bars = layer.points.flatMap(([x, y], i) => [
    ...(layer.xErrors === undefined
      ? []
      : [
          [
            [x - layer.xErrors[i][0], y],
            [x + layer.xErrors[i][1], y],
          ],
        ]),
    ...(layer.yErrors === undefined
      ? []
      : [
          [
            [x, y - layer.yErrors[i][0]],
            [x, y + layer.yErrors[i][1]],
          ],
        ]),
  ]);
  return [
    ...path(bars, layer.stroke, plot),
    ...(layer.marker === undefined ? [] : markers(layer.points, layer.marker, plot)),
  ];
}

interface Bin {
  readonly low: number;
  readonly high: number;
  readonly top: number;
  readonly base: number;
}

function binRing({ low, high, top, base }: Bin): Polyline {
  return [
    [low, base],
    [low, top],
    [high, top],
    [high, base],
  ];
}

function outlineSteps(bins: readonly Bin[]): Polyline[] {
  const lines: number[][][] = [];
  bins.forEach(({ low, high, top, base }, i) => {
    const joinsLeft = i > 0 && bins[i - 1].high === low;
    const joinsRight = i + 1 < bins.length && bins[i + 1].low === high;
    if (!joinsLeft) lines.push([[low, base]]);
    lines[lines.length - 1].push([low, top], [high, top], ...(joinsRight ? [] : [[high, base]]));
  });
  return lines;
}

function reference(layer: ReferenceLayer, plot: Plot): Shape[] {
  const { frame } = plot;
  const at = layer.axis === "x" ? plot.x(layer.value) : plot.y(layer.value);
  const start = layer.axis === "x" ? frame.x : frame.y;
  const length = layer.axis === "x" ? frame.width : frame.height;
  if (at < start || at > start + length) return [];
  const ends: Point[] =
    layer.axis === "x"
      ? [
          [at, frame.y + frame.height],
          [at, frame.y],
        ]
      : [
          [frame.x, at],
          [frame.x + frame.width, at],
        ];
  return [{ kind: "path", lines: [ends], stroke: layer.stroke, faint: true }];
}

function annotation(layer: AnnotationLayer, plot: Plot): Shape {
  const { frame, style } = plot;
  const [u, v] = layer.at;
  const [x, y] =
    layer.units === "frame"
      ? [frame.x + u * frame.width, frame.y + (1 - v) * frame.height]
      : [plot.x(u), plot.y(v)];
  const { width } = typeset(layer.text, style.textSize);
  const shift = { start: 0, middle: width / 2, end: width }[layer.anchor ?? "start"];
  return textShape(layer.text, [x - shift, y], layer.color ?? "foreground", plot);
}

function textShape(label: Label, at: Point, color: Fill["color"], { style }: Plot): Shape {
  const { width, ascent, descent } = typeset(label, style.textSize);
  const box = { x: at[0], y: at[1] - ascent, width, height: ascent + descent };
  return { kind: "text", label, at, box, color };
}
