import { DOUBLE_COLUMN, SINGLE_COLUMN } from "./style.js";
import type {
  DashName,
  FigureSpec,
  Fill,
  Ink,
  Label,
  Layer,
  LegendEntry,
  LegendPosition,
  Marker,
  PanelSpec,
  Polyline,
  SeriesName,
  Stroke,
} from "./types.js";

/** A parameter on an axis: its TeX symbol (with unit, if it has one) and the range shown. */
export interface ParameterAxis {
  readonly symbol: string;
  readonly from: number;
  readonly to: number;
  readonly scale?: "linear" | "log";
}

/**
 * How a region looks. `series1` … `series6`: a translucent fill with a solid outline, for data sets
 * shown together; `inner` and `outer`: two shades of one hue, for the smaller and the larger region
 * of one result; `outline`: a dashed line without fill, for comparison.
 */
export type RegionStyle = SeriesName | "inner" | "outer" | "outline";

export interface PlaneRegion {
  /** Legend entry; none when absent. */
  readonly label?: Label;
  readonly styleKey: RegionStyle;
  /** Rings of [x, y] that bound the region (even-odd), closed along the frame where it is cut. */
  readonly fill?: readonly Polyline[];
  /** The level's isolines, open where they leave the plane. */
  readonly lines?: readonly Polyline[];
}

export interface PlaneMarker {
  readonly label?: Label;
  readonly at: readonly number[];
  /** By custom: star or cross for a best fit, dot for the Standard Model. */
  readonly shape: "star" | "cross" | "dot";
  readonly color?: Ink;
}

export interface PlanePanel {
  readonly title?: Label;
  readonly x: ParameterAxis;
  readonly y: ParameterAxis;
  readonly regions: readonly PlaneRegion[];
  readonly markers?: readonly PlaneMarker[];
  readonly legend?: LegendPosition;
}

export interface PlaneFigure {
  readonly title?: Label;
  readonly description?: string;
  readonly panels: readonly PlanePanel[];
  /** mm; one column for one panel, both for more, when absent. */
  readonly width?: number;
}

/**
 * Regions of two parameters side by side in square panels, as in L24 figs. 6–8: left each data set,
 * right their combination.
 */
export function planeFigure(input: PlaneFigure): FigureSpec {
  return {
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.description === undefined ? {} : { description: input.description }),
    panels: [input.panels.map(planePanel)],
    width: input.width ?? (input.panels.length > 1 ? DOUBLE_COLUMN : SINGLE_COLUMN),
  };
}

interface Look {
  readonly fill?: Fill;
  readonly stroke: Stroke;
  /** Lower ranks are drawn first, and of one rank the larger. */
  readonly rank: number;
}

function look(key: RegionStyle): Look {
  const dash: DashName = "dashed";
  switch (key) {
    case "outer":
      return { fill: { color: "outer" }, stroke: { color: "inner", width: 0.6 }, rank: 0 };
    case "inner":
      return { fill: { color: "inner" }, stroke: { color: "inner", width: 0.6 }, rank: 1 };
    case "outline":
      return { stroke: { color: "foreground", width: 0.9, dash }, rank: 3 };
    default:
      return { fill: { color: key, opacity: 0.55 }, stroke: { color: key, width: 0.9 }, rank: 2 };
  }
}

/** Area between rings, holes taken out: they run the other way. */
function areaOf({ fill = [] }: PlaneRegion): number {
  const twice = fill.flatMap((ring) =>
    ring.map(([x, y], i) => {
      const [u, v] = ring[(i + 1) % ring.length];
      return x * v - u * y;
    }),
  );
  return Math.abs(twice.reduce((sum, part) => sum + part, 0)) / 2;
}

function planePanel(panel: PlanePanel): PanelSpec {
  // Of those of one rank the largest comes first, so that it veils no smaller one.
  const drawn = panel.regions
    .map((region) => ({ region, look: look(region.styleKey), area: areaOf(region) }))
    .sort((a, b) => a.look.rank - b.look.rank || b.area - a.area);
  const layers: Layer[] = [];
  for (const { region, look } of drawn) {
    if (region.fill !== undefined && look.fill !== undefined) {
      layers.push({ kind: "region", rings: region.fill, fill: look.fill });
    }
  }
  // All outlines lie on all fills, so that none is veiled.
  for (const { region, look } of drawn) {
    if (region.lines !== undefined) {
      layers.push({ kind: "lines", lines: region.lines, stroke: look.stroke });
    }
  }
  const markers = (panel.markers ?? []).map(({ at, label, ...rest }) => ({
    at,
    label,
    marker: markerOf(rest),
  }));
  for (const { at, marker } of markers) layers.push({ kind: "markers", points: [at], marker });
  const entries: LegendEntry[] = [
    ...panel.regions.flatMap(({ label, styleKey, fill }) => {
      if (label === undefined) return [];
      const style = look(styleKey);
      const filled = fill !== undefined && style.fill !== undefined;
      return [{ label, stroke: style.stroke, ...(filled ? { fill: style.fill } : {}) }];
    }),
    ...markers.flatMap(({ label, marker }) => (label === undefined ? [] : [{ label, marker }])),
  ];
  return {
    ...(panel.title === undefined ? {} : { title: panel.title }),
    x: axisOf(panel.x),
    y: axisOf(panel.y),
    layers,
    legend: { entries, position: panel.legend ?? "auto" },
  };
}

function markerOf({ shape, color = "foreground" }: Omit<PlaneMarker, "at" | "label">): Marker {
  const size = { star: 8, cross: 4.6, dot: 4.2 }[shape];
  return { shape, color, size };
}

/** A parameter's axis; the symbol is TeX math. */
export function axisOf({ symbol, from, to, scale = "linear" }: ParameterAxis) {
  return { label: `$${symbol}$`, domain: [from, to] as const, scale };
}
