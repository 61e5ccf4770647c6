import { readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkResultFolder } from "../results/folder.js";
import { packageVersion } from "../results/provenance.js";
import type { GalleryFigure } from "./figure.js";
import { type Exhibit, galleryPage } from "./page.js";
import { readRecord } from "./record.js";
import { FIGURES } from "./registry.js";
import { type MadeFigure, type WriteOptions, writeFigure } from "./write.js";

export interface GalleryOptions extends WriteOptions {
  /** Told of each figure before and after it is made. */
  readonly onStart?: (figure: GalleryFigure, index: number) => void;
  readonly onDone?: (figure: GalleryFigure, made: MadeFigure) => void;
}

/**
 * Makes figures one after the other, each in a folder of its own below `folder`.
 * @throws InputError for a folder in the way, before any work
 */
export async function writeFigures(
  figures: readonly GalleryFigure[],
  folder: string,
  options: GalleryOptions,
): Promise<void> {
  const place = ({ id }: GalleryFigure) => join(folder, id);
  for (const figure of figures) await checkResultFolder(place(figure), options);
  for (const [index, figure] of figures.entries()) {
    options.signal?.throwIfAborted();
    options.onStart?.(figure, index);
    const made = await writeFigure(figure, place(figure), options);
    options.onDone?.(figure, made);
  }
}

/** Writes the page of every figure that lies in the folder; replaces the page that was there. */
export async function writePage(folder: string): Promise<string> {
  const present = new Set(await readdir(folder));
  const exhibits: Exhibit[] = [];
  for (const figure of FIGURES.filter(({ id }) => present.has(id))) {
    const record = await readRecord(join(folder, figure.id));
    if (record) exhibits.push({ figure, record });
  }
  const path = join(folder, "index.html");
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, galleryPage(exhibits, packageVersion()));
  await rename(temporary, path);
  return path;
}
