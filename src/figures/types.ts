/**
 * A figure is plain data: panels in a grid, each with two axes and layers in data coordinates. Style
 * (fonts, line widths, what a colour name means) comes separately, so that one description serves
 * paper and screen.
 *
 * Every `Label` is text in which `$…$` is TeX math, e.g. `CsI $2\sigma$`; a label that holds a
 * backslash but no `$` is TeX math as a whole, e.g. `\varepsilon^{uV}_{ee}`.
 */
export type Label = string;

/** [x, y] in data coordinates. */
export type Position = readonly number[];
/** Positions in order, [n × 2]. */
export type Polyline = readonly Position[];

/** A name from the style's palette (`series1` … `series6`, `inner`, `outer`, …) or `#rrggbb`. */
export type Ink = PaletteName | `#${string}`;

export type PaletteName = SeriesName | "inner" | "outer" | "foreground" | "muted" | "background";

export type SeriesName = "series1" | "series2" | "series3" | "series4" | "series5" | "series6";

export interface Stroke {
  readonly color: Ink;
  /** Line width in pt; the style's data line width when absent. */
  readonly width?: number;
  /** A dash pattern of the style by name (solid when absent). */
  readonly dash?: DashName;
  readonly opacity?: number;
}

export type DashName = "solid" | "dashed" | "dotted" | "dashdot" | "longdash" | "dashdotdot";

export interface Fill {
  readonly color: Ink;
  readonly opacity?: number;
}

export type MarkerShape = "dot" | "cross" | "plus" | "star" | "square" | "diamond" | "triangle";

export interface Marker {
  readonly shape: MarkerShape;
  readonly color: Ink;
  /** Diameter in pt; the style's when absent. */
  readonly size?: number;
}

/** A region of the plane: the rings together bound it by the even-odd rule (holes are rings). */
export interface RegionLayer {
  readonly kind: "region";
  readonly rings: readonly Polyline[];
  readonly fill: Fill;
}

/** Open or closed polylines (close one by repeating its first position). */
export interface LinesLayer {
  readonly kind: "lines";
  readonly lines: readonly Polyline[];
  readonly stroke: Stroke;
}

export interface MarkersLayer {
  readonly kind: "markers";
  readonly points: readonly Position[];
  readonly marker: Marker;
}

/** Points with [down, up] errors in x, y or both; errors are lengths ≥ 0. */
export interface ErrorBarsLayer {
  readonly kind: "errorbars";
  readonly points: readonly Position[];
  readonly xErrors?: readonly (readonly number[])[];
  readonly yErrors?: readonly (readonly number[])[];
  readonly stroke: Stroke;
  readonly marker?: Marker;
}

/**
 * A histogram: one [low, high] edge pair per bin, gaps allowed. `baseline` (0 when absent) is what
 * the bins stand on: the heights of the histogram below it in a stack.
 */
export interface StepsLayer {
  readonly kind: "steps";
  readonly edges: readonly (readonly number[])[];
  readonly heights: readonly number[];
  readonly baseline?: readonly number[];
  readonly fill?: Fill;
  /** Outline of the tops, with risers between touching bins and down to the baseline at gaps. */
  readonly stroke?: Stroke;
}

/** The area between two curves over the same x. */
export interface BandLayer {
  readonly kind: "band";
  readonly x: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly fill: Fill;
}

/** A line across the frame at one value of `axis`; its label stands at the line's end, outside. */
export interface ReferenceLayer {
  readonly kind: "reference";
  readonly axis: "x" | "y";
  readonly value: number;
  readonly stroke: Stroke;
  readonly label?: Label;
}

export interface AnnotationLayer {
  readonly kind: "annotation";
  readonly text: Label;
  /** In data coordinates, or as fractions of the frame from its lower left corner. */
  readonly at: Position;
  readonly units?: "data" | "frame";
  readonly anchor?: "start" | "middle" | "end";
  readonly color?: Ink;
}

export type Layer =
  | RegionLayer
  | LinesLayer
  | MarkersLayer
  | ErrorBarsLayer
  | StepsLayer
  | BandLayer
  | ReferenceLayer
  | AnnotationLayer;

export interface AxisSpec {
  /** Absent: no label. */
  readonly label?: Label;
  /** [low, high], low < high; both positive on a log axis. */
  readonly domain: readonly [number, number];
  readonly scale: "linear" | "log";
  /** Names along the axis, in place of round numbers. */
  readonly ticks?: readonly { readonly value: number; readonly label: Label }[];
  /** false keeps the ticks and leaves out their numbers (inner panels that share an axis). */
  readonly numbers?: boolean;
}

export interface LegendEntry {
  readonly label: Label;
  readonly fill?: Fill;
  readonly stroke?: Stroke;
  readonly marker?: Marker;
}

/** `auto`: the first place in the frame that covers no data, else above the frame. */
export type LegendPosition =
  | "auto"
  | "above"
  | "top-right"
  | "top-left"
  | "bottom-right"
  | "bottom-left"
  | "top"
  | "bottom"
  | "left"
  | "right";

export interface LegendSpec {
  readonly entries: readonly LegendEntry[];
  readonly position: LegendPosition;
}

export interface PanelSpec {
  readonly title?: Label;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Drawn in order: the last lies on top. */
  readonly layers: readonly Layer[];
  readonly legend?: LegendSpec;
}

export interface FigureSpec {
  readonly title?: Label;
  /** What the figure shows, in plain words, for readers who cannot see it. */
  readonly description?: string;
  /** Rows of panels from the top; null leaves a cell empty (the upper half of a corner plot). */
  readonly panels: readonly (readonly (PanelSpec | null)[])[];
  /** Full width in mm; the height follows from the panels. */
  readonly width: number;
  /** Frame height over frame width, per row; 1 (square) when absent. */
  readonly aspects?: readonly number[];
}
