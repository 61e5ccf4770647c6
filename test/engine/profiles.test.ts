import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GridAxis } from "../../src/engine/engine.js";
import { GridReducer } from "../../src/engine/grid-reducer.js";
import { emptyProfiles, type GridProfiles, mergeProfiles } from "../../src/engine/profiles.js";
import { NumericalError } from "../../src/errors.js";
import { naiveProfiles } from "./naive-profiles.js";

const axesOf = (sizes: readonly number[]): GridAxis[] =>
  sizes.map((points, k) => ({ parameter: `axis ${k}`, from: 0, to: 1, points }));

/** Few different values, so that ties are common, and some that are infinite. */
const value = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
);

/** A grid of 1–6 axes with χ² at every point, and cuts that make tiles of it in some order. */
const grid = fc
  .array(fc.integer({ min: 2, max: 5 }), { minLength: 1, maxLength: 6 })
  .map((sizes) => sizes.map((size, k) => (sizes.length > 4 && k > 1 ? Math.min(size, 3) : size)))
  .chain((sizes) => {
    const size = sizes.reduce((a, b) => a * b);
    return fc.record({
      axes: fc.constant(axesOf(sizes)),
      size: fc.constant(size),
      combinations: fc.integer({ min: 1, max: 3 }),
      values: fc.array(value, { minLength: 3 * size, maxLength: 3 * size }),
      cuts: fc.array(fc.integer({ min: 0, max: size }), { maxLength: 12 }),
      order: fc.infiniteStream(fc.nat()),
    });
  });

function reduced(
  axes: readonly GridAxis[],
  combinations: number,
  chi2: Float64Array,
  tiles: readonly (readonly [number, number])[],
): GridProfiles {
  const reducer = new GridReducer(axes, combinations);
  for (const [start, end] of tiles) {
    reducer.add(start, end - start, {
      chi2,
      offset: start * combinations,
      pointStride: combinations,
      combinationStride: 1,
    });
  }
  return reducer.profiles();
}

describe("GridReducer", () => {
  it("finds what the definition says, whatever the tiles and their order", () => {
    fc.assert(
      fc.property(grid, ({ axes, size, combinations, values, cuts, order }) => {
        const chi2 = Float64Array.from(values.slice(0, size * combinations));
        const expected = naiveProfiles(axes, combinations, chi2);
        const ends = [...new Set([...cuts, size])].sort((a, b) => a - b);
        const tiles = ends.map((end, i) => [ends[i - 1] ?? 0, end] as const);
        const random = order[Symbol.iterator]();
        const rank = new Map(tiles.map((tile) => [tile, random.next().value]));
        const shuffled = [...tiles].sort((a, b) => Number(rank.get(a)) - Number(rank.get(b)));
        expect(reduced(axes, combinations, chi2, [[0, size]])).toEqual(expected);
        expect(reduced(axes, combinations, chi2, shuffled)).toEqual(expected);
        const merged = shuffled
          .map((tile) => reduced(axes, combinations, chi2, [tile]))
          .reduce(mergeProfiles, emptyProfiles(axes, combinations));
        expect(merged).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it("counts only the points of its tiles", () => {
    fc.assert(
      fc.property(grid, fc.nat(), fc.nat(), ({ axes, size, combinations, values }, a, b) => {
        const chi2 = Float64Array.from(values.slice(0, size * combinations));
        const [start, end] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y);
        const inside = (index: number) => index >= start && index < end;
        expect(reduced(axes, combinations, chi2, [[start, end]])).toEqual(
          naiveProfiles(axes, combinations, chi2, inside),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("can be read in between, and goes on", () => {
    const axes = axesOf([3, 4, 5]);
    const chi2 = Float64Array.from({ length: 60 }, (_, i) => (i * 37) % 60);
    const reducer = new GridReducer(axes, 1);
    const add = (start: number, count: number) =>
      reducer.add(start, count, { chi2, offset: start, pointStride: 1, combinationStride: 60 });
    add(7, 30);
    expect(reducer.profiles().points).toBe(30);
    add(0, 7);
    add(37, 23);
    expect(reducer.profiles()).toEqual(naiveProfiles(axes, 1, chi2));
  });

  it("reads χ² laid out by combination as well", () => {
    const axes = axesOf([4, 3]);
    const byCombination = Float64Array.from({ length: 24 }, (_, i) => (i * 7) % 11);
    const byPoint = Float64Array.from({ length: 24 }, (_, i) => {
      return byCombination[(i % 2) * 12 + Math.floor(i / 2)];
    });
    const reducer = new GridReducer(axes, 2);
    reducer.add(0, 12, { chi2: byCombination, offset: 0, pointStride: 1, combinationStride: 12 });
    expect(reducer.profiles()).toEqual(naiveProfiles(axes, 2, byPoint));
  });

  it("does not lose a χ² that is not a number", () => {
    const chi2 = Float64Array.of(1, 2, Number.NaN, 4);
    expect(() => reduced(axesOf([2, 2]), 1, chi2, [[0, 4]])).toThrow(NumericalError);
  });
});
