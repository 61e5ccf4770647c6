import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LongScan, type Running, until } from "./long-scan.js";
import { nsiscan } from "./nsiscan.js";

/*
 * Scans on engines that live outside of the program, or beside Node in it. scripts/long-tests.sh runs
 * the same with more of everything.
 */
const KILLS = Number(process.env.NSISCAN_TEST_KILLS ?? 4);
const POINTS = Number(process.env.NSISCAN_TEST_GPU_POINTS ?? 16);
const SHARDS = (process.env.NSISCAN_TEST_SHARDS ?? "3").split(",").map(Number);

vi.setConfig({ testTimeout: 60_000 * Math.max(10, KILLS), hookTimeout: 600_000 });

/** A process, as far as Linux tells of it. */
function about(pid: number | string, file: "cmdline" | "environ" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}

/** Processes with a folder in their command line or environment; none that only wait to be asked about. */
function processesOf(folder: string): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const own = all.filter((pid) => (about(pid, "cmdline") + about(pid, "environ")).includes(folder));
  return own.map(Number).filter((pid) => pid !== process.pid);
}

const parentOf = (pid: number) => Number(/^\d+ \(.*\) \S (\d+)/s.exec(about(pid, "stat"))?.[1]);

/** What a kill can hit. */
const VICTIMS = ["program", "browser", "GPU process"] as const;
type Victim = (typeof VICTIMS)[number];

describe.skipIf(process.platform !== "linux")("a scan in a browser", () => {
  let scan: LongScan;

  beforeAll(async () => {
    scan = new LongScan(POINTS, ["--engine", "webgpu-chrome", "--adapter", "swiftshader"]);
    // All that the browsers of this test write, and by what their processes are known.
    mkdirSync(scan.at("tmp"));
    scan.env.TMPDIR = scan.at("tmp");
    scan.complete();
    await nothingIsLeft();
  });
  afterAll(() => scan.remove());

  function expectNothingLeft(): void {
    expect(processesOf(scan.folder).map((pid) => about(pid, "cmdline"))).toEqual([]);
    expect(readdirSync(scan.at("tmp"))).toEqual([]);
  }

  /** The guard has to see that the program is gone, and the browser's processes to end. */
  async function nothingIsLeft(): Promise<void> {
    const deadline = performance.now() + 20_000;
    const isLeft = () => processesOf(scan.folder).length + readdirSync(scan.at("tmp")).length > 0;
    await until(() => !isLeft() || performance.now() > deadline);
    expectNothingLeft();
  }

  /** The process of a run that is to be hit, if there is one at the moment. */
  function processFor(victim: Victim, { child, said }: Running): number | undefined {
    if (victim === "program") return child.pid;
    // A browser that dies before it has worked at all is a fault of the machine's, and told as one.
    if (!said().includes(" points on the webgpu-chrome engine")) return undefined;
    const browsers = processesOf(scan.folder).filter(
      (pid) =>
        parentOf(pid) === child.pid &&
        about(pid, "cmdline").includes(`--user-data-dir=${scan.at("tmp")}`),
    );
    if (victim === "browser") return browsers[0];
    return processesOf(scan.folder).find(
      (pid) =>
        about(pid, "cmdline").includes("--type=gpu-process") &&
        !about(pid, "cmdline").includes("--guard"),
    );
  }

  /**
   * Half of the moments are any of a run, half of them amid its tiles. A browser that has been lost
   * twice may finish a tile: one that never does is given up by design.
   */
  async function moment(run: Running, out: string, lossesInARow: number): Promise<void> {
    const tiles = scan.tilesIn(out).length;
    const amid = lossesInARow >= 2 || Math.random() < 0.5;
    const more = 1 + Math.floor(6 * Math.random());
    const isOver = () => run.child.exitCode !== null || run.child.signalCode !== null;
    if (amid) await until(() => isOver() || scan.tilesIn(out).length >= tiles + more);
    const later = (amid ? 100 : 0.7 * scan.duration) * Math.random();
    const due = performance.now() + later;
    await until(() => isOver() || performance.now() >= due);
  }

  it(`killed ${KILLS} times, it or its browser, and resumed gives the same bytes`, async () => {
    const kills: Record<Victim, number> = { program: 0, browser: 0, "GPU process": 0 };
    const total = () => Object.values(kills).reduce((sum, count) => sum + count, 0);
    for (let round = 0; total() < KILLS; round++) {
      const out = `killed-${round}`;
      for (let complete = false; !complete; ) {
        const run = scan.start(out, "--resume");
        let losses = 0;
        let before = 0;
        while (total() < KILLS && run.child.exitCode === null && run.child.signalCode === null) {
          await moment(run, out, losses);
          const victim = VICTIMS[Math.floor(3 * Math.random())];
          const pid = processFor(victim, run);
          if (pid === undefined || run.child.exitCode !== null) continue;
          try {
            process.kill(pid, "SIGKILL");
          } catch {
            continue; // It was faster.
          }
          kills[victim]++;
          const done = scan.tilesIn(out).length;
          losses = done > before ? 1 : losses + 1;
          before = done;
          if (victim === "program") break;
        }
        const { status, signal, stderr } = await run.ended;
        // The program outlives its browser.
        if (signal !== "SIGKILL") expect([status, stderr]).toEqual([0, expect.anything()]);
        complete = signal !== "SIGKILL";
      }
      scan.expectWhole(out);
      await nothingIsLeft();
    }
    console.log(`killed ${JSON.stringify(kills)}`);
  });

  it("stopped by Ctrl-C takes its browser along, says how to go on, and goes on", async () => {
    const run = scan.start("stopped");
    await until(() => scan.tilesIn("stopped").length > 2);
    run.child.kill("SIGINT");
    const { status, stderr } = await run.ended;
    expect([status, stderr]).toEqual([5, expect.stringContaining("Interrupted by SIGINT")]);
    await nothingIsLeft();
    scan.continueAsTold(stderr, "stopped");
    await nothingIsLeft();
  });

  it("stopped while its browser starts leaves nothing behind", async () => {
    const run = scan.start("early");
    await until(() => readdirSync(scan.at("tmp")).length > 0);
    run.child.kill("SIGTERM");
    const { status, stderr } = await run.ended;
    expect([status, stderr]).toEqual([
      5,
      expect.stringContaining("Interrupted by SIGTERM; no tile was done. Continue with: "),
    ]);
    await nothingIsLeft();
    expect(readdirSync(scan.folder).filter((name) => name.includes("early"))).toEqual([]);
  });

  it("ends at the second Ctrl-C, with its browser, and every finished tile is kept", async () => {
    const run = scan.start("twice");
    await until(() => scan.tilesIn("twice").length > 2);
    run.child.kill("SIGINT");
    run.child.kill("SIGINT");
    const { status, signal } = await run.ended;
    // The first may have been enough.
    expect([status, signal]).toEqual(status === 5 ? [5, null] : [null, "SIGINT"]);
    await nothingIsLeft();
    expect(nsiscan(scan.words("twice", "--resume"), scan.env).status).toBe(0);
    scan.expectWhole("twice");
  });
});

