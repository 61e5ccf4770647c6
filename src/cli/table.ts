/** A number with or without its sign, the dash of one that is missing, or nothing. */
const NUMBER = /^([≤≥] )?[-+−–]?[\d.]*(e[-+]?\d+)?$/;

/** A table for a terminal: columns padded with blanks, numbers to the right. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const cells = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, column) =>
    Math.max(...cells.map((row) => [...(row[column] ?? "")].length)),
  );
  const rightAligned = header.map((_, column) =>
    rows.every((row) => NUMBER.test(String(row[column] ?? ""))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const blanks = " ".repeat(Math.max(0, widths[column] - [...cell].length));
        return rightAligned[column] ? blanks + cell : cell + blanks;
      })
      .join("  ")
      .trimEnd();
  const [head, ...body] = cells.map(line);
  return [head, "─".repeat(Math.max(...cells.map((row) => [...line(row)].length))), ...body].join(
    "\n",
  );
}
