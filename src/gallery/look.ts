import { InputError } from "../errors.js";
import { DOUBLE_COLUMN, paperStyle, SINGLE_COLUMN, type Style } from "../figures/style.js";
import type { FigureSpec } from "../figures/types.js";

/** `paper`: type and lines of a journal; `talk`: both larger, for a screen across a room. */
export const STYLES = ["paper", "talk"] as const;
export const THEMES = ["light", "dark"] as const;
export const COLUMNS = ["single", "double"] as const;

/** How figures are to look. */
export interface Look {
  readonly style: (typeof STYLES)[number];
  readonly theme: (typeof THEMES)[number];
  /** Width of the page's column; the figure's own when absent. */
  readonly column?: (typeof COLUMNS)[number] | undefined;
  /** Size of tick numbers and legends, pt; the style's when absent. */
  readonly fontSize?: number | undefined;
  /** Of the PNG. */
  readonly dpi: number;
}

const TALK = { text: 1.3, line: 1.6 };
/** Height over width of panels in a stack: four of them and their labels fit a page. */
const FLATTEST_SQUARE = 0.7;
/** Between what no reader can read, and what leaves no room for a frame. */
const FONT_SIZES = [4, 24] as const;

/** The style of a look. @throws InputError for a font size that nobody could read */
export function styleOf({ style, theme, fontSize }: Look): Style {
  const base = paperStyle(theme);
  const [smallest, largest] = FONT_SIZES;
  if (fontSize !== undefined && !(fontSize >= smallest && fontSize <= largest)) {
    throw new InputError(
      "bad-font-size",
      `A font size of ${fontSize} pt is not possible; ask for ${smallest} to ${largest} pt (journals want 7 to 10).`,
      { fontSize },
    );
  }
  const scale = style === "talk" ? TALK : { text: 1, line: 1 };
  const text = fontSize === undefined ? scale.text : fontSize / base.textSize;
  return {
    ...base,
    textSize: base.textSize * text,
    labelSize: base.labelSize * text,
    titleSize: base.titleSize * text,
    gap: base.gap * text,
    frameWidth: base.frameWidth * scale.line,
    lineWidth: base.lineWidth * scale.line,
    tickWidth: base.tickWidth * scale.line,
    markerSize: base.markerSize * scale.line,
  };
}

/**
 * The figure for a column: in a single one, panels side by side go below each other, as frames of a
 * few millimetres show nothing.
 */
export function inColumn(figure: FigureSpec, column: Look["column"]): FigureSpec {
  if (column === undefined) return figure;
  if (column === "double") return { ...figure, width: DOUBLE_COLUMN };
  const triangle = figure.panels.some((row) => row.includes(null));
  if (triangle || figure.panels.every((row) => row.length === 1)) {
    return { ...figure, width: SINGLE_COLUMN };
  }
  const aspect = (row: number) => Math.min(figure.aspects?.[row] ?? 1, FLATTEST_SQUARE);
  const cells = figure.panels.flatMap((panels, row) =>
    panels.map((panel, column) => ({ panel, row, column })),
  );
  // A panel without an axis of its own stays right above the one that has it.
  const sharesAxis = cells.some(({ panel }) => panel?.x.numbers === false);
  if (sharesAxis) cells.sort((a, b) => a.column - b.column || a.row - b.row);
  return {
    ...figure,
    width: SINGLE_COLUMN,
    panels: cells.map(({ panel }) => [panel]),
    aspects: cells.map(({ row }) => aspect(row)),
  };
}
