import { axisOf, type ParameterAxis } from "./plane.js";
import { DOUBLE_COLUMN, SERIES_DASH, SINGLE_COLUMN } from "./style.js";
import type {
  FigureSpec,
  Label,
  Layer,
  LegendPosition,
  PanelSpec,
  Polyline,
  SeriesName,
  Stroke,
} from "./types.js";

export interface Curve {
  readonly label?: Label;
  /** [parameter, Δχ²] in order, [n × 2]. */
  readonly points: Polyline;
  /** `total` is the thick black curve of the combination. */
  readonly styleKey: SeriesName | "total";
}

export interface CurvePanel {
  readonly title?: Label;
  readonly x: ParameterAxis;
  readonly curves: readonly Curve[];
  /** Δχ² of the horizontal lines, e.g. `{ value: 1, label: "$1\\sigma$" }`. */
  readonly levels: readonly { readonly value: number; readonly label: Label }[];
  /** Top of the Δχ² axis. */
  readonly maximum: number;
  /** What the curves show; `\Delta\chi^2` when absent. */
  readonly quantity?: Label;
  readonly legend?: LegendPosition;
}

export interface CurveFigure {
  readonly title?: Label;
  readonly description?: string;
  readonly panels: readonly CurvePanel[];
  /** mm; one column for one panel, both for more, when absent. */
  readonly width?: number;
}

/** Frame height over width. */
const ASPECT = 0.72;

/** Δχ² against one parameter, with the levels of its confidence intervals. */
export function curveFigure(input: CurveFigure): FigureSpec {
  return {
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.description === undefined ? {} : { description: input.description }),
    panels: [input.panels.map(curvePanel)],
    width: input.width ?? (input.panels.length > 1 ? DOUBLE_COLUMN : SINGLE_COLUMN),
    aspects: [ASPECT],
  };
}

function strokeFor(key: Curve["styleKey"]): Stroke {
  return key === "total"
    ? { color: "foreground", width: 1.2 }
    : { color: key, width: 1.1, dash: SERIES_DASH[key] };
}

function curvePanel(panel: CurvePanel): PanelSpec {
  const levels = panel.levels.map(
    ({ value, label }): Layer => ({
      kind: "reference",
      axis: "y",
      value,
      label,
      stroke: { color: "muted", width: 0.6, dash: "dotted" },
    }),
  );
  const curves = panel.curves.map(
    ({ points, styleKey }): Layer => ({
      kind: "lines",
      lines: [points],
      stroke: strokeFor(styleKey),
    }),
  );
  const entries = panel.curves.flatMap(({ label, styleKey }) =>
    label === undefined ? [] : [{ label, stroke: strokeFor(styleKey) }],
  );
  return {
    ...(panel.title === undefined ? {} : { title: panel.title }),
    x: axisOf(panel.x),
    y: { label: panel.quantity ?? "\\Delta\\chi^2", domain: [0, panel.maximum], scale: "linear" },
    layers: [...levels, ...curves],
    legend: { entries, position: panel.legend ?? "auto" },
  };
}
