import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import { InputError } from "../../errors.js";

/** A CSV file of numbers with a header line. */
export interface NumericTable {
  readonly columns: readonly string[];
  /** [rows × columns], row-major. */
  readonly values: Float64Array;
  readonly rows: number;
}

function refuse(path: string, line: number, what: string): never {
  throw new InputError(
    "bad-table",
    `${path}, line ${line}: ${what}. The file must be comma-separated numbers under one header line that names each column; lines starting with # are comments.`,
    { path, line },
  );
}

function readText(path: string): string {
  try {
    // Descriptor 0 is standard input, under the name that Unix tools give it.
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputError(
      "unreadable-file",
      `Cannot read ${path} (${reason}). Check the path and that you may read the file.`,
      { path, reason },
    );
  }
}

type Record = { record: string[]; info: { lines: number } };

function parseRecords(path: string, text: string): Record[] {
  try {
    const options = { comment: "#", info: true, skip_empty_lines: true, trim: true, bom: true };
    return parse(text, { ...options, relax_column_count: true }) as unknown as Record[];
  } catch (error) {
    if (error instanceof CsvError) return refuse(path, Number(error.lines ?? 1), error.message);
    throw error;
  }
}

/**
 * Reads a numeric CSV file; `-` is standard input.
 * @throws InputError naming file and line: unreadable, no header, ragged rows, anything but finite numbers
 */
export function readNumericTable(path: string): NumericTable {
  const [header, ...rows] = parseRecords(path, readText(path));
  if (!header) return refuse(path, 1, "the file is empty");
  const columns = header.record;
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) {
    return refuse(path, header.info.lines, `column "${repeated}" appears twice`);
  }
  const values = new Float64Array(rows.length * columns.length);
  rows.forEach(({ record, info }, row) => {
    if (record.length !== columns.length) {
      refuse(path, info.lines, `${record.length} values under ${columns.length} columns`);
    }
    record.forEach((cell, column) => {
      const value = cell === "" ? Number.NaN : Number(cell);
      if (!Number.isFinite(value)) {
        refuse(path, info.lines, `"${cell}" in column "${columns[column]}" is not a finite number`);
      }
      values[row * columns.length + column] = value;
    });
  });
  return { columns, values, rows: rows.length };
}
