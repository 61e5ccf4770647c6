import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { ANALYSES } from "../../src/analysis/registry.js";
import { parseLevel } from "../../src/contour/levels.js";
import { ENGINES } from "../../src/engine/registry.js";
import { InputError } from "../../src/errors.js";
import { Damage } from "../../src/scan/journal/bytes.js";
import { Journal } from "../../src/scan/journal/journal.js";
import { TileFormat } from "../../src/scan/journal/tile-file.js";
import { resolveScan } from "../../src/scan/resolve.js";
import { journalStatus } from "../../src/scan/status.js";
import { tileRange } from "../../src/scan/tiles.js";
import { axes, engine, journalWith, manifest } from "./journal-example.js";

/*
 * scripts/long-tests.sh runs the same ten thousand times.
 */
const RUNS = Number(process.env.NSISCAN_TEST_FUZZ ?? 300);
vi.setConfig({ testTimeout: 600_000 });

const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };
const scans = readdirSync("scans").map((name) => readFileSync(join("scans", name), "utf8"));

/** One change of a text: a piece of it replaced by another piece, or by what trips readers up. */
const splice = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(40),
  insert: fc.oneof(
    fc.constant(""),
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      ...[
        "&a [*a, *a]",
        "<<: *a",
        "!!js/function",
        "~",
        "1e999",
        "-.inf",
        ".nan",
        "[[[[",
        "? : ? :",
      ],
      ...[
        "\0",
        "\t",
        "\r",
        "﻿",
        "'",
        '"',
        "|\n",
        "%YAML 9",
        "---\n",
        "__proto__: 1",
        "9".repeat(400),
      ],
    ),
    fc.record({ from: fc.nat(400), length: fc.nat(200) }),
  ),
});

function spoil(
  text: string,
  changes: readonly (typeof splice extends fc.Arbitrary<infer T> ? T : never)[],
) {
  return changes.reduce((before, { at, remove, insert }) => {
    const start = Math.floor(at * before.length);
    const more =
      typeof insert === "string" ? insert : before.slice(insert.from, insert.from + insert.length);
    return before.slice(0, start) + more + before.slice(start + remove);
  }, text);
}

describe("fuzzed", () => {
  it("scan files resolve, or are refused in a paragraph", () => {
    let resolved = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...scans),
        fc.array(splice, { minLength: 1, maxLength: 4 }),
        (scan, changes) => {
          try {
            resolveScan(spoil(scan, changes), "my.yaml", catalogue);
            resolved++;
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            expect((error as Error).message).toMatch(/^my\.yaml\b.{10,}\S$/su);
          }
        },
      ),
      { numRuns: RUNS },
    );
    // Some changes fall into comments and titles; most must not go unseen.
    expect(resolved).toBeLessThan(RUNS / 2);
  });

  it("tiles with a right checksum are read, or counted as damaged", async () => {
    const format = new TileFormat(manifest().key);
    const range = tileRange((await journalWith("1")).plan, 1);
    const good = format.encode(await engine.reduce(axes, range), range);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 33), fc.nat(255)), { maxLength: 3 }),
        fc.nat(good.length - 33),
        fc.boolean(),
        (changes, end, cut) => {
          const bytes = Buffer.from(good.subarray(0, cut ? end : good.length - 32));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const checksum = createHash("sha256").update(bytes).digest();
          try {
            const tile = format.decode(Buffer.concat([bytes, checksum]), range);
            expect(tile.points).toBe(range.count);
            for (const { index } of tile.best) {
              expect(index >= range.start && index < range.start + range.count).toBe(true);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(Damage);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("journals are opened, or called damaged, and their status told", async () => {
    const { path } = await journalWith("0-3");
    const names = ["journal.json", ...readdirSync(path).filter((name) => name.startsWith("log-"))];
    const texts = names.map((name) => readFileSync(join(path, name), "utf8"));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(names.length - 1),
        fc.array(splice, { minLength: 1, maxLength: 3 }),
        async (which, changes) => {
          const file = join(path, names[which]);
          writeFileSync(file, spoil(texts[which], changes));
          const journal = await Journal.open(path);
          if (journal instanceof Journal) {
            const { done, secondsLeft = 0 } = await journalStatus(journal);
            expect(done).toBe(4);
            expect(secondsLeft).not.toBeNaN();
          } else expect(journal).toBe("damaged");
          writeFileSync(file, texts[which]);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
