/**
 * JSON for result files: indented, one list of numbers a line, typed arrays as lists.
 * @throws RangeError for a number that JSON has no way to write, which would become null unseen
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, plain, 2);
  // A line break right after a bracket is this layout's own: within strings there are none.
  return `${text.replace(/\[\n[^[\]{}"]*\]/g, (list) => list.replace(/\s+/g, " "))}\n`;
}

function plain(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`"${key}" is ${value}, which JSON cannot say`);
  }
  return value instanceof Float64Array ? Array.from(value) : value;
}
