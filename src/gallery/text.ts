import type { TextTable } from "./figure.js";

/** Columns aligned, the first to the left and the others to the right, a rule below the header. */
function aligned({ header, rows }: TextTable): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => [...row[column]].length)));
  const pad = (text: string, column: number) => {
    const blanks = " ".repeat(widths[column] - [...text].length);
    return column === 0 ? text + blanks : blanks + text;
  };
  const line = (row: readonly string[]) => row.map(pad).join("  ").trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return `${[line(header), rule, ...rows.map(line)].join("\n")}\n`;
}

/** A table of text as a text file and as LaTeX. */
export function textFiles(table: TextTable): Record<string, string> {
  return { "table.txt": aligned(table), "table.tex": `${table.latex}\n` };
}
