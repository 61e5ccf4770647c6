import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ascending } from "../../src/numerics/ascending.js";

describe("the ascending order of numbers", () => {
  it("is that of a stable sort by comparison", () => {
    const numbers = fc.array(
      fc.oneof(
        fc.double({ noNaN: true }),
        fc.integer({ min: -3, max: 3 }).map((n) => n + 0),
      ),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(numbers, (list) => {
        const values = Float64Array.from(list, (value) => (value === 0 ? 0 : value));
        const expected = [...values.keys()].sort((a, b) => values[a] - values[b] || a - b);
        // Infinities of one sign differ by NaN: equal, as the comparison has it.
        expect([...ascending(values)]).toEqual(expected);
      }),
    );
  });
});
