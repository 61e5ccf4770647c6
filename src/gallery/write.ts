import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dataFileHashes } from "../experiments/data/hashes.js";
import { writeResultFolder } from "../results/folder.js";
import { toJson } from "../results/json.js";
import { provenance } from "../results/provenance.js";
import type { FigureContent, GalleryFigure, MakeOptions, Statement } from "./figure.js";
import { type FileOptions, figureFiles } from "./files.js";
import { inColumn } from "./look.js";
import { RECORD } from "./record.js";

export interface MadeFigure {
  readonly folder: string;
  readonly statements: readonly Statement[];
  /** Names of the files, provenance and record besides. */
  readonly files: readonly string[];
  readonly wallSeconds: number;
}

export interface WriteOptions extends MakeOptions, FileOptions {
  /** Replace a folder that exists. */
  readonly force?: boolean;
}

/**
 * Makes a figure and writes its folder, all of it or nothing.
 * @throws InputError for a folder in the way, EnvironmentError where the disk refuses
 */
export async function writeFigure(
  figure: GalleryFigure,
  folder: string,
  options: WriteOptions,
): Promise<MadeFigure> {
  const started = new Date();
  const begun = performance.now();
  const content = await figure.make(options);
  const files = await figureFiles(figure, content, options);
  const wallSeconds = (performance.now() - begun) / 1000;
  const names = Object.keys(files);
  await writeResultFolder(folder, options, async (fresh) => {
    for (const [name, file] of Object.entries(files)) {
      await mkdir(dirname(join(fresh, name)), { recursive: true });
      await writeFile(join(fresh, name), file, { flag: "wx" });
    }
    await writeFile(join(fresh, RECORD), toJson(recordOf(figure, content, names, options)));
    const facts = { ...content.origin, dataFiles: dataFileHashes(), started, wallSeconds };
    return provenance(facts);
  });
  return { folder, statements: content.statements, files: names, wallSeconds };
}

function recordOf(
  { id }: GalleryFigure,
  { caption, statements, notes = [], text, figure }: FigureContent,
  files: readonly string[],
  { look, points }: WriteOptions,
) {
  const width = figure && inColumn(figure, look.column).width;
  return {
    id,
    statements,
    notes,
    ...(caption && { caption }),
    ...(text && { table: text }),
    ...(points && { points }),
    ...(width && { width }),
    files,
  };
}
