import { plainText } from "../figures/label.js";
import { renderPdf } from "../figures/pdf.js";
import { renderPng } from "../figures/png.js";
import { paperStyle } from "../figures/style.js";
import { renderSvg } from "../figures/svg.js";
import type { FigureSpec } from "../figures/types.js";

/** Dots per inch of the PNG: a page's width at the size of a large screen. */
const DPI = 300;

/** Refuses titles and ranges that cannot be drawn, before hours of work. @throws InputError */
export function checkFigure(figure: FigureSpec): void {
  renderSvg(figure, paperStyle());
}

/**
 * The figure as `figure.svg`, `figure.pdf` (vectors) and `figure.png`: without a date, so that equal
 * figures are equal files.
 */
export async function figureFiles(
  figure: FigureSpec,
): Promise<Record<string, string | Uint8Array>> {
  const svg = renderSvg(figure, paperStyle());
  return {
    "figure.svg": svg,
    "figure.pdf": await renderPdf(svg, { title: plainText(figure.title ?? "nsiscan") }),
    "figure.png": renderPng(svg, DPI),
  };
}
