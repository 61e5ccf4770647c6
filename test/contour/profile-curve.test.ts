import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curveMinima, curveRanges, settle } from "../../src/contour/curve-features.js";
import { ProfileCurve } from "../../src/contour/profile-curve.js";

interface Function {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

/** The curve of a function, refined and settled for a rise above its lowest point. */
function curveOf(
  { value, slope }: Function,
  [from, to]: [number, number],
  rise: number,
  n = 25,
  more: readonly number[] = [],
) {
  const even = Array.from({ length: n }, (_, i) => from + ((to - from) * (i + 0.5)) / n);
  const places = [...even, ...more];
  const evaluate = (x: number) => ({ x, value: value(x), slope: slope(x) });
  const curve = new ProfileCurve(evaluate, [from, to], places);
  curve.refine(rise);
  settle(curve, curve.lowest.value + rise);
  return curve;
}

/** The least of several parabolas depth + ((x − centre)/width)²: smooth valleys, kinks between. */
function parabolas(wells: readonly { centre: number; width: number; depth: number }[]): Function {
  const at = (x: number) =>
    wells.map(({ centre, width, depth }) => ({
      value: depth + ((x - centre) / width) ** 2,
      slope: (2 * (x - centre)) / width ** 2,
    }));
  const lowest = (x: number) => at(x).reduce((a, b) => (b.value < a.value ? b : a));
  return { value: (x) => lowest(x).value, slope: (x) => lowest(x).slope };
}

const wells = fc.array(
  fc.record({
    centre: fc.double({ min: -1, max: 1, noNaN: true }),
    width: fc.double({ min: 0.02, max: 0.5, noNaN: true }),
    depth: fc.double({ min: 0, max: 6, noNaN: true }),
  }),
  { minLength: 1, maxLength: 4 },
);

describe("ranges of a curve below a height", () => {
  it("are the union of what its parabolas allow, for any valleys and kinks", () => {
    fc.assert(
      fc.property(wells, fc.double({ min: 0.5, max: 9, noNaN: true }), (given, rise) => {
        // A valley narrower than the places must be known of, as those of charges are.
        const shape = parabolas(given);
        const places = given.map(({ centre }) => centre);
        const evaluate = (x: number) => ({ x, value: shape.value(x), slope: shape.slope(x) });
        const even = Array.from({ length: 25 }, (_, i) => -1.5 + (3 * (i + 0.5)) / 25);
        const curve = new ProfileCurve(evaluate, [-1.5, 1.5], [...places, ...even]);
        curve.refine(rise);
        settle(curve, curve.lowest.value + rise);
        const height = Math.min(...given.map(({ depth }) => depth)) + rise;
        const pieces = given
          .filter(({ depth }) => depth < height)
          .map(({ centre, width, depth }) => {
            const half = width * Math.sqrt(height - depth);
            return [Math.max(centre - half, -1.5), Math.min(centre + half, 1.5)] as const;
          })
          .sort(([a], [b]) => a - b);
        // What nearly touches may count either way.
        fc.pre(pieces.flat().every((x) => x === Math.sign(x) * 1.5 || Math.abs(x) < 1.5 - 1e-6));
        fc.pre(
          pieces.every(([a], i) => pieces.slice(0, i).every(([, b]) => Math.abs(a - b) > 1e-4)),
        );
        const union: [number, number][] = [];
        for (const [from, to] of pieces) {
          const last = union[union.length - 1];
          if (last && from <= last[1]) last[1] = Math.max(last[1], to);
          else union.push([from, to]);
        }
        const { ranges, isCertain } = curveRanges(curve, height);
        expect(isCertain).toBe(true);
        expect(ranges.map(({ lower, upper }) => [lower, upper])).toEqual(
          union.map(([from, to]) => [expect.closeTo(from, 5), expect.closeTo(to, 5)]),
        );
        expect(ranges.map((range) => [range.lowerIsEdge, range.upperIsEdge])).toEqual(
          union.map(([from, to]) => [from === -1.5, to === 1.5]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("are told to be uncertain where the curve jumps over the height", () => {
    const jump: Function = { value: (x) => (x < 0.3 ? x * x : 9 + x), slope: (x) => 2 * x };
    const curve = curveOf(jump, [-1, 1], 4);
    const { ranges, isCertain } = curveRanges(curve, 4);
    expect(isCertain).toBe(false);
    expect(ranges[0].upper).toBeCloseTo(0.3, 6);
  });

  it("end where the curve becomes infinite", () => {
    const wall: Function = {
      value: (x) => (x <= 0 ? Number.POSITIVE_INFINITY : (Math.log(x) + 1) ** 2),
      slope: (x) => (x <= 0 ? Number.NaN : (2 * (Math.log(x) + 1)) / x),
    };
    const { ranges } = curveRanges(curveOf(wall, [0, 2], 1), 1);
    expect(ranges).toMatchObject([{ lower: expect.closeTo(Math.exp(-2), 6) }]);
    expect(ranges[0].upper).toBeCloseTo(1, 6);
  });
});

describe("minima of a curve", () => {
  it("are found between places, also where the curve is a quartic with two of them in one cell", () => {
    const quartic: Function = {
      value: (x) => 1e4 * ((x - 0.013) ** 2 - 0.01) ** 2,
      slope: (x) => 4e4 * ((x - 0.013) ** 2 - 0.01) * (x - 0.013),
    };
    const minima = curveMinima(curveOf(quartic, [-1, 1], 5, 6), 1);
    expect(minima.map(({ x }) => x).sort((a, b) => a - b)).toEqual([
      expect.closeTo(-0.087, 5),
      expect.closeTo(0.113, 5),
    ]);
  });

  it("at an end of the range are marked", () => {
    const line: Function = { value: (x) => x, slope: () => 1 };
    expect(curveMinima(curveOf(line, [0, 1], 0.5), 0.5)).toEqual([
      { x: 0, value: 0, isEdge: true },
    ]);
  });

  it("at an end of the range are seen although the crest before lies between nodes", () => {
    const hump: Function = {
      value: (x) => 3 * x * x - 2 * x ** 3 + (x > 0.9 ? -40 * (x - 0.9) ** 2 : 0),
      slope: (x) => 6 * x - 6 * x * x + (x > 0.9 ? -80 * (x - 0.9) : 0),
    };
    const minima = curveMinima(curveOf(hump, [-0.5, 1], 4, 3), 4);
    expect(minima).toEqual([
      { x: expect.closeTo(0, 4), value: expect.closeTo(0, 6), isEdge: false },
      { x: 1, value: expect.closeTo(0.6, 9), isEdge: true },
    ]);
  });

  it("are two where a crest just high enough separates them, however the nodes lie", () => {
    const two = fc.record({
      // Of the crest over the higher minimum: clearly less or more than what separates two.
      climb: fc.oneof(
        fc.double({ min: 0.002, max: 0.0095, noNaN: true }),
        fc.double({ min: 0.0105, max: 0.05, noNaN: true }),
      ),
      deeper: fc.double({ min: 0.02, max: 0.5, noNaN: true }),
      width: fc.double({ min: 0.3, max: 3, noNaN: true }),
      // Not at a place, where the slope is that of either branch.
      shift: fc.double({ min: 0.01, max: 0.17, noNaN: true }),
    });
    fc.assert(
      fc.property(two, ({ climb, deeper, width, shift }) => {
        // The branches cross at `shift`, where the first one has climbed so much from its minimum.
        const shallow = { centre: shift - width * Math.sqrt(climb), width, depth: deeper };
        const deep = { centre: shift + Math.sqrt(climb + deeper), width: 1, depth: 0 };
        fc.pre(shallow.centre > -0.95 && deep.centre < 0.95);
        // Valleys are known of, as those of charges are.
        const valleys = [shallow.centre, deep.centre];
        const curve = curveOf(parabolas([shallow, deep]), [-1, 1], 2, 11, valleys);
        expect(curveMinima(curve, 2)).toHaveLength(climb < 0.01 ? 1 : 2);
      }),
      { numRuns: 500 },
    );
  });

  it("are one where little separates them", () => {
    const shape = parabolas([
      { centre: -0.5, width: 0.5, depth: 0 },
      { centre: -0.45, width: 0.5, depth: 0.001 },
      { centre: 0.6, width: 0.3, depth: 1 },
    ]);
    const minima = curveMinima(curveOf(shape, [-1, 1], 4), 4);
    expect(minima).toMatchObject([
      { x: expect.closeTo(-0.5, 3), isEdge: false },
      { x: expect.closeTo(0.6, 3), value: expect.closeTo(1, 6) },
    ]);
  });
});
