/*
 * Values between Node and the page: JSON for the structure, and the numbers of typed arrays as they
 * lie in memory behind it. Both ends run on one machine, so byte order is no question.
 */

const ARRAYS = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array } as const;
type ArrayName = keyof typeof ARRAYS;

/** Stands for what JSON cannot say: an array behind the JSON, or a number that is not finite. */
interface Stand {
  readonly "#": readonly [name: ArrayName, byteOffset: number, length: number] | string;
}

const ALIGNMENT = 8;
const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Plain values, arrays, objects and typed arrays as bytes; keys that are undefined get lost. */
export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  const arrays: { at: number; bytes: Uint8Array }[] = [];
  let end = 0;
  const json = JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === "number" && !Number.isFinite(item)) return { "#": String(item) };
    if (!ArrayBuffer.isView(item)) return item;
    const name = item.constructor.name as ArrayName;
    if (!(name in ARRAYS)) throw new TypeError(`no ${name} goes over the wire`);
    const { byteOffset, byteLength } = item;
    const at = end;
    arrays.push({ at, bytes: new Uint8Array(item.buffer, byteOffset, byteLength) });
    end += aligned(byteLength);
    return { "#": [name, at, byteLength / ARRAYS[name].BYTES_PER_ELEMENT] };
  });
  const text = new TextEncoder().encode(json ?? "null");
  const start = aligned(4 + text.length);
  const message = new Uint8Array(start + end);
  new DataView(message.buffer).setUint32(0, text.length, true);
  message.set(text, 4);
  for (const { at, bytes } of arrays) message.set(bytes, start + at);
  return message;
}

/** What {@link encode} was given; its typed arrays lie in the message. */
export function decode(bytes: Uint8Array): unknown {
  // Views need alignment, which a slice of a larger buffer may lack.
  const message = bytes.byteOffset % ALIGNMENT === 0 ? bytes : Uint8Array.from(bytes);
  const { buffer, byteOffset } = message;
  const length = new DataView(buffer, byteOffset).getUint32(0, true);
  const start = byteOffset + aligned(4 + length);
  const json = new TextDecoder().decode(message.subarray(4, 4 + length));
  return JSON.parse(json, (_, item: unknown) => {
    if (item === null || typeof item !== "object" || !("#" in item)) return item;
    const { "#": what } = item as Stand;
    if (typeof what === "string") return Number(what);
    const [name, at, size] = what;
    return new ARRAYS[name](buffer as ArrayBuffer, start + at, size);
  });
}
