import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FlatRange } from "../../../../src/engine/engine.js";
import { inTiles, TileSize } from "../../../../src/engine/hosts/chrome/tiles.js";
import { axisValue, pointsOf } from "../../../../src/engine/points.js";

const size = (most: number) => new TileSize(1000, most);

describe("tiles of a range", () => {
  it("cover it, each point once, whatever the sizes", async () => {
    const numbers = fc.record({
      start: fc.nat(50),
      count: fc.nat(2000),
      most: fc.integer({ min: 1, max: 700 }),
    });
    await fc.assert(
      fc.asyncProperty(numbers, async ({ start, count, most }) => {
        const tiles: FlatRange[] = [];
        const reports: number[] = [];
        const onProgress = (done: number) => reports.push(done);
        await inTiles({ start, count }, size(most), { onProgress }, async (tile) => {
          tiles.push(tile);
        });
        expect(tiles.every((tile) => tile.count <= most)).toBe(true);
        const points = tiles.flatMap((tile) =>
          Array.from({ length: tile.count }, (_, i) => tile.start + i),
        );
        expect(points).toEqual(Array.from({ length: count }, (_, i) => start + i));
        expect(reports.at(-1)).toBe(count);
      }),
    );
  });

  it("are two at a time, no more", async () => {
    let now = 0;
    let most = 0;
    await inTiles({ start: 0, count: 40 }, size(4), {}, async () => {
      most = Math.max(most, ++now);
      await sleep(2);
      now--;
    });
    expect(most).toBe(2);
  });

  it("end at the first failure, which is told", async () => {
    let begun = 0;
    const failing = inTiles({ start: 0, count: 100 }, size(1), {}, async ({ start }) => {
      begun++;
      await sleep(1);
      if (start === 3) throw new Error("the fourth");
    });
    await expect(failing).rejects.toThrow("the fourth");
    await sleep(10);
    expect(begun).toBeLessThan(8);
  });

  it("end at once when told to, without the tile that hangs", async () => {
    const controller = new AbortController();
    const hanging = inTiles({ start: 0, count: 10 }, size(1), { signal: controller.signal }, () => {
      return new Promise(() => {});
    });
    controller.abort(new Error("enough"));
    await expect(hanging).rejects.toThrow("enough");
  });

  it("grow towards their goal, and shrink when they take longer", () => {
    const tiles = new TileSize(1000, 1e6);
    const first = tiles.points;
    tiles.learn(first, 1);
    expect(tiles.points).toBeGreaterThan(first);
    expect(tiles.points).toBeLessThanOrEqual(4 * first);
    for (let i = 0; i < 20; i++) tiles.learn(tiles.points, tiles.points / 1000);
    expect(tiles.points).toBe(1e6);
    for (let i = 0; i < 20; i++) tiles.learn(tiles.points, tiles.points);
    // Two are on their way: each is timed from when it is sent.
    expect(tiles.points).toBe(2000);
  });

  it("do not chase a goal that what every tile costs puts out of reach", () => {
    const tiles = new TileSize(1000, 1e6, 50_000);
    expect(tiles.points).toBe(50_000);
    for (let i = 0; i < 20; i++) tiles.learn(tiles.points, 9000 + tiles.points / 100);
    expect(tiles.points).toBe(50_000);
    for (let i = 0; i < 20; i++) tiles.learn(tiles.points, 200 + tiles.points / 1000);
    expect(tiles.points).toBe(1e6);
  });

  it("show the points that their range has in the whole", () => {
    const list = {
      kind: "list",
      names: ["a", "b"],
      values: Float64Array.of(0, 1, 2, 3, 4, 5),
    } as const;
    expect(pointsOf(list, { start: 1, count: 2 })).toMatchObject({
      values: Float64Array.of(2, 3, 4, 5),
    });
    const axes = [{ parameter: "eps_ee_u", from: 0, to: 1, points: 11 }];
    const grid = { kind: "grid", axes, start: 3, count: 8 } as const;
    const tile = pointsOf(grid, { start: 2, count: 4 });
    expect(tile).toMatchObject({ start: 5, count: 4 });
    expect(axisValue(axes[0], 5)).toBeCloseTo(0.5, 12);
  });
});
