import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { continueJournal } from "../../src/scan/journal/continue.js";
import { Journal } from "../../src/scan/journal/journal.js";
import { mergeJournals, openJournals } from "../../src/scan/merge-journals.js";
import { runTiles } from "../../src/scan/run-tiles.js";
import { journalStatus } from "../../src/scan/status.js";
import {
  axes,
  bytesOf,
  engine,
  evaluate,
  journalWith,
  manifest,
  newFolder,
  run,
  size,
  tilePoints,
  tiles,
} from "./journal-example.js";

const whole = await engine.profiles(axes);
const file = (journal: Journal, tile: number) =>
  join(journal.path, "tiles", `${String(tile).padStart(6, "0")}.tile`);

async function refusal(act: () => Promise<unknown>): Promise<InputError> {
  const error = await act().then(
    () => undefined,
    (error) => error,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe("a journal", () => {
  it("gives the profiles of the whole grid, bit for bit, whatever was done before", async () => {
    const journal = await journalWith("2/3");
    const second = await run(journal);
    expect(second.resumed).toEqual({ tiles: 4, points: 4 * tilePoints, damaged: [] });
    expect(second.points).toBe(size - 4 * tilePoints);
    expect(bytesOf(second.profiles)).toEqual(bytesOf(whole));
    const third = await run(journal);
    expect(third.points).toBe(0);
    expect(bytesOf(third.profiles)).toEqual(bytesOf(whole));
  });

  it("writes the same bytes whoever writes", async () => {
    const [a, b] = [await journalWith("all"), await journalWith("0-11")];
    for (let tile = 0; tile < tiles; tile++) {
      expect(readFileSync(file(a, tile))).toEqual(readFileSync(file(b, tile)));
    }
    expect(readdirSync(join(a.path, "tiles"))).toHaveLength(tiles);
  });

  it("counts a file as absent after any change of a byte, any cut, and anything added", async () => {
    const journal = await journalWith("0,1");
    const good = readFileSync(file(journal, 1));
    const spoilt = async (bytes: Uint8Array) => {
      writeFileSync(file(journal, 1), bytes);
      return (await journal.read(1)).kind;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const bytes = Buffer.from(good);
          bytes[at] ^= flip;
          expect(await spoilt(bytes)).toBe("damaged");
          expect(await spoilt(good.subarray(0, at))).toBe("damaged");
        },
      ),
      { numRuns: 300 },
    );
    expect(await spoilt(Buffer.concat([good, Buffer.alloc(1)]))).toBe("damaged");
    expect(await spoilt(readFileSync(file(journal, 0)))).toBe("damaged");
    expect(await spoilt(good)).toBe("whole");
  });

  it("computes damaged and foreign tiles again, and says which", async () => {
    const journal = await journalWith("all");
    truncateSync(file(journal, 3), 100);
    const bytes = readFileSync(file(journal, 5));
    bytes[200] ^= 1;
    writeFileSync(file(journal, 5), bytes);
    const other = await Journal.create(
      join(newFolder(), "b"),
      manifest({ observations: "ab".repeat(32) }),
    );
    await run(other, "7");
    writeFileSync(file(journal, 7), readFileSync(file(other, 7)));
    rmSync(file(journal, 8));
    mkdirSync(file(journal, 8));
    const { missing, damaged } = await mergeJournals([journal]);
    expect(missing).toEqual([3, 5, 7, 8]);
    expect(damaged.map(({ reason }) => reason)).toEqual([
      "its checksum is wrong",
      "its checksum is wrong",
      "it belongs to another scan",
      "it is a folder",
    ]);
    rmSync(file(journal, 8), { recursive: true });
    const again = await run(journal);
    expect(again.resumed.damaged.map(({ file }) => file.slice(-11))).toEqual([
      "000003.tile",
      "000005.tile",
      "000007.tile",
    ]);
    expect(again.points).toBe(4 * tilePoints);
    expect(bytesOf(again.profiles)).toEqual(bytesOf(whole));
  });

  it("can be written by two runs at once, each tile counted once", async () => {
    const path = join(newFolder(), "a.journal");
    const journals = [
      await Journal.create(path, manifest()),
      await Journal.create(path, manifest()),
    ];
    const runs = await Promise.all(journals.map((journal) => run(journal)));
    for (const { profiles } of runs) expect(bytesOf(profiles)).toEqual(bytesOf(whole));
    const merged = await mergeJournals(journals);
    expect(bytesOf(merged.profiles)).toEqual(bytesOf(whole));
  });

  it("does not look at clocks", async () => {
    const journal = await journalWith("1/2");
    for (let tile = 0; tile < tiles; tile += 2) utimesSync(file(journal, tile), 0, 2 ** 33);
    expect((await run(journal)).resumed.tiles).toBe(6);
  });

  it("stops at a signal with every finished tile kept", async () => {
    const journal = await Journal.create(join(newFolder(), "a"), manifest());
    const stop = new AbortController();
    const reason = new Error("enough");
    const all = Array.from({ length: tiles }, (_, tile) => tile);
    const running = runTiles(evaluate, journal, {
      tiles: all,
      part: "all",
      signal: stop.signal,
      onProgress: (done) => {
        if (done >= 4 * tilePoints) stop.abort(reason);
      },
    });
    await expect(running).rejects.toBe(reason);
    // The fourth was in flight.
    expect(await journal.written()).toEqual([0, 1, 2]);
    expect(bytesOf((await run(journal)).profiles)).toEqual(bytesOf(whole));
  });
});

