import { InputError } from "../../errors.js";

/** The text of one release file and where it came from. */
export interface ReleaseText {
  readonly path: string;
  readonly text: string;
}

/** The numbers of one line, and the line's number from 1. */
export interface TableRow {
  readonly line: number;
  readonly values: readonly number[];
}

export interface TableShape {
  readonly columns: number;
  readonly rows: number;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** An InputError about one line of a release file. */
export function lineError(path: string, line: number, problem: string): InputError {
  return new InputError(
    "release-file-malformed",
    `Release file ${path}, line ${line}: ${problem}. Download the release again; nothing was written.`,
    { path, line },
  );
}

function parseLine(file: ReleaseText, text: string, line: number, columns: number): TableRow {
  const fields = text.split(/\s*,\s*|\s+/);
  if (fields.length !== columns) {
    throw lineError(file.path, line, `${columns} numbers expected, ${fields.length} found`);
  }
  const values = fields.map((field) => {
    if (!NUMBER.test(field)) throw lineError(file.path, line, `"${field}" is not a finite number`);
    return Number(field);
  });
  return { line, values };
}

/**
 * Read a table of numbers separated by blanks or commas; `#` lines and blank lines are skipped.
 * @throws InputError naming file and line when the table does not have exactly `shape`
 */
export function parseTable(file: ReleaseText, shape: TableShape): TableRow[] {
  const rows: TableRow[] = [];
  const lines = file.text.trimEnd().split(/\r?\n/);
  lines.forEach((raw, index) => {
    const text = raw.trim();
    if (text === "" || text.startsWith("#")) return;
    if (rows.length === shape.rows) {
      throw lineError(file.path, index + 1, `more than the ${shape.rows} rows of the release`);
    }
    rows.push(parseLine(file, text, index + 1, shape.columns));
  });
  if (rows.length < shape.rows) {
    throw lineError(
      file.path,
      lines.length,
      `the file ends after ${rows.length} of ${shape.rows} rows`,
    );
  }
  return rows;
}

/** @throws InputError unless the row's column holds `expected` (a bin centre) */
export function expectValue(
  file: ReleaseText,
  row: TableRow,
  column: number,
  expected: number,
): void {
  if (Math.abs(row.values[column] - expected) > 1e-9) {
    throw lineError(
      file.path,
      row.line,
      `column ${column + 1} is ${row.values[column]} where the bin centre ${expected} belongs`,
    );
  }
}

/** @throws InputError unless the row's column lies in [low, high) */
export function expectWithin(
  file: ReleaseText,
  row: TableRow,
  column: number,
  [low, high]: readonly [number, number],
): void {
  const value = row.values[column];
  if (!(value >= low && value < high)) {
    throw lineError(
      file.path,
      row.line,
      `column ${column + 1} is ${value}, outside [${low}, ${high})`,
    );
  }
}

/** @throws InputError unless the row's column is a whole number ≥ 0 */
export function expectCount(file: ReleaseText, row: TableRow, column: number): void {
  const value = row.values[column];
  if (!Number.isInteger(value) || value < 0) {
    throw lineError(file.path, row.line, `column ${column + 1} is ${value}, not a count of events`);
  }
}
