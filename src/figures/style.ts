import { InputError } from "../errors.js";
import type { DashName, Ink, PaletteName, SeriesName } from "./types.js";

/** Text widths of two-column journals, in mm. */
export const SINGLE_COLUMN = 86;
export const DOUBLE_COLUMN = 178;

export type ThemeName = "light" | "dark";

/** Everything about looks. Lengths are in pt (1/72 inch). */
export interface Style {
  readonly theme: ThemeName;
  readonly inks: Readonly<Record<PaletteName, string>>;
  readonly dashes: Readonly<Record<DashName, readonly number[]>>;
  /** Sizes of the typeface: tick numbers, legends and annotations; axis labels; titles. */
  readonly textSize: number;
  readonly labelSize: number;
  readonly titleSize: number;
  readonly frameWidth: number;
  readonly lineWidth: number;
  readonly tickWidth: number;
  readonly majorTick: number;
  readonly minorTick: number;
  readonly markerSize: number;
  /** Empty border of the page. */
  readonly padding: number;
  /** Between the frame and tick numbers, tick numbers and axis label, frame and title. */
  readonly gap: number;
  /** Between neighbouring panels, beyond what their labels need. */
  readonly panelGap: number;
}

/**
 * Ordered so that the first three keep apart in greyscale and for the three kinds of colour
 * blindness (Paul Tol's high-contrast and muted sets; on dark, their light partners); the later
 * ones differ by dash too.
 */
const light: Record<PaletteName, string> = {
  series1: "#004488",
  series2: "#ddaa33",
  series3: "#bb5566",
  series4: "#117733",
  series5: "#66a9cf",
  series6: "#332255",
  inner: "#3f78b5",
  outer: "#bcd3ea",
  foreground: "#000000",
  muted: "#7a7a7a",
  background: "#ffffff",
};

const dark: Record<PaletteName, string> = {
  series1: "#6699cc",
  series2: "#eecc66",
  series3: "#cc4c6a",
  series4: "#44bb88",
  series5: "#aaddee",
  series6: "#aa88cc",
  inner: "#6ea3d8",
  outer: "#2b4a6b",
  foreground: "#e8eaed",
  muted: "#9aa0a6",
  background: "#14171c",
};

const dashes: Record<DashName, readonly number[]> = {
  solid: [],
  dashed: [4, 2.2],
  dotted: [1, 1.8],
  dashdot: [5, 1.8, 1, 1.8],
  longdash: [8, 2.5],
  dashdotdot: [5, 1.6, 1, 1.6, 1, 1.6],
};

/** The dash that goes with each series, so that lines keep apart without colour. */
export const SERIES_DASH: Readonly<Record<SeriesName, DashName>> = {
  series1: "solid",
  series2: "dashed",
  series3: "dashdot",
  series4: "longdash",
  series5: "dotted",
  series6: "dashdotdot",
};

/** The style of a paper figure: 8–9 pt type, lines of 0.5–1 pt. */
export function paperStyle(theme: ThemeName = "light"): Style {
  return {
    theme,
    inks: theme === "light" ? light : dark,
    dashes,
    textSize: 8.5,
    labelSize: 9.5,
    titleSize: 9,
    frameWidth: 0.7,
    lineWidth: 0.9,
    tickWidth: 0.55,
    majorTick: 4.5,
    minorTick: 2.4,
    markerSize: 5,
    padding: 1.5,
    gap: 3.6,
    panelGap: 10,
  };
}

/** `#rrggbb` of an ink. @throws InputError for a name the palette lacks */
export function inkColor(ink: Ink, style: Style): string {
  if (/^#[0-9a-f]{6}$/i.test(ink)) return ink;
  const color = (style.inks as Record<string, string | undefined>)[ink];
  if (color !== undefined) return color;
  throw new InputError(
    "unknown-ink",
    `A figure asks for the colour "${ink}". Use one of ${Object.keys(style.inks).join(", ")}, or #rrggbb.`,
    { ink },
  );
}
