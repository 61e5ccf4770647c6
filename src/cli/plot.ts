import { statSync } from "node:fs";
import { extname, join } from "node:path";
import { InputError } from "../errors.js";
import { renderPdf } from "../figures/pdf.js";
import { renderPng } from "../figures/png.js";
import { paperStyle } from "../figures/style.js";
import { renderSvg } from "../figures/svg.js";
import type { FigureSpec } from "../figures/types.js";
import { checkOutputFile, writeOutputFile } from "./output-file.js";

const FORMATS = [".svg", ".pdf", ".png"] as const;
const DPI = 300;

/**
 * The files that `--plot` asks for: one, or in a folder one of each format.
 * @param name of the files in a folder, without extension
 * @throws InputError for another format, or a file in the way; to be called before the work
 */
export function plotFiles(given: string, name: string, force: boolean): string[] {
  const folder = statSync(given, { throwIfNoEntry: false })?.isDirectory();
  const files = folder ? FORMATS.map((format) => join(given, `${name}${format}`)) : [given];
  if (!(FORMATS as readonly string[]).includes(extname(files[0]))) {
    throw new InputError(
      "unknown-format",
      `--plot ${given} is neither a folder nor a file that can be drawn. Let its name end in ${FORMATS.join(", ")}, or make the folder first.`,
      { path: given },
    );
  }
  for (const file of files) checkOutputFile(file, force);
  return files;
}

/** Draws a figure into files, each in the format of its name, whole or not at all. */
export async function writePlot(figure: FigureSpec, title: string, files: readonly string[]) {
  const svg = renderSvg(figure, paperStyle());
  for (const file of files) {
    const format = extname(file);
    if (format === ".pdf") {
      writeOutputFile(file, await renderPdf(svg, { title, created: new Date() }));
    } else writeOutputFile(file, format === ".png" ? renderPng(svg, DPI) : svg);
  }
}
