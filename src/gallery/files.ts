import { renderPdf } from "../figures/pdf.js";
import { renderPng } from "../figures/png.js";
import { renderSvg } from "../figures/svg.js";
import { toJson } from "../results/json.js";
import { compactSvg } from "./compact.js";
import { tableCsv } from "./csv.js";
import type { FigureContent, GalleryFigure } from "./figure.js";
import { hepdataFiles } from "./hepdata.js";
import { inColumn, type Look, styleOf } from "./look.js";
import { rounded } from "./numbers.js";
import { DARK } from "./page.js";
import { type DataTable, thinned } from "./table.js";
import { textFiles } from "./text.js";

/** Kinds of files that a figure can be written as. */
export const FORMATS = ["svg", "pdf", "png", "csv", "json", "hepdata"] as const;
export type Format = (typeof FORMATS)[number];

/** Side of a grid in JSON and HEPData (which takes files up to 10 MB); CSV has every point. */
export const GRID_POINTS = 101;

export interface FileOptions {
  readonly formats: readonly Format[];
  readonly look: Look;
  /** Most points a side of grids in JSON and HEPData. */
  readonly gridPoints: number;
  /** Also draw the figure for dark pages. */
  readonly dark?: boolean | undefined;
}

/** Content by path within the figure's folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Everything that a figure is written as. @throws InputError for a look that is impossible */
export async function figureFiles(
  figure: GalleryFigure,
  content: FigureContent,
  options: FileOptions,
): Promise<Files> {
  const tables = content.tables.map((table) => thinned(table, options.gridPoints));
  const { caption = figure.caption } = content;
  const wants = (format: Format) => options.formats.includes(format);
  const inFolder = (folder: string, files: Files) =>
    Object.fromEntries(Object.entries(files).map(([name, file]) => [`${folder}/${name}`, file]));
  const csv = content.tables.map((table) => [`${table.name}.csv`, tableCsv(table)]);
  return {
    ...(content.figure && (await drawings(figure, content.figure, caption, options))),
    ...(content.text && textFiles(content.text)),
    ...(wants("csv") && Object.fromEntries(csv)),
    ...(wants("json") && { "data.json": dataJson(figure, tables) }),
    ...(wants("hepdata") &&
      inFolder("hepdata", hepdataFiles({ comment: commentOf(figure, content), tables }))),
  };
}

async function drawings(
  { number, title, paper }: GalleryFigure,
  drawn: NonNullable<FigureContent["figure"]>,
  caption: string,
  { formats, look, dark }: FileOptions,
): Promise<Files> {
  const spec = inColumn({ ...drawn, description: drawn.description ?? caption }, look.column);
  const svg = renderSvg(spec, styleOf(look));
  const night = { ...look, theme: "dark" } as const;
  const name = `${paper.short}, ${number.toLowerCase()}: ${title}`;
  return {
    ...(formats.includes("svg") && { "figure.svg": compactSvg(svg) }),
    ...(dark && { [DARK]: compactSvg(renderSvg(spec, styleOf(night))) }),
    ...(formats.includes("pdf") && {
      // Without a date: the same figure, the same bytes. The provenance has it.
      "figure.pdf": await renderPdf(svg, { title: name }),
    }),
    ...(formats.includes("png") && { "figure.png": renderPng(svg, look.dpi) }),
  };
}

function commentOf(
  { number, title, paper, caption: own }: GalleryFigure,
  { caption = own, notes = [] }: FigureContent,
) {
  const source = `${number} of ${paper.citation} (arXiv:${paper.arxiv}), computed anew with nsiscan.`;
  return [`${title}. ${source}`, caption, ...notes].join(" ");
}

/** The tables as JSON, numbers to 8 digits; infinite ones are null. */
function dataJson({ id }: GalleryFigure, tables: readonly DataTable[]): string {
  const plain = (values: readonly (number | string)[]) =>
    values.map((value) => {
      if (typeof value === "string") return value;
      return Number.isFinite(value) ? rounded(value) : null;
    });
  return toJson({
    figure: id,
    tables: tables.map((table) => ({
      ...table,
      coordinates: table.coordinates.map((column) => ({
        ...column,
        ...(column.values && { values: plain(column.values) }),
      })),
      quantities: table.quantities.map((column) => ({
        ...column,
        values: plain(column.values),
        ...(column.errors && {
          errors: column.errors.map(({ label, minus, plus }) => {
            return { label, minus: plain(minus), plus: plain(plus) };
          }),
        }),
      })),
    })),
  });
}