describe("a scan on Dawn", () => {
  let scan: LongScan;
  beforeAll(() => {
    scan = new LongScan(POINTS, ["--engine", "webgpu-dawn"]);
    scan.complete();
  });
  afterAll(() => scan.remove());

  it.each(SHARDS)("in %i shards merges to the same bytes", (n) => {
    const outs = Array.from({ length: n }, (_, i) => `machine-${n}-${i + 1}`);
    for (const [i, out] of outs.entries()) {
      const { status, stderr } = nsiscan(scan.words(out, "--shard", `${i + 1}/${n}`));
      expect([status, stderr]).toEqual([0, expect.anything()]);
    }
    const journals = outs.map((out) => scan.at(out));
    const merged = nsiscan(["merge", ...journals, "--out", scan.at(`merged-${n}`)]);
    expect([merged.status, merged.stderr]).toEqual([0, expect.anything()]);
    scan.expectWhole(`merged-${n}`);
  });

  it("stopped by Ctrl-C says how to go on, and goes on", async () => {
    const run = scan.start("stopped");
    await until(() => scan.tilesIn("stopped").length > 2);
    run.child.kill("SIGINT");
    const { status, stderr } = await run.ended;
    expect([status, stderr]).toEqual([5, expect.stringContaining("Interrupted by SIGINT")]);
    scan.continueAsTold(stderr, "stopped");
  });

  it("killed and resumed gives the same bytes", async () => {
    const run = scan.start("killed");
    await until(() => scan.tilesIn("killed").length > 2);
    run.child.kill("SIGKILL");
    await run.ended;
    expect(nsiscan(scan.words("killed", "--resume")).status).toBe(0);
    scan.expectWhole("killed");
  });
});
