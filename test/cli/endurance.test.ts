import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main, nsiscan } from "./nsiscan.js";
import { resultBytes } from "./tree.js";

/*
 * scripts/long-tests.sh runs the same with more of everything.
 */
const KILLS = Number(process.env.NSISCAN_TEST_KILLS ?? 5);
const POINTS = Number(process.env.NSISCAN_TEST_POINTS ?? 16);
const SHARDS = (process.env.NSISCAN_TEST_SHARDS ?? "3").split(",").map(Number);

const axis = (parameter: string, from: number, to: number, points: number) =>
  `  - { parameter: ${parameter}, from: ${from}, to: ${to}, points: ${points} }`;
/** In one thread, so that there is something to interrupt. */
const scan = `version: 1
analysis: liao-2024
engine: cpu
axes:
${axis("eps_ee_d", -0.5, 0.8, POINTS)}
${axis("eps_ee_u", -0.5, 0.8, POINTS + 1)}
${axis("eps_mumu_u", -0.3, 0.7, POINTS + 2)}
${axis("eps_mumu_d", -0.3, 0.7, POINTS + 3)}
combinations: [csi+lar, all]
planes: [[eps_ee_d, eps_ee_u]]
`;
const tilePoints = Math.ceil((POINTS * (POINTS + 1) * (POINTS + 2) * (POINTS + 3)) / 40);

vi.setConfig({ testTimeout: 60_000 * Math.max(10, KILLS), hookTimeout: 600_000 });

let work: string;
let whole: Record<string, string>;
/** The time an uninterrupted run takes, ms. */
let duration: number;
const at = (...names: string[]) => join(work, ...names);
const words = (out: string, ...more: string[]) => [
  ...["scan", at("my-scan.yaml"), "--out", at(out), "--threads", "1"],
  ...["--tile-points", String(tilePoints), ...more],
];

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "nsiscan-endurance-"));
  writeFileSync(at("my-scan.yaml"), scan);
  const begun = performance.now();
  const { status, stderr } = nsiscan(words("whole"));
  duration = performance.now() - begun;
  expect([status, stderr]).toEqual([0, expect.anything()]);
  whole = resultBytes(at("whole"));
  expect(Object.keys(whole)).toContain("/figure-eps_ee_d-eps_ee_u.pdf");
  expect(existsSync(at("whole.journal"))).toBe(false);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status) => resolve({ status, stderr }));
  });
  return { child, ended };
}

const tilesIn = (out: string): string[] => {
  const folder = at(`${out}.journal`, "tiles");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".tile")) : [];
};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Half of the kills at any moment of a run, half of them amid its tiles. Aborted when the run ends. */
function killAtRandom(child: ChildProcess, out: string): AbortController {
  const ended = new AbortController();
  const amid = Math.random() < 0.5;
  const before = tilesIn(out).length;
  const more = 1 + Math.floor(10 * Math.random());
  const later = amid ? 30 * Math.random() : duration * Math.random();
  const due = () => ended.signal.aborted || tilesIn(out).length >= before + more;
  (amid ? until(due) : Promise.resolve())
    .then(() => new Promise((resolve) => setTimeout(resolve, later)))
    .then(() => ended.signal.aborted || child.kill("SIGKILL"));
  return ended;
}

/** An expectation that shows names in place of a megabyte where it fails. */
function expectWhole(out: string): void {
  const found = resultBytes(at(out));
  expect(Object.keys(found)).toEqual(Object.keys(whole));
  expect(Object.keys(whole).filter((name) => found[name] !== whole[name])).toEqual([]);
}

describe("a scan", () => {
  it(`killed ${KILLS} times at random moments and resumed gives the same bytes`, async () => {
    let kills = 0;
    for (let round = 0; kills < KILLS; round++) {
      const out = `killed-${round}`;
      for (let complete = false; !complete; ) {
        const run = start(words(out, "--resume"));
        const ended = killAtRandom(run.child, out);
        const { status, stderr } = await run.ended;
        ended.abort();
        if (run.child.signalCode === "SIGKILL") kills++;
        else expect([status, stderr]).toEqual([0, expect.anything()]);
        complete = existsSync(at(out, "provenance.json"));
        // The last word need not be a kill.
        if (!complete && kills >= KILLS) {
          expect((await start(words(out, "--resume")).ended).status).toBe(0);
          complete = true;
        }
      }
      expectWhole(out);
    }
  });

  it("stopped by SIGTERM says how to go on, and goes on", async () => {
    const run = start(words("stopped"));
    await until(() => tilesIn("stopped").length > 2);
    run.child.kill("SIGTERM");
    const { status, stderr } = await run.ended;
    expect(status).toBe(5);
    const kept = tilesIn("stopped").length;
    expect(kept).toBeGreaterThan(2);
    const [, command] = /\nnsiscan: Interrupted by SIGTERM; .* Continue with: nsiscan (.*)\n$/.exec(
      stderr,
    ) as RegExpExecArray;
    const again = nsiscan(command.split(" "));
    expect(again.status).toBe(0);
    expect(again.stderr).toMatch(new RegExp(`^${kept} tiles .* are done already$`, "m"));
    expectWhole("stopped");
    expect(existsSync(at("stopped.journal"))).toBe(false);
    expect(nsiscan(words("stopped", "--resume")).stdout).toMatch(/complete already/);
  });

  it("run by two processes at once gives one result, twice reported", async () => {
    const runs = [start(words("twice", "--resume")), start(words("twice", "--resume"))];
    for (const { ended } of runs) {
      const { status, stderr } = await ended;
      expect([status, stderr]).toEqual([0, expect.anything()]);
    }
    expectWhole("twice");
    expect(readdirSync(work).filter((name) => /^\.?twice/.test(name))).toEqual(["twice"]);
  });

  it("does not mind a clock set back, nor what a crash leaves in its journal", async () => {
    const run = start(words("back"));
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
    expectWhole("back");
  });

  it("says what is in its way", async () => {
    const { status, stderr } = nsiscan(words("whole"));
    expect([status, stderr]).toEqual([2, expect.anything()]);
    expect(nsiscan(words("other", "--shard", "1/2")).status).toBe(0);
    const found = nsiscan(words("other"));
    expect(found.status).toBe(2);
    expect(found.stderr).toMatch(/20 of 40 tiles are done\. Give --resume/);
    writeFileSync(at("moved.yaml"), scan.replace("0.8", "0.81"));
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
    expectWhole(`merged-${n}`);
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
    expectWhole("gaps");
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
      /nsiscan: The journal .* the disk is full\. Every finished tile is kept/,
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
    expectWhole("disk/out");
  });
});
