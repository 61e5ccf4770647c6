import { createHash, type Hash } from "node:crypto";
import type { LikelihoodDescription } from "./description.js";

/**
 * SHA-256 (hexadecimal) of a description's content: every field with its name, keys in alphabetical
 * order, numbers as little-endian float64, so that it depends on values and on nothing else.
 */
export function descriptionHash(description: LikelihoodDescription): string {
  return contentHash(description);
}

/** The same of any plain data. */
export function contentHash(value: unknown): string {
  const hash = createHash("sha256");
  add(hash, value);
  return hash.digest("hex");
}

/** Every value is written as its type and length before its bytes: no two contents read alike. */
function add(hash: Hash, value: unknown): void {
  if (value instanceof Float64Array) {
    hash.update(`f${value.length}:`);
    hash.update(littleEndian(value));
  } else if (typeof value === "number") {
    hash.update("n");
    hash.update(littleEndian(Float64Array.of(value)));
  } else if (typeof value === "string") {
    hash.update(`s${Buffer.byteLength(value)}:${value}`);
  } else if (Array.isArray(value)) {
    hash.update(`a${value.length}:`);
    for (const item of value) add(hash, item);
  } else if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`o${entries.length}:`);
    for (const [key, item] of entries) {
      add(hash, key);
      add(hash, item);
    }
  } else {
    hash.update(`${value};`);
  }
}

function littleEndian(values: Float64Array): DataView {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return view;
}
