import { type ChildProcess, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LongScan, start, until } from "./long-scan.js";
import { main, nsiscan } from "./nsiscan.js";

/*
 * scripts/long-tests.sh runs the same with more of everything.
 */
const KILLS = Number(process.env.NSISCAN_TEST_KILLS ?? 5);
const POINTS = Number(process.env.NSISCAN_TEST_POINTS ?? 16);
const SHARDS = (process.env.NSISCAN_TEST_SHARDS ?? "3").split(",").map(Number);

vi.setConfig({ testTimeout: 60_000 * Math.max(10, KILLS), hookTimeout: 600_000 });

let scan: LongScan;
const at = (...names: string[]) => scan.at(...names);
const words = (out: string, ...more: string[]) => scan.words(out, ...more);
const tilesIn = (out: string) => scan.tilesIn(out);

beforeAll(() => {
  // In one thread, so that there is something to interrupt.
  scan = new LongScan(POINTS, ["--engine", "cpu", "--threads", "1"]);
  scan.complete();
});
afterAll(() => scan.remove());

/** Half of the kills at any moment of a run, half of them amid its tiles. Aborted when the run ends. */
function killAtRandom(child: ChildProcess, out: string): AbortController {
  const ended = new AbortController();
  const amid = Math.random() < 0.5;
  const before = tilesIn(out).length;
  const more = 1 + Math.floor(10 * Math.random());
  const later = amid ? 30 * Math.random() : scan.duration * Math.random();
  const due = () => ended.signal.aborted || tilesIn(out).length >= before + more;
  (amid ? until(due) : Promise.resolve())
    .then(() => new Promise((resolve) => setTimeout(resolve, later)))
    .then(() => ended.signal.aborted || child.kill("SIGKILL"));
  return ended;
}

