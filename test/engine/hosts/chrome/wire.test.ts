import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../../../src/engine/hosts/chrome/wire.js";

const arrays = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.uint8Array(),
);
const number = fc.double().map((value) => (Object.is(value, -0) ? 0 : value));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    number,
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    arrays,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie("tree"), { maxKeys: 4 }),
  ),
}));

describe("values on the wire", () => {
  it("come out as they went in, numbers that are not finite and empty arrays included", () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(decode(encode(value))).toEqual(value);
      }),
    );
  });

  it("come out of a buffer that lies anywhere in another one", () => {
    const value = { chi2: Float64Array.of(1, Number.NaN, Infinity), bound: -Infinity };
    for (let shift = 0; shift < 9; shift++) {
      const message = encode(value);
      const padded = new Uint8Array(message.length + shift);
      padded.set(message, shift);
      expect(decode(padded.subarray(shift))).toEqual(value);
    }
  });

  it("are those of the part that an array shows of its buffer", () => {
    const shown = new Float32Array(100).map((_, i) => i).subarray(7, 11);
    expect(decode(encode(shown))).toEqual(Float32Array.of(7, 8, 9, 10));
    const shared = new Float64Array(new SharedArrayBuffer(16)).fill(2);
    expect(decode(encode(shared))).toEqual(Float64Array.of(2, 2));
  });

  it("are refused, not altered, where there is no way to write them", () => {
    expect(() => encode({ big: new BigInt64Array(1) })).toThrow("BigInt64Array");
  });
});