describe("shards", () => {
  it.each([1, 3, 7])("%i of them merge to what one run gives", async (n) => {
    const journals: Journal[] = [];
    for (let i = 1; i <= n; i++) journals.push(await journalWith(`${i}/${n}`));
    const opened = await openJournals(journals.map(({ path }) => path).reverse());
    const { profiles, missing, damaged } = await mergeJournals(opened);
    expect({ missing, damaged }).toEqual({ missing: [], damaged: [] });
    expect(bytesOf(profiles)).toEqual(bytesOf(whole));
  });

  it("count once however often they were run", async () => {
    const journals = [
      await journalWith("1/2"),
      await journalWith("1/2"),
      await journalWith("2/2"),
      await journalWith("all"),
    ];
    const { profiles } = await mergeJournals(journals);
    expect(profiles.points).toBe(size);
    expect(bytesOf(profiles)).toEqual(bytesOf(whole));
  });

  it("of different scans are refused by what differs", async () => {
    const first = await journalWith("1/2");
    const moved = axes.map((axis, i) => (i === 2 ? { ...axis, to: 0.25 } : axis));
    const cases: [Parameters<typeof manifest>[0], string][] = [
      [{ axes: moved }, '"to" of axis eps_ee_u: 0.3 here, 0.25 in the journal'],
      [{ fingerprint: "12".repeat(32) }, "how χ² is computed"],
      [{ device: "a GPU" }, 'device: "" here, "a GPU" in the journal'],
      [{ accuracy: "approximate" }, 'accuracy: "exact" here, "approximate" in the journal'],
      [{ description: "12".repeat(32) }, "likelihood's description"],
      [{ observations: "12".repeat(32) }, "the data"],
      [{ engine: "webgpu" }, 'engine: "cpu" here, "webgpu" in the journal'],
      [{ tilePoints: 80 }, "points of a tile: 75 here, 80 in the journal"],
      [{ fixed: { ...manifest().key.fixed, eps_emu_d: 0.1 } }, "fixed value of eps_emu_d: 0 here"],
      [{ combinations: manifest().key.combinations.slice(1) }, "combinations of data sets"],
      [{ axes: axes.slice(1) }, "axes:"],
    ];
    for (const [change, words] of cases) {
      const other = await Journal.create(join(newFolder(), "x"), manifest(change));
      const { code, message } = await refusal(() => mergeJournals([first, other]));
      expect(code).toBe("other-journal");
      expect(message).toContain(words);
      const resumed = await refusal(() =>
        continueJournal(first.path, manifest(change), { resume: true, force: false }),
      );
      expect(resumed.message).toContain("another scan");
    }
  });

  it("that disagree are told as a fault of a machine", async () => {
    const [a, b] = [await journalWith("all"), await journalWith("0-2")];
    const stored = await b.read(2);
    if (stored.kind !== "whole") throw new Error("not written");
    const best = stored.reduction.best.map((one) => ({ ...one, chi2: 1 }));
    await b.write(2, { ...stored.reduction, best });
    await expect(mergeJournals([a, b])).rejects.toMatchObject({ code: "tiles-disagree" });
  });
});

