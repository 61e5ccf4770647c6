import { createHash } from "node:crypto";

/** First bytes of every file of tables. */
const MAGIC = Buffer.from("nsiscan tables 1\n");
const HASH_BYTES = 32;
/** Stands in JSON for an array of float64, by its place and length among all numbers of the file. */
interface ArrayPlace {
  readonly float64: readonly [offset: number, length: number];
}

/**
 * Plain data as bytes: magic, SHA-256 of all that follows, length of the JSON (8 bytes, little-endian),
 * the JSON, and the float64 arrays in it one after another, little-endian.
 */
export function packTables(content: unknown): Uint8Array {
  const arrays: Float64Array[] = [];
  let numbers = 0;
  const json = JSON.stringify(content, (_, value: unknown): unknown => {
    if (!(value instanceof Float64Array)) return value;
    arrays.push(value);
    const place: ArrayPlace = { float64: [numbers, value.length] };
    numbers += value.length;
    return place;
  });
  const text = Buffer.from(json);
  const body = Buffer.alloc(8 + text.length + 8 * numbers);
  body.writeBigUInt64LE(BigInt(text.length));
  text.copy(body, 8);
  let at = 8 + text.length;
  for (const array of arrays) {
    for (const value of array) at = body.writeDoubleLE(value, at);
  }
  return Buffer.concat([MAGIC, createHash("sha256").update(body).digest(), body]);
}

/** What {@link packTables} packed; undefined for anything else: truncated, damaged, foreign. */
export function unpackTables(bytes: Uint8Array): unknown {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = MAGIC.length + HASH_BYTES;
  if (file.length < start + 8 || !file.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const body = file.subarray(start);
  const hash = createHash("sha256").update(body).digest();
  if (!hash.equals(file.subarray(MAGIC.length, start))) return undefined;
  const length = Number(body.readBigUInt64LE());
  const numbers = 8 + length;
  return JSON.parse(body.subarray(8, numbers).toString(), (_, value: unknown): unknown => {
    const place = (value as ArrayPlace | null)?.float64;
    if (!Array.isArray(place)) return value;
    return Float64Array.from({ length: place[1] }, (__, i) =>
      body.readDoubleLE(numbers + 8 * (place[0] + i)),
    );
  });
}
