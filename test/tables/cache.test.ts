import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TableCache } from "../../src/tables/cache.js";
import { packTables, unpackTables } from "../../src/tables/table-file.js";
import { tabulate } from "../../src/tables/tabulate.js";
import { analysisProblem } from "../engine/real.js";

const content = { name: "tables", values: Float64Array.of(1 / 3, -0, 1e300), list: [1, [2]] };

describe("a file of tables", () => {
  const bytes = packTables(content);

  it("gives back what was packed, to the last bit", () => {
    expect(unpackTables(bytes)).toStrictEqual(content);
  });

  it("is not read truncated, longer, with any bit flipped, nor if it is something else", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(unpackTables(bytes.subarray(0, length))).toBeUndefined();
    }
    expect(unpackTables(Buffer.concat([bytes, Buffer.of(0)]))).toBeUndefined();
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] ^= 1 << (bit & 7);
      expect(unpackTables(flipped)).toBeUndefined();
    }
    fc.assert(fc.property(fc.uint8Array(), (any) => unpackTables(any) === undefined));
  });
});

describe("the cache of tables", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nsiscan-cache-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("keeps what was written, lists and clears it", async () => {
    const cache = new TableCache(join(folder, "new"));
    expect(await cache.read("a")).toBeUndefined();
    await cache.write("a", content);
    expect(await cache.read("a")).toStrictEqual(content);
    expect(await cache.list()).toHaveLength(1);
    expect(await cache.clear()).toHaveLength(1);
    expect(await cache.read("a")).toBeUndefined();
    expect(readdirSync(join(folder, "new"))).toEqual([]);
  });

  it("does not use a file under another name than its own", async () => {
    const cache = new TableCache(folder);
    await cache.write("a", content);
    writeFileSync(join(folder, "b.tables"), readFileSync(join(folder, "a.tables")));
    expect(await cache.read("b")).toBeUndefined();
  });

  it("lets go what was not used for longest", async () => {
    const size = packTables({ key: "a", content }).length;
    const cache = new TableCache(folder, 2.5 * size);
    await cache.write("a", content);
    await cache.write("b", content);
    for (const [name, age] of [
      ["a", 200],
      ["b", 100],
    ] as const) {
      const then = new Date(Date.now() - 1000 * age);
      utimesSync(join(folder, `${name}.tables`), then, then);
    }
    await cache.read("a");
    await cache.write("c", content);
    expect(readdirSync(folder).sort()).toEqual(["a.tables", "c.tables"]);
  });

  it("is never needed, and several writers do not disturb each other", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const blocked = new TableCache(join(file, "tables"));
    await blocked.write("a", content);
    expect(await blocked.read("a")).toBeUndefined();
    expect(await blocked.list()).toEqual([]);
    const cache = new TableCache(folder);
    await Promise.all(Array.from({ length: 8 }, () => cache.write("a", content)));
    expect(await cache.read("a")).toStrictEqual(content);
    expect(readdirSync(folder).sort()).toEqual(["a.tables", "file"]);
  });
});

describe("tables from the cache", () => {
  const problem = analysisProblem("liao-2024");
  const box = {
    base: problem.base,
    axes: [{ parameter: "eps_ee_u", from: -0.1, to: 0.1 }],
  };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nsiscan-cache-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const options = () => ({ threads: 1, cache: new TableCache(folder), points: 40 });

  it("are the tables that were built, and damaged ones are built anew", async () => {
    const first = await tabulate(problem, box, options());
    expect(first.isCached).toBe(false);
    const second = await tabulate(problem, box, options());
    expect(second).toStrictEqual({ ...first, isCached: true });
    const [name] = readdirSync(folder);
    const bytes = readFileSync(join(folder, name));
    bytes[bytes.length >> 1] ^= 4;
    writeFileSync(join(folder, name), bytes);
    const third = await tabulate(problem, box, options());
    expect(third.isCached).toBe(false);
    expect(third.tables?.tables).toStrictEqual(first.tables?.tables);
    expect((await tabulate(problem, box, options())).isCached).toBe(true);
  });

  it("are never those of other data, priors or range", async () => {
    await tabulate(problem, box, options());
    const { description, observations } = problem;
    const [term] = description.terms;
    const counts = Float64Array.from(observations[term.name].counts);
    counts[0] += 1;
    const moved = { ...observations, [term.name]: { ...observations[term.name], counts } };
    const auxiliary = new Float64Array(description.nuisances.length);
    auxiliary[0] = 0.05;
    const [nuisance, ...rest] = description.nuisances;
    const nuisances = [{ ...nuisance, sigma: 0.2 }, ...rest];
    for (const other of [
      { ...problem, observations: moved },
      { ...problem, auxiliary },
      { ...problem, description: { ...description, nuisances } },
    ]) {
      expect((await tabulate(other, box, options())).isCached).toBe(false);
    }
    const wider = { ...box, axes: [{ parameter: "eps_ee_u", from: -0.4, to: 0.4 }] };
    expect((await tabulate(problem, wider, options())).isCached).toBe(false);
  });

  it("hold why there are none", async () => {
    const few = { ...options(), budget: 100 };
    const refused = await tabulate(problem, box, {
      ...few,
      tolerance: { near: 1e-7, far: 1e-9, within: 50 },
    });
    expect(refused.tables).toBeUndefined();
    expect(refused.reason).toMatch(/miss their tolerance after \d+ exact profiles/);
    const again = await tabulate(problem, box, {
      ...few,
      tolerance: { near: 1e-7, far: 1e-9, within: 50 },
    });
    expect(again).toStrictEqual({ ...refused, isCached: true });
  });
});
