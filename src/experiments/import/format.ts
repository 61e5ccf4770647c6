const WIDTH = 100;

/** Numbers of one innermost array, as many to a line as fit. */
function formatNumbers(values: readonly number[], indent: string): string {
  const items = values.map((value) => JSON.stringify(value));
  const oneLine = `[${items.join(", ")}]`;
  if (indent.length + oneLine.length <= WIDTH) return oneLine;
  const lines: string[] = [];
  let line = "";
  items.forEach((item, i) => {
    const piece = i + 1 < items.length ? `${item},` : item;
    if (line !== "" && indent.length + 2 + line.length + 1 + piece.length > WIDTH) {
      lines.push(line);
      line = piece;
    } else {
      line = line === "" ? piece : `${line} ${piece}`;
    }
  });
  lines.push(line);
  return `[\n${lines.map((text) => `${indent}  ${text}`).join("\n")}\n${indent}]`;
}

/** JSON that people can read: a row of numbers a line. The same value gives the same bytes. */
export function formatJson(value: unknown, indent = ""): string {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === "number")) return formatNumbers(value, indent);
    const items = value.map((item) => `${indent}  ${formatJson(item, `${indent}  `)}`);
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    const items = entries.map(
      ([key, item]) => `${indent}  ${JSON.stringify(key)}: ${formatJson(item, `${indent}  `)}`,
    );
    return `{\n${items.join(",\n")}\n${indent}}`;
  }
  return JSON.stringify(value);
}
