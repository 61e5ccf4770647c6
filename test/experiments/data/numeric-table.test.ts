import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../../src/errors.js";
import { readNumericTable } from "../../../src/experiments/data/numeric-table.js";

let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nsiscan-table-"));
  path = join(folder, "points.csv");
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  writeFileSync(path, text);
  return readNumericTable(path);
}

function failure(action: () => unknown): InputError {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("readNumericTable", () => {
  it("reads what was written, bit for bit", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const rows = fc.array(fc.array(number, { minLength: 3, maxLength: 3 }), { maxLength: 8 });
    fc.assert(
      fc.property(rows, (values) => {
        const table = read(["a,b,c", ...values.map((row) => row.join(","))].join("\n"));
        expect(table.columns).toEqual(["a", "b", "c"]);
        expect(table.rows).toBe(values.length);
        // −0 is written as 0.
        expect([...table.values]).toEqual(values.flat().map((x) => (x === 0 ? 0 : x)));
      }),
    );
  });

  it("takes comments, blank lines, spaces, CRLF, a byte order mark and quotes", () => {
    const text = '\uFEFF# of mine\r\na , "b"\r\n\r\n 1, 2e-3 \r\n# more\r\n"-3",+.5\r\n\r\n';
    const { columns, values, rows } = read(text);
    expect(columns).toEqual(["a", "b"]);
    expect(rows).toBe(2);
    expect([...values]).toEqual([1, 2e-3, -3, 0.5]);
  });

  it.each([
    ["a ragged row", "a,b\n1,2\n3\n", 3, "1 values under 2 columns"],
    ["a row too long", "# x\na,b\n1,2,3\n", 3, "3 values under 2 columns"],
    ["text", "a,b\n1,2\n\n3,four\n", 4, '"four" in column "b"'],
    ["an empty cell", "a,b\n1,\n", 2, '"" in column "b"'],
    ["infinity", "a\nInfinity\n", 2, "not a finite number"],
    ["NaN", "a\nnan\n", 2, "not a finite number"],
    ["an overflow", "a\n1e999\n", 2, "not a finite number"],
    ["a repeated column", "# x\na,b,a\n1,2,3\n", 2, '"a" appears twice'],
    ["nothing", "", 1, "the file is empty"],
    ["comments alone", "# a\n# b\n", 1, "the file is empty"],
    ["an open quote", 'a,b\n1,"2\n', 2, "uote"],
  ])("refuses %s, naming file and line", (_, text, line, words) => {
    const error = failure(() => read(text));
    expect(error.code).toBe("bad-table");
    expect(error.fields).toMatchObject({ path, line });
    expect(error.message).toContain(`${path}, line ${line}: `);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain("\n");
  });

  it("says which file cannot be read, and why", () => {
    const missing = failure(() => readNumericTable(join(folder, "none.csv")));
    expect(missing.code).toBe("unreadable-file");
    expect(missing.message).toContain("none.csv (ENOENT)");
    expect(failure(() => readNumericTable(folder)).message).toContain("EISDIR");
  });
});
