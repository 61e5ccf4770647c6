import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import { afterAll, expect, it } from "vitest";
import * as zarr from "zarrita";
import { storeGrid } from "../../src/results/stored-grid.js";
import { exampleResults } from "./example.js";

const work = mkdtempSync(join(tmpdir(), "nsiscan-grid-"));
afterAll(() => rmSync(work, { recursive: true }));

const axis = (parameter: string, points: number) => ({ parameter, from: 0, to: 1, points });
const shape = [3, 40, 181, 151];
const axes = ["eps_ee_u", "eps_ee_d", "eps_emu_d", "eps_mumu_u"].map((name, k) =>
  axis(name, shape[k]),
);
const scan = { ...exampleResults().scan, axes };
const width = scan.combinations.length;

it("writes every point once, chunk by chunk, and no more than a chunk at a time", async () => {
  const ranges: [number, number][] = [];
  await storeGrid(
    join(work, "grid.zarr"),
    scan,
    async ({ start, count }) => {
      ranges.push([start, start + count]);
      return Float64Array.from({ length: count * width }, (_, i) => Math.sqrt(start * width + i));
    },
    { title: "a large grid" },
  );
  // Consecutive ranges from the first point to the last.
  expect(ranges.map(([start]) => start)).toEqual([0, ...ranges.slice(0, -1).map(([, end]) => end)]);
  expect(ranges.at(-1)?.[1]).toBe(3 * 40 * 181 * 151);
  expect(Math.max(...ranges.map(([start, end]) => end - start))).toBeLessThanOrEqual(2 ** 20);
  expect(ranges.length).toBe(6);
  const group = await zarr.open.v3(new FileSystemStore(join(work, "grid.zarr")), { kind: "group" });
  expect(group.attrs).toEqual({ title: "a large grid" });
  for (const [k, { name }] of scan.combinations.entries()) {
    const array = await zarr.open.v3(group.resolve(name), { kind: "array" });
    expect(array.shape).toEqual(shape);
    expect(array.dimensionNames).toEqual(axes.map(({ parameter }) => parameter));
    const { data } = await zarr.get(array);
    const values = data as Float64Array;
    const wrong = values.findIndex((value, i) => value !== Math.sqrt(i * width + k));
    expect(wrong).toBe(-1);
  }
});

it("passes on what goes wrong in the evaluation", async () => {
  const broken = storeGrid(
    join(work, "broken.zarr"),
    scan,
    async () => {
      throw new Error("the engine died");
    },
    {},
  );
  await expect(broken).rejects.toThrow("the engine died");
});
