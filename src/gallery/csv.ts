import { numberText } from "./numbers.js";
import { type DataTable, rowCount } from "./table.js";

/** A field, in quotes where it needs them (RFC 4180). */
function field(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

interface Column {
  readonly header: string;
  readonly at: (row: number) => string;
}

function columnsOf({ coordinates, quantities }: DataTable): Column[] {
  const head = (name: string, units?: string) => (units ? `${name} [${units}]` : name);
  return [
    ...coordinates.flatMap(({ name, units, values, bins }): Column[] => {
      const text = (value: number | string) =>
        typeof value === "number" ? numberText(value) : value;
      if (values) return [{ header: head(name, units), at: (row) => text(values[row]) }];
      return ["low", "high"].map((end, side) => ({
        header: head(`${name} ${end}`, units),
        at: (row) => (bins ? numberText(bins[row][side]) : ""),
      }));
    }),
    ...quantities.flatMap(({ name, units, values, errors = [] }): Column[] => [
      { header: head(name, units), at: (row) => numberText(values[row]) },
      ...errors.flatMap(({ label, minus, plus }) => [
        {
          header: head(`${name} error − (${label})`, units),
          at: (row: number) => numberText(minus[row]),
        },
        {
          header: head(`${name} error + (${label})`, units),
          at: (row: number) => numberText(plus[row]),
        },
      ]),
    ]),
  ];
}

/** A table as CSV: a header with units, a line per row. */
export function tableCsv(table: DataTable): string {
  const columns = columnsOf(table);
  const lines = [columns.map(({ header }) => field(header)).join(",")];
  for (let row = 0; row < rowCount(table); row++) {
    lines.push(columns.map(({ at }) => field(at(row))).join(","));
  }
  return `${lines.join("\n")}\n`;
}
