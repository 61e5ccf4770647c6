import { stringify } from "yaml";
import { numberText, rounded } from "./numbers.js";
import { type Coordinate, type DataTable, type Quantity, rowCount } from "./table.js";

/*
 * HEPData's submission format (hepdata-submission.readthedocs.io, schema 1.1.1): `submission.yaml`
 * with a YAML document per table, and a data file for each.
 */

/** What the whole submission is about. */
export interface Submission {
  readonly comment: string;
  readonly tables: readonly DataTable[];
}

/** YAML holds long lines unbroken and numbers as they are. */
const LAYOUT = { lineWidth: 0 } as const;

/** A scalar of a flow mapping: numbers plain, infinity as text, which the schema allows. */
function scalar(value: number | string): string {
  if (typeof value === "string") return JSON.stringify(value);
  return Number.isFinite(value) ? String(rounded(value)) : JSON.stringify(numberText(value));
}

function header({ name, units }: Coordinate | Quantity): string {
  return `header: ${JSON.stringify({ name, ...(units && { units }) })}`;
}

function coordinateRow({ values, bins }: Coordinate, row: number): string {
  if (values) return `{value: ${scalar(values[row])}}`;
  const [low, high] = bins?.[row] ?? [0, 0];
  return `{low: ${scalar(low)}, high: ${scalar(high)}}`;
}

/** HEPData refuses a value whose errors are all zero: it has none, then. */
function quantityRow({ values, errors = [] }: Quantity, row: number): string {
  const value = `value: ${scalar(values[row])}`;
  const real = errors.filter(({ minus, plus }) => minus[row] !== 0 || plus[row] !== 0);
  if (real.length === 0) return `{${value}}`;
  const list = real.map(({ label, minus, plus }) => {
    const [down, up] = [rounded(minus[row]), rounded(plus[row])];
    const size = down === up ? `symerror: ${up}` : `asymerror: {minus: ${-down}, plus: ${up}}`;
    return `{${size}, label: ${JSON.stringify(label)}}`;
  });
  return `{${value}, errors: [${list.join(", ")}]}`;
}

/** The data file of a table. Written line by line: grids are long, and YAML writers slow. */
function dataFile(table: DataTable): string {
  const lines: string[] = [];
  const rows = rowCount(table);
  const values = (text: (row: number) => string) => {
    lines.push("  values:");
    for (let row = 0; row < rows; row++) lines.push(`  - ${text(row)}`);
  };
  lines.push("independent_variables:");
  for (const column of table.coordinates) {
    lines.push(`- ${header(column)}`);
    values((row) => coordinateRow(column, row));
  }
  lines.push("dependent_variables:");
  for (const column of table.quantities) {
    lines.push(`- ${header(column)}`);
    if (column.qualifiers?.length) {
      lines.push("  qualifiers:");
      for (const qualifier of column.qualifiers) lines.push(`  - ${JSON.stringify(qualifier)}`);
    }
    values((row) => quantityRow(column, row));
  }
  return `${lines.join("\n")}\n`;
}

/** The files of a HEPData submission by name. */
export function hepdataFiles({ comment, tables }: Submission): Record<string, string> {
  const files: Record<string, string> = {};
  const documents = tables.map((table) => {
    const name = `${table.name}.yaml`;
    files[name] = dataFile(table);
    return {
      name: table.title,
      location: table.location,
      description: table.description,
      keywords: [
        { name: "observables", values: table.observables },
        { name: "phrases", values: ["CEvNS", "Neutrino", "Non-standard interactions"] },
        { name: "reactions", values: ["NU NUCLEUS --> NU NUCLEUS"] },
      ],
      data_file: name,
    };
  });
  const parts = [{ comment }, ...documents].map((part) => stringify(part, LAYOUT));
  return { "submission.yaml": `---\n${parts.join("---\n")}`, ...files };
}