describe("a scan", () => {
  it(`killed ${KILLS} times at random moments and resumed gives the same bytes`, async () => {
    let kills = 0;
    for (let round = 0; kills < KILLS; round++) {
      const out = `killed-${round}`;
      for (let complete = false; !complete; ) {
        const run = scan.start(out, "--resume");
        const ended = killAtRandom(run.child, out);
        const { status, stderr } = await run.ended;
        ended.abort();
        if (run.child.signalCode === "SIGKILL") kills++;
        else expect([status, stderr]).toEqual([0, expect.anything()]);
        complete = existsSync(at(out, "provenance.json"));
        // The last word need not be a kill.
        if (!complete && kills >= KILLS) {
          expect((await scan.start(out, "--resume").ended).status).toBe(0);
          complete = true;
        }
      }
      scan.expectWhole(out);
    }
    // Nor do the kills leave anything beside the results.
    expect(readdirSync(scan.folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("stopped by %s says how to go on", async (signal) => {
    const run = scan.start(signal);
    await until(() => tilesIn(signal).length > 2);
    run.child.kill(signal);
    const { status, stderr } = await run.ended;
    expect([status, stderr]).toEqual([5, expect.stringContaining(`Interrupted by ${signal}`)]);
    expect(tilesIn(signal).length).toBeGreaterThan(2);
    scan.continueAsTold(stderr, signal);
    expect(nsiscan(words(signal, "--resume")).stdout).toMatch(/complete already/);
  });

  it("ends at the second Ctrl-C, and every finished tile is kept", async () => {
    const run = scan.start("hasty");
    await until(() => tilesIn("hasty").length > 2);
    run.child.kill("SIGINT");
    run.child.kill("SIGINT");
    const { status, signal } = await run.ended;
    // The first may have been enough.
    expect([status, signal]).toEqual(status === 5 ? [5, null] : [null, "SIGINT"]);
    expect(nsiscan(words("hasty", "--resume")).stderr).toMatch(/^\d+ tiles .* are done already$/m);
    scan.expectWhole("hasty");
  });

  it("run by two processes at once gives one result, twice reported", async () => {
    const runs = [scan.start("twice", "--resume"), scan.start("twice", "--resume")];
    for (const { ended } of runs) {
      const { status, stderr } = await ended;
      expect([status, stderr]).toEqual([0, expect.anything()]);
    }
    scan.expectWhole("twice");
    expect(readdirSync(scan.folder).filter((name) => /^\.?twice/.test(name))).toEqual(["twice"]);
  });

  it("does not mind a clock set back, nor what a crash leaves in its journal", async () => {
    const run = scan.start("back");
    await until(() => tilesIn("back").length > 4);
    run.child.kill("SIGKILL");
    await run.ended;
    const tiles = tilesIn("back");
    truncateSync(at("back.journal", "tiles", tiles[1]), 1000);
    appendFileSync(at("back.journal", "tiles", tiles[2]), "\0");
    writeFileSync(at("back.journal", "tiles", ".000039.tile.1-00000000.tmp"), "half a tile");
    for (const log of readdirSync(at("back.journal")).filter((name) => name.endsWith("jsonl"))) {
      appendFileSync(at("back.journal", log), '{"event":"tile","part":"all","ti');
    }
    const yearAgo =
      "const now=Date.now;Date.now=()=>now()-31536e6;const D=Date;globalThis.Date=class extends D{constructor(...a){super(...(a.length?a:[D.now()]))}}";
    const again = start(words("back", "--resume"), {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(yearAgo)}`,
    });
    const { status, stderr } = await again.ended;
    expect([status, stderr]).toEqual([0, expect.anything()]);
    expect(stderr.match(/counts as absent/g)).toHaveLength(2);
    const { started } = JSON.parse(readFileSync(at("back", "provenance.json"), "utf8"));
    expect(Date.parse(started)).toBeLessThan(Date.now() - 31e9);
    scan.expectWhole("back");
  });

  it("says what is in its way", async () => {
    const { status, stderr } = nsiscan(words("whole"));
    expect([status, stderr]).toEqual([2, expect.anything()]);
    expect(nsiscan(words("other", "--shard", "1/2")).status).toBe(0);
    const found = nsiscan(words("other"));
    expect(found.status).toBe(2);
    expect(found.stderr).toMatch(/20 of 40 tiles are done\. Give --resume/);
    writeFileSync(at("moved.yaml"), scan.text.replace("0.8", "0.81"));
    const moved = nsiscan(["scan", at("moved.yaml"), "--out", at("other"), "--resume"]);
    expect(moved.status).toBe(2);
    expect(moved.stderr).toContain('"to" of axis eps_ee_d: 0.81 here, 0.8 in the journal');
    expect(nsiscan(words("new", "--resume", "--force")).status).toBe(2);
    expect(nsiscan(words("new", "--shard", "1/2", "--tiles", "3")).status).toBe(2);
    expect(nsiscan(words("new", "--shard", "3/2")).stderr).toContain('"3/2" is no shard');
    expect(nsiscan(["merge", at("nothing")]).stderr).toContain("does not exist");
  });
});

describe("shards", () => {
  it.each(SHARDS)("%i of them, run anywhere, merge to the same bytes", async (n) => {
    const outs = Array.from({ length: n }, (_, i) => `machine-${n}-${i + 1}`);
    for (const [i, out] of outs.entries()) {
      const { status, stderr } = nsiscan(words(out, "--shard", `${i + 1}/${n}`));
      expect([status, stderr]).toEqual([0, expect.anything()]);
    }
    const journals = outs.map((out) => at(out));
    const merged = nsiscan(["merge", ...journals, journals[0], "--out", at(`merged-${n}`)]);
    expect(merged).toMatchObject({ status: 0 });
    scan.expectWhole(`merged-${n}`);
  });

  it("missing and damaged tiles are named with the command that fills them", () => {
    for (const shard of ["1/3", "3/3"]) nsiscan(words("gaps", "--shard", shard));
    const again = nsiscan(words("gaps", "--shard", "3/3", "--resume"));
    expect(again.stderr).toContain("13 tiles with");
    truncateSync(at("gaps.journal", "tiles", "000006.tile"), 5000);
    const status = JSON.parse(nsiscan(["status", at("gaps"), "--json"]).stdout);
    expect(status).toMatchObject({ tiles: 40, done: 27 });
    const merge = nsiscan(["merge", at("gaps")]);
    expect(merge.status).toBe(2);
    expect(merge.stderr).toContain("000006.tile counts as absent, as its checksum is wrong");
    expect(merge.stderr).toContain("14 of 40 tiles are missing: 1,4,6-7,10-37/3.");
    expect(existsSync(at("gaps"))).toBe(false);
    const [, fill] = /Compute them with: nsiscan (.*) and merge again/.exec(
      merge.stderr,
    ) as RegExpExecArray;
    expect(nsiscan(fill.split(" ")).status).toBe(0);
    expect(nsiscan(["merge", at("gaps")]).status).toBe(0);
    scan.expectWhole("gaps");
  });
});

/**
 * The permissions of a folder do not bind root, but they bind a root that has given up the right to
 * pass over them.
 */
const bound =
  process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

describe.skipIf(process.platform === "win32")("a folder that may not be written", () => {
  /** Runs a command while a folder is shut. */
  function whileShut(folder: string, words: readonly string[]) {
    const [command, ...args] = [...bound, process.execPath, main, ...words];
    chmodSync(folder, 0o555);
    try {
      return spawnSync(command, args, { encoding: "utf8" });
    } finally {
      chmodSync(folder, 0o755);
    }
  }

  it("is told before the work, with what to change, and nothing is left in it", () => {
    mkdirSync(at("shut"));
    const { status, stderr } = whileShut(at("shut"), words("shut/out"));
    expect([status, stderr]).toEqual([
      3,
      expect.stringMatching(/permission is denied\. Change its permissions/),
    ]);
    expect(stderr).not.toMatch(/Free the disk/);
    expect(readdirSync(at("shut"))).toEqual([]);
  });

  it("from amid a scan on costs the tile in flight at most", async () => {
    const run = scan.start("shut/out");
    await until(() => tilesIn("shut/out").length > 2);
    run.child.kill("SIGKILL");
    await run.ended;
    const kept = tilesIn("shut/out");
    const folder = at("shut", "out.journal", "tiles");
    const { status, stderr } = whileShut(folder, words("shut/out", "--resume"));
    expect([status, stderr]).toEqual([
      3,
      expect.stringMatching(/permission is denied\. .* What was done is not lost: .* --resume$/m),
    ]);
    expect(tilesIn("shut/out")).toEqual(kept);
    expect(nsiscan(words("shut/out", "--resume")).status).toBe(0);
    scan.expectWhole("shut/out");
  });
});

/** Only root can make a small disk. */
describe.runIf(process.getuid?.() === 0 && existsSync("/proc/mounts"))("a disk", () => {
  const disk = () => at("disk");
  const mount = (...options: string[]) =>
    expect(spawnSync("mount", [...options, disk()], { encoding: "utf8" }).stderr).toBe("");
  beforeAll(() => {
    mkdirSync(disk());
    // Some ten tiles.
    mount("-t", "tmpfs", "-o", `size=${1440 * POINTS ** 2}`, "tmpfs");
  });
  afterAll(() => {
    spawnSync("umount", [disk()]);
  });

  it("that is full, then read-only, costs the tile in flight at most", () => {
    const full = nsiscan(words("disk/out"));
    expect(full.status).toBe(3);
    expect(full.stderr).toMatch(
      /nsiscan: The journal .* the disk is full\. Free the disk, .* Continue with: nsiscan .* --resume$/m,
    );
    const kept = tilesIn("disk/out");
    expect(kept.length).toBeGreaterThan(2);
    expect(readdirSync(at("disk", "out.journal", "tiles"))).toEqual(kept);
    mount("-o", "remount,size=50m,ro");
    const readOnly = nsiscan(words("disk/out", "--resume"));
    expect(readOnly.status).toBe(3);
    expect(readOnly.stderr).toMatch(/read-only/);
    mount("-o", "remount,rw");
    const again = nsiscan(words("disk/out", "--resume"));
    expect(again).toMatchObject({ status: 0 });
    expect(again.stderr).toMatch(
      new RegExp(`^${kept.length} tiles with .* are done already$`, "m"),
    );
    scan.expectWhole("disk/out");
  });
});
