import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GridAxis } from "../../src/engine/engine.js";
import { InputError } from "../../src/errors.js";
import { formatTiles, parsePart } from "../../src/scan/tile-selection.js";
import { defaultTilePoints, planTiles, tileRange } from "../../src/scan/tiles.js";

const grid = (...points: number[]): GridAxis[] =>
  points.map((points, i) => ({ parameter: `p${i}`, from: 0, to: 1, points }));
const sizes = fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 1, maxLength: 6 });

describe("tiles", () => {
  it("cover every point once", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 9 }), (points, shards) => {
        const axes = grid(...points);
        const plan = planTiles(axes, defaultTilePoints(axes, 2 ** 21, shards));
        let next = 0;
        for (let tile = 0; tile < plan.count; tile++) {
          const { start, count } = tileRange(plan, tile);
          expect(start).toBe(next);
          expect(count).toBeGreaterThan(0);
          next += count;
        }
        expect(next).toBe(plan.size);
      }),
    );
  });

  it("are a second's work, in small files, and enough for every shard", () => {
    const tiles = (axes: GridAxis[], second: number, shards: number) =>
      planTiles(axes, defaultTilePoints(axes, second, shards)).count;
    expect(tiles(grid(401, 401), 2 ** 17, 1)).toBe(4);
    expect(tiles(grid(401, 401), 2 ** 17, 7)).toBe(28);
    expect(tiles(grid(101, 101, 101, 101), 2 ** 21, 1)).toBe(50);
    expect(tiles(grid(101, 101, 101, 101), 2 ** 23, 1)).toBe(13);
    expect(tiles(grid(301, 301, 301, 301), 2 ** 23, 1)).toBe(472);
    expect(tiles(grid(9, 2), 2 ** 21, 50)).toBe(18);
    expect(tiles(grid(401, 401), 2 ** 27, 1)).toBe(1);
    expect(tiles(grid(401, 401), 2 ** 27, 2)).toBe(8);
  });

  it("cannot be empty, broken or too many", () => {
    for (const points of [0, -1, 1.5, Number.NaN, 3]) {
      expect(() => planTiles(grid(2, 10_000), points)).toThrow(InputError);
    }
    expect(planTiles(grid(2, 10_000), 5).count).toBe(4000);
  });
});

describe("parts of a scan", () => {
  it.each([
    ["all", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["2/4", [1, 5, 9]],
    ["11/12", []],
    ["0,4-6", [0, 4, 5, 6]],
    ["9, 1-7/3,1", [1, 4, 7, 9]],
  ])("%s", (name, tiles) => {
    expect(parsePart(name, 10).tiles).toEqual(tiles);
  });

  it.each(["", "0/3", "4/3", "1/9999", "a", "1-", "5-2", "10", "1-2/0", "1,,2", "1.5", "-1"])(
    "refuses %j",
    (name) => {
      expect(() => parsePart(name, 10)).toThrow(InputError);
    },
  );

  it("are written as they are read", () => {
    expect(formatTiles([3])).toBe("3");
    expect(formatTiles([0, 1, 5, 9, 11, 13, 20])).toBe("0-1,5,9-13/2,20");
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(300), { minLength: 1 }), (tiles) => {
        const sorted = tiles.sort((a, b) => a - b);
        expect(parsePart(formatTiles(sorted), 301).tiles).toEqual(sorted);
      }),
    );
  });
});
