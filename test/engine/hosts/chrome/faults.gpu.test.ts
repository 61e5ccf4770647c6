import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ChromeEngine, ChromeOptions } from "../../../../src/engine/hosts/chrome/engine.js";
import { createChromeEngine } from "../../../../src/engine/hosts/chrome/engine.js";
import { readShaders } from "../../../../src/engine/hosts/shaders.js";
import { EnvironmentError } from "../../../../src/errors.js";
import { syntheticProblem } from "../../problem.js";

const axes = [
  { parameter: "eps_ee_d", from: -1, to: 1, points: 100 },
  { parameter: "eps_mumu_u", from: -1, to: 1, points: 100 },
  { parameter: "eps_emu_d", from: -1, to: 1, points: 6 },
];
const count = 100 * 100 * 6;
const grid = { kind: "grid", axes, start: 0, count } as const;

/** Temporary files of these tests alone, whatever else runs on the machine. */
const temporary = mkdtempSync(join(tmpdir(), "nsiscan-faults-"));
vi.stubEnv("TMPDIR", temporary);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

/** Profile folders of browsers, and the records of their owners. */
const profiles = () =>
  readdirSync(temporary)
    .filter((name) => name.startsWith("nsiscan-chrome-"))
    .sort();

/** Whether a process runs: one that only waits for its parent to ask about it does not. */
function runs(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await sleep(50);
  expect(holds()).toBe(true);
}

/** Processes below one another whose command line has a word. */
function descendants(pid: number, word: string): number[] {
  const all = readdirSync("/proc").map(Number).filter(Boolean);
  const parent = (child: number) => {
    try {
      return Number(
        readFileSync(`/proc/${child}/stat`, "utf8")
          .replace(/^.*\) \S /, "")
          .split(" ")[0],
      );
    } catch {
      return 0;
    }
  };
  const children = all.filter((child) => parent(child) === pid);
  const own = children.filter((child) =>
    readFileSync(`/proc/${child}/cmdline`, "utf8").includes(word),
  );
  return [...own, ...children.flatMap((child) => descendants(child, word))];
}

