import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { diskTrouble, EnvironmentError } from "../errors.js";
import { renderPdf } from "../figures/pdf.js";
import { renderPng } from "../figures/png.js";
import { renderSvg } from "../figures/svg.js";
import type { FigureSpec } from "../figures/types.js";
import { inColumn, type Look, styleOf } from "./look.js";

/** A drawing that belongs to no paper, as SVG, PDF and PNG by file name. */
export async function drawingFiles(
  figure: FigureSpec,
  name: string,
  look: Look,
): Promise<Readonly<Record<string, string | Uint8Array>>> {
  const svg = renderSvg(inColumn(figure, look.column), styleOf(look));
  return {
    [`${name}.svg`]: svg,
    [`${name}.pdf`]: await renderPdf(svg, { title: name, created: new Date() }),
    [`${name}.png`]: renderPng(svg, look.dpi),
  };
}

/** Writes files into a folder, each whole or not at all. @throws EnvironmentError where the disk refuses */
export async function putFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    const temporary = `${path}.${process.pid}.tmp`;
    try {
      await writeFile(temporary, content);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      const { code } = error as NodeJS.ErrnoException;
      const { reason, remedy } = diskTrouble(error);
      const text = `Cannot write ${path}: ${reason}. ${remedy} or choose another folder; no file was left half written.`;
      throw new EnvironmentError("cannot-write", text, { path, code });
    }
  }
}
