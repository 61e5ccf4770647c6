import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJson } from "../../src/experiments/import/format.js";
import { binEvents, uniformEdges } from "../../src/experiments/import/histogram.js";

describe("binEvents", () => {
  it("puts an event on an edge into the bin above, and drops what lies outside", () => {
    const at = (x: number, y: number) => ({ line: 1, values: [x, y] });
    const events = [at(0, 0), at(8, 0.5), at(7.999, 0.499), at(12, 0), at(-1, 0), at(3, 1)];
    expect(binEvents(events, [0, 8, 12], [0, 0.5, 1])).toEqual([
      [2, 0],
      [0, 1],
    ]);
  });

  it("counts in each bin the events with lo ≤ value < hi", () => {
    const xEdges = [0, 8, 12, 16, 60];
    const yEdges = [0, 0.125, 1, 6];
    // Values in eighths fall on edges often.
    const value = (max: number) => fc.integer({ min: -8, max: 8 * max }).map((n) => n / 8);
    fc.assert(
      fc.property(fc.array(fc.tuple(value(70), value(7))), (points) => {
        const counts = binEvents(
          points.map((values) => ({ line: 1, values })),
          xEdges,
          yEdges,
        );
        const expected = xEdges
          .slice(1)
          .map((xHigh, i) =>
            yEdges
              .slice(1)
              .map(
                (yHigh, j) =>
                  points.filter(
                    ([x, y]) => x >= xEdges[i] && x < xHigh && y >= yEdges[j] && y < yHigh,
                  ).length,
              ),
          );
        expect(counts).toEqual(expected);
      }),
    );
  });
});

describe("uniformEdges", () => {
  it("gives the decimals a person would write", () => {
    expect(uniformEdges(0.5, 0.05, 8)).toEqual([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9]);
  });
});

describe("formatJson", () => {
  it("is JSON of the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(formatJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("writes a row of numbers a line, and wraps long rows", () => {
    expect(formatJson({ a: [[1, 2], [3]] })).toBe('{\n  "a": [\n    [1, 2],\n    [3]\n  ]\n}');
    const lines = formatJson(Array.from({ length: 100 }, (_, i) => i)).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.length).toBe(6);
  });
});