describe.skipIf(process.platform !== "linux")("a browser that", () => {
  let engine: ChromeEngine | undefined;
  let expected: Float64Array;

  const create = async (options: ChromeOptions = {}): Promise<ChromeEngine> => {
    engine = await createChromeEngine(syntheticProblem, options);
    return engine;
  };

  beforeAll(async () => {
    const undisturbed = await create();
    expected = await undisturbed.evaluate(grid);
    expect(undisturbed.restarts).toBe(0);
    await undisturbed.close();
  });

  afterEach(async () => {
    await engine?.close();
    engine = undefined;
    expect(profiles()).toEqual([]);
  });

  /** Runs the grid with a fault as soon as something is done; all numbers must be there and right. */
  async function survives(hurt: (engine: ChromeEngine) => void, options?: ChromeOptions) {
    const working = await create(options);
    let hurtAlready = false;
    const chi2 = await working.evaluate(grid, {
      onProgress: (done) => {
        if (hurtAlready || done >= count) return;
        hurtAlready = true;
        hurt(working);
      },
    });
    expect(hurtAlready).toBe(true);
    expect(working.restarts).toBe(1);
    expect(chi2).toEqual(expected);
  }

  /** Creating an engine fails as something that the machine lacks, told in one paragraph. */
  async function refused(options: ChromeOptions, code: string, text: RegExp): Promise<void> {
    const failure = await create(options).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(failure).toMatchObject({ code, exitStatus: 3, message: expect.stringMatching(text) });
    expect((failure as Error).message).not.toContain("\n");
  }

  it("is not there is told, with how to get one", async () => {
    await refused({ browser: "/no/such/browser" }, "no-browser", /\/no\/such\/browser.*setup\.sh/);
  });

  it("dies at start is told, with what it said", async () => {
    const folder = mkdtempSync(join(tmpdir(), "nsiscan-test-"));
    const browser = join(folder, "browser.sh");
    const complaint = "error while loading shared libraries: libnss3.so: cannot open";
    writeFileSync(browser, `#!/bin/sh\necho 'browser: ${complaint}' >&2\nexit 127\n`);
    chmodSync(browser, 0o755);
    await refused({ browser }, "browser-start", /libnss3\.so.*cpu/);
  });

  it("has a temporary folder whose path is too long for sockets has its profile elsewhere", async () => {
    const long = mkdtempSync(join(temporary, "as-batch-systems-give-to-each-of-their-jobs-"));
    vi.stubEnv("TMPDIR", long);
    try {
      const working = await create();
      expect(await working.evaluate(grid)).toEqual(expected);
      expect(readdirSync(long)).toEqual([]);
    } finally {
      vi.stubEnv("TMPDIR", temporary);
      rmSync(long, { recursive: true });
    }
  });

  it("never answers is given up", async () => {
    const folder = mkdtempSync(join(tmpdir(), "nsiscan-test-"));
    const browser = join(folder, "browser.sh");
    writeFileSync(browser, "#!/bin/sh\nexec sleep 1000\n");
    chmodSync(browser, 0o755);
    await refused({ browser, patience: { start: 1500 } }, "browser-start", /does not start/);
  });

  it("has no adapter is told", async () => {
    const flags = ["--disable-software-rasterizer"];
    await refused({ adapter: "swiftshader", flags }, "no-adapter", /no WebGPU adapter/);
    await refused({ adapter: "swiftshader", engine: "gpujs", flags }, "no-adapter", /WebGL 2/);
  });

  it("cannot compile a shader is told where, and is not asked again", async () => {
    const name = "charges.wgsl";
    const shaders = readShaders();
    const working = await create({
      shaders: { ...shaders, [name]: `${shaders[name]}\nfn broken( {\n` },
    });
    const failed = working.evaluate(grid);
    await expect(failed).rejects.toBeInstanceOf(EnvironmentError);
    await expect(failed).rejects.toMatchObject({
      code: "shader-failed",
      message: expect.stringMatching(/shaders\/charges\.wgsl:\d+: .*fn broken/),
    });
    expect(working.restarts).toBe(0);
  });

  it("is killed in mid-run is replaced, and no number changes", async () => {
    await survives(({ pid }) => process.kill(pid, "SIGKILL"));
  });

  it("loses its GPU process is replaced, and no number changes", async () => {
    await survives(({ pid }) => {
      const [gpu] = descendants(pid, "--type=gpu-process");
      process.kill(gpu, "SIGKILL");
    });
  });

  it("has its device destroyed is replaced, and no number changes", async () => {
    await survives(({ page }) => void page.evaluate("nsiscan.device.destroy()").catch(() => {}));
  });

  it("has its page crash is replaced, and no number changes", async () => {
    await survives(({ page }) => void page.goto("chrome://crash").catch(() => {}));
  });

  it("hangs is replaced, and no number changes", async () => {
    await survives(
      ({ pid }) => {
        for (const each of [pid, ...descendants(pid, "")]) process.kill(each, "SIGSTOP");
      },
      { patience: { silence: 3000 } },
    );
  });

  it("dies again and again ends the run with a clear error", async () => {
    const working = await create();
    const timer = setInterval(() => {
      try {
        process.kill(working.pid, "SIGKILL");
      } catch {
        // between two lives
      }
    }, 20);
    const endless = axes.map((axis) => ({ ...axis, points: 2000 }));
    const failure = await working.profiles(endless).then(
      () => undefined,
      (error: unknown) => error,
    );
    clearInterval(timer);
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(failure).toMatchObject({
      code: "browser-lost",
      message: expect.stringMatching(/--engine cpu/),
    });
  });

  it("has a device that never comes back is replaced, and given up in the end", async () => {
    const name = "counts.wgsl";
    const source = readShaders()[name];
    const start = "let group = id.x;";
    const endless = `${start} loop { if (atomicLoad(&status.written) == 4294967295u) { break; } }`;
    expect(source).toContain(start);
    const shaders = { ...readShaders(), [name]: source.replace(start, endless) };
    const working = await create({ shaders, patience: { call: 10_000 } });
    const failure = await working.evaluate(grid).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(failure).toMatchObject({
      code: "browser-lost",
      message: expect.stringMatching(/4 times in a row.*no answer for 1\d s/),
    });
    expect(working.restarts).toBe(3);
  });

  it("grows beyond its limit is replaced between tiles, and no number changes", async () => {
    const working = await create({ growth: 300 << 20 });
    expect(await working.evaluate(grid)).toEqual(expected);
    expect(working.restarts).toBe(0);
    await working.page.evaluate("globalThis.hoard = new Uint8Array(600 << 20).fill(1), 0");
    for (let round = 0; round < 20 && working.restarts === 0; round++) {
      expect(await working.evaluate(grid)).toEqual(expected);
    }
    expect(working.restarts).toBe(1);
    expect(await working.evaluate(grid)).toEqual(expected);
  });

  it("is closed while at work ends the work, and itself", async () => {
    const working = await create();
    const { pid } = working;
    const endless = axes.map((axis) => ({ ...axis, points: 2000 }));
    const running = expect(working.profiles(endless)).rejects.toThrow("closed");
    await sleep(500);
    await working.close();
    await running;
    await until(() => !runs(pid));
    await expect(working.evaluate(grid)).rejects.toThrow("closed");
  });

  /** A program with a browser, which waits to be killed. */
  async function otherProgram() {
    const module = new URL("../../../../dist/engine/hosts/chrome/session.js", import.meta.url);
    const program = `
      const { Session } = await import(${JSON.stringify(module.href)});
      const session = await Session.open({ engine: "webgpu" });
      console.log(session.browser.pid);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program]);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const browser = Number(line.toString());
    const family = [browser, ...descendants(browser, "")];
    expect(family.every(runs)).toBe(true);
    expect(family.length).toBeGreaterThan(3);
    return { child, family };
  }

  it("has lost its program dies with it, and takes its files along", async () => {
    const { child, family } = await otherProgram();
    expect(profiles()).toHaveLength(2);
    child.kill("SIGKILL");
    await until(() => !family.some(runs));
    await until(() => profiles().length === 0);
  });

  it("is killed with its program and its guard leaves files, which the next session removes", async () => {
    await create();
    const own = profiles();
    expect(own).toEqual([expect.anything(), `${own[0]}.owner`]);
    const { child, family } = await otherProgram();
    const all = profiles();
    const [guard] = descendants(child.pid ?? 0, "--guard");
    // In this order nobody sees anybody else go.
    for (const pid of [guard, child.pid ?? 0, ...family]) {
      if (runs(pid)) process.kill(pid, "SIGKILL");
    }
    await until(() => ![guard, child.pid ?? 0, ...family].some(runs));
    expect(profiles()).toEqual(all);
    expect(all).toHaveLength(4);
    const next = await createChromeEngine(syntheticProblem);
    const now = profiles();
    await next.close();
    expect(now).toHaveLength(4);
    expect(now.filter((name) => all.includes(name))).toEqual(own);
  });
});
