import type { GalleryFigure, Paper, Verdict } from "./figure.js";
import { escapeHtml, mathHtml } from "./html.js";
import { PAGE_STYLE } from "./page-style.js";
import type { FigureRecord } from "./record.js";
import { distinctVerdicts } from "./tally.js";

/** A figure of the page, with what its folder says. */
export interface Exhibit {
  readonly figure: GalleryFigure;
  readonly record: FigureRecord;
}

const SHOWN: Readonly<Record<Verdict, { readonly style: string; readonly text: string }>> = {
  holds: { style: "holds", text: "✓ holds" },
  "in part": { style: "part", text: "◐ in part" },
  differs: { style: "differs", text: "✗ differs" },
  "not comparable": { style: "apart", text: "– not comparable" },
};

/**
 * The gallery as one HTML page, which needs nothing but the figures' folders beside it: each figure, its
 * command, what the paper says of it beside what ours shows, and its files.
 */
export function galleryPage(exhibits: readonly Exhibit[], version: string): string {
  const papers = [...new Set(exhibits.map(({ figure }) => figure.paper))];
  const verdicts = distinctVerdicts(exhibits.flatMap(({ record }) => record.statements));
  const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>Figures of the COHERENT analyses</title>
<style>
${PAGE_STYLE}
</style>
</head>
<body>
<header>
<h1>Figures of the COHERENT analyses</h1>
<p>Every figure is computed from the data by the command beside it, and what the paper says of it is held
against the numbers computed: ${verdicts.length} statements, of which ${count("holds")} hold, ${count("in part")}
hold in part, ${count("differs")} do not and ${count("not comparable")} cannot be compared; one that is said of several figures counts
once. A number agrees where <code>nsiscan validate</code> says so, by the digits that the paper prints or a tenth of
its statistical error. Where ours differs, the reason is given as far as it is known.</p>
<p class="soft">Made by nsiscan ${escapeHtml(version)}. Text in figures is drawn as outlines, with its words for
screen readers; numbers are beside each figure as CSV, JSON and HEPData YAML.</p>
<nav aria-label="Figures">
<ul>
${exhibits.map(({ figure }) => `<li><a href="#${figure.id}">${escapeHtml(`${figure.paper.short} ${figure.number}`)}</a></li>`).join("\n")}
</ul>
</nav>
</header>
<main>
${papers.map((paper) => section(paper, exhibits)).join("\n")}
</main>
</body>
</html>
`;
}

function section(paper: Paper, exhibits: readonly Exhibit[]): string {
  const own = exhibits.filter(({ figure }) => figure.paper === paper);
  return `<section aria-labelledby="${paper.id}">
<h2 id="${paper.id}">${escapeHtml(paper.short)}</h2>
<p class="soft">${escapeHtml(paper.citation)}, <a href="https://arxiv.org/abs/${paper.arxiv}">arXiv:${paper.arxiv}</a></p>
${own.map(article).join("\n")}
</section>`;
}

function article({ figure, record }: Exhibit): string {
  const { id, number, title, caption } = figure;
  return `<article id="${id}">
<h3>${escapeHtml(number)}. ${mathHtml(title)}</h3>
<figure>
${picture(figure, record)}
<figcaption>${mathHtml(record.caption ?? caption)}</figcaption>
</figure>
<p>Command: <code class="command">${command(id, record)}</code></p>
${statements(record)}
${record.notes.map((note) => `<p class="soft">${mathHtml(note)}</p>`).join("\n")}
${files(id, record)}
</article>`;
}

/** What makes the figure as it lies there. */
function command(id: string, { points }: FigureRecord): string {
  return `npx nsiscan figure ${id}${points === undefined ? "" : ` --points ${points}`}`;
}

/** Screens are read from further away than paper. */
const MAGNIFICATION = 1.35;

/** The drawing for the reader's colour scheme; or, for a table, the table. */
function picture(
  { id, caption: own }: GalleryFigure,
  { files: names, table, width, caption = own }: FigureRecord,
): string {
  const drawn = ["figure.svg", "figure.png"].find((name) => names.includes(name));
  if (drawn !== undefined) {
    const dark = names.includes(DARK)
      ? `<source srcset="${id}/${DARK}" media="(prefers-color-scheme: dark)" />`
      : "";
    const size =
      width === undefined ? "" : ` style="width: ${(MAGNIFICATION * width).toFixed(0)}mm"`;
    const image = `<picture>${dark}<img src="${id}/${drawn}" alt="${escapeHtml(caption)}"${size} /></picture>`;
    return `<a class="drawing" href="${id}/${drawn}">${image}</a>`;
  }
  if (table === undefined) return "";
  const row = (cells: readonly string[], tag: string, scope = "") =>
    `<tr>${cells.map((cell) => `<${tag}${scope}>${mathHtml(cell)}</${tag}>`).join("")}</tr>`;
  return `<div class="scroll" role="region" aria-label="${escapeHtml(caption)}" tabindex="0"><table class="numbers">
<thead>${row(table.header, "th", ' scope="col"')}</thead>
<tbody>
${table.rows.map((cells) => row(cells, "td")).join("\n")}
</tbody>
</table></div>`;
}

/** Name of the drawing for dark pages. */
export const DARK = "figure-dark.svg";

function statements({ statements: list }: FigureRecord): string {
  if (list.length === 0) return "";
  const rows = list.map(({ paper, ours, verdict, why }) => {
    const { style, text } = SHOWN[verdict];
    const reason =
      why === undefined || verdict === "holds" ? "" : `<span class="why">${mathHtml(why)}</span>`;
    return `<tr role="row"><td role="cell">${mathHtml(paper)}</td><td role="cell">${mathHtml(ours)}${reason}</td><td role="cell" class="verdict ${style}">${text}</td></tr>`;
  });
  const header = ["The paper", "Ours", "Verdict"].map(
    (name) => `<th role="columnheader" scope="col">${name}</th>`,
  );
  // Roles are said, as narrow screens lay the table out as blocks.
  return `<table class="statements" role="table" aria-label="Statements of the paper">
<thead role="rowgroup"><tr role="row">${header.join("")}</tr></thead>
<tbody role="rowgroup">
${rows.join("\n")}
</tbody>
</table>`;
}

function files(id: string, { files: names }: FigureRecord): string {
  const link = (name: string) => `<a href="${id}/${encodeURI(name)}">${escapeHtml(name)}</a>`;
  const main = names.filter((name) => /^(figure\.|table\.|data\.json)/.test(name));
  const tables = names.filter((name) => name.endsWith(".csv"));
  const hepdata = names.filter((name) => name.startsWith("hepdata/"));
  const group = (title: string, list: readonly string[]) =>
    list.length === 0
      ? ""
      : `<details><summary>${title}, ${list.length} ${list.length === 1 ? "file" : "files"}</summary>${list.map(link).join(" ")}</details>`;
  return `<p class="files">${main.map(link).join(" ")}</p>
${group("Tables as CSV", tables)}
${group("HEPData submission", hepdata)}`;
}