describe("continuing", () => {
  const how = (given: object) => ({ resume: false, force: false, ...given });

  it("asks for --resume or --force where a run left something", async () => {
    const { path } = await journalWith("0-4");
    const { code, message } = await refusal(() => continueJournal(path, manifest(), how({})));
    expect(code).toBe("journal-exists");
    expect(message).toContain("5 of 12 tiles are done");
    const resumed = await continueJournal(path, manifest(), how({ resume: true }));
    expect(await resumed.written()).toEqual([0, 1, 2, 3, 4]);
    const forced = await continueJournal(path, manifest(), how({ force: true }));
    expect(await forced.written()).toEqual([]);
  });

  it("minds only a shard's own tiles, where shards share a journal", async () => {
    const { path } = await journalWith("1/2");
    const own = [0, 2, 4, 6, 8, 10];
    const other = await continueJournal(path, manifest(), how({ tiles: [1, 3] }));
    expect(await other.written()).toEqual(own);
    await refusal(() => continueJournal(path, manifest(), how({ tiles: [3, 4] })));
    const forced = await continueJournal(path, manifest(), how({ tiles: [3, 4], force: true }));
    expect(await forced.written()).toEqual(own.filter((tile) => tile !== 4));
  });

  it.each([
    ["truncated", (text: string) => text.slice(0, 300)],
    ["empty", () => ""],
    ["edited", (text: string) => text.replace('"to": 0.6', '"to": 0.7')],
    [
      "of tiles without points",
      (text: string) => text.replace('"tilePoints": 75', '"tilePoints": 0'),
    ],
  ])("survives a journal.json that is %s", async (_, change) => {
    const { path } = await journalWith("0-4");
    const manifestFile = join(path, "journal.json");
    writeFileSync(manifestFile, change(readFileSync(manifestFile, "utf8")));
    await refusal(() => openJournals([path]));
    await refusal(() => continueJournal(path, manifest(), how({})));
    const journal = await continueJournal(path, manifest(), how({ resume: true }));
    expect((await run(journal)).resumed.tiles).toBe(5);
  });

  it("refuses what is no journal", async () => {
    const folder = newFolder();
    await refusal(() => openJournals([join(folder, "none")]));
    writeFileSync(join(folder, "file"), "");
    const { code } = await refusal(() => openJournals([join(folder, "file")]));
    expect(code).toBe("not-a-journal");
  });
});

describe("status", () => {
  it("tells tiles, rate and time left of each part, from the journal alone", async () => {
    const journal = await journalWith("1/3");
    await run(journal, "2/3");
    rmSync(file(journal, 1));
    const log = readdirSync(journal.path).find((name) => name.endsWith(".jsonl"));
    appendFileSync(join(journal.path, `${log}`), '{"event":"tile","part":"9/\n\n[]\n{"torn');
    const status = await journalStatus(journal);
    expect(status).toMatchObject({ tiles, done: 7, points: size, pointsDone: 7 * tilePoints });
    expect(status.parts.map(({ part, done, tiles }) => [part, done, tiles])).toEqual([
      ["1/3", 4, 4],
      ["2/3", 3, 4],
      ["3/3", 0, 4],
    ]);
    const [first, second, third] = status.parts;
    expect(first.secondsLeft).toBe(0);
    expect(second.secondsLeft).toBeCloseTo(tilePoints / (second.pointsPerSecond ?? 0), 12);
    expect(third.pointsPerSecond).toBeUndefined();
    expect(status.secondsLeft).toBeGreaterThan(second.secondsLeft ?? 0);
    expect(existsSync(journal.path)).toBe(true);
  });
});
