import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  forgetFolder,
  makeFolder,
  sweepFolders,
} from "../../../../src/engine/hosts/chrome/folders.js";

const PLACES = ["host", "boot", "namespace", "pid", "start"] as const;
type Owner = Record<(typeof PLACES)[number], string>;

let parent: string;
/** This process, as its records tell. */
let here: Owner;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "nsiscan-test-"));
  const folder = makeFolder(parent);
  if (existsSync("/proc/self/stat")) {
    const words = readlinkSync(`${folder}.owner`).split(" ");
    here = Object.fromEntries(PLACES.map((place, i) => [place, words[i]])) as Owner;
  }
  rmSync(folder, { recursive: true });
  forgetFolder(folder);
  expect(readdirSync(parent)).toEqual([]);
});
afterEach(() => rmSync(parent, { recursive: true }));

let made = 0;

/** A folder with files in it, as a browser of somebody's would leave it. */
function leave(owner: Partial<Owner> | string): string {
  const folder = join(parent, `nsiscan-chrome-test${made++}`);
  mkdirSync(join(folder, "Default"), { recursive: true });
  writeFileSync(join(folder, "Default", "Cookies"), "x".repeat(1000));
  symlinkSync("a-host-1234", join(folder, "SingletonLock"));
  const text = typeof owner === "string" ? owner : Object.values({ ...here, ...owner }).join(" ");
  symlinkSync(text, `${folder}.owner`);
  return folder;
}

/** The number of a process that was there and has ended. */
async function endedProcess(): Promise<string> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return String(child.pid);
}

function expectKept(folder: string): void {
  sweepFolders(parent);
  expect(lstatSync(`${folder}.owner`).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, "Default", "Cookies"), "utf8")).toHaveLength(1000);
}

function expectSwept(): void {
  sweepFolders(parent);
  expect(readdirSync(parent)).toEqual([]);
}

describe.skipIf(process.platform !== "linux")("a profile folder is kept while its owner", () => {
  it("is this process", () => {
    const folder = makeFolder(parent);
    sweepFolders(parent);
    expect(readdirSync(parent)).toEqual([basename(folder), `${basename(folder)}.owner`]);
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
  });

  it("is another process that runs", async () => {
    const child = spawn("sleep", ["1000"]);
    const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8");
    const start = stat.split(") ")[1].split(" ")[19];
    const folder = leave({ pid: String(child.pid), start });
    expectKept(folder);
    child.kill("SIGKILL");
    await once(child, "exit");
    expectSwept();
  });

  it.each([
    ["another host", { host: "elsewhere/0123", boot: "0".repeat(36) }],
    ["another container of this host", { namespace: "pid:[1]" }],
  ])("may be one of %s", async (_, place) => {
    expectKept(leave({ ...place, pid: await endedProcess() }));
  });

  it("may be another user's process", async () => {
    const folder = leave({ pid: await endedProcess() });
    if (process.getuid?.() === 0) {
      // The record alone, then the folder alone.
      lchownSync(`${folder}.owner`, 65534, 65534);
      expectKept(folder);
      lchownSync(`${folder}.owner`, 0, 0);
      lchownSync(folder, 65534, 65534);
      expectKept(folder);
      lchownSync(folder, 0, 0);
    }
    expectSwept();
  });

  it.each(["", " ", "1234", "a b c d e"])('cannot be read from "%s"', (text) => {
    expectKept(leave(`?${text}`));
  });
});

describe.skipIf(process.platform !== "linux")("a profile folder goes when its owner", () => {
  it("has ended", async () => {
    leave({ pid: await endedProcess() });
    expectSwept();
  });

  it("has ended and its number is another process's", () => {
    leave({ start: String(Number(here.start) - 1) });
    expectSwept();
  });

  it("was there before this host was started", () => {
    leave({ boot: "01234567-89ab-cdef-0123-456789abcdef" });
    expectSwept();
  });

  it("ended before it made the folder", async () => {
    const folder = leave({ pid: await endedProcess() });
    rmSync(folder, { recursive: true });
    expectSwept();
  });

  it("has ended, and nothing that a link in its place leads to", async () => {
    const precious = join(parent, "precious");
    mkdirSync(precious);
    writeFileSync(join(precious, "thesis"), "");
    const linked = leave({ pid: await endedProcess() });
    rmSync(linked, { recursive: true });
    symlinkSync(precious, linked);
    const within = leave({ pid: await endedProcess() });
    symlinkSync(precious, join(within, "Default", "link"));
    sweepFolders(parent);
    expect(existsSync(within)).toBe(false);
    expect(readdirSync(precious)).toEqual(["thesis"]);
    expect(lstatSync(linked).isSymbolicLink()).toBe(true);
  });

  it("has ended, whatever else there is by such a name", async () => {
    writeFileSync(join(parent, "nsiscan-chrome-file.owner"), "not a link");
    mkdirSync(join(parent, "nsiscan-chrome-old-one"));
    symlinkSync(
      Object.values({ ...here, pid: "1", start: "1" }).join(" "),
      join(parent, "x.owner"),
    );
    const names = readdirSync(parent);
    leave({ pid: await endedProcess() });
    sweepFolders(parent);
    expect(readdirSync(parent)).toEqual(names);
  });

  it("has ended, where many sessions start at once", async () => {
    const module = new URL("../../../../dist/engine/hosts/chrome/folders.js", import.meta.url);
    const pid = await endedProcess();
    for (let i = 0; i < 200; i++) leave({ pid });
    // All sweep at the same moment, and again amid the folders that the others have just made.
    const program = `
      const { existsSync, writeFileSync } = await import("node:fs");
      const { makeFolder, sweepFolders } = await import(${JSON.stringify(module.href)});
      while (Date.now() < Number(process.argv[1]));
      for (let i = 0; i < 5; i++) {
        sweepFolders(process.argv[2]);
        const folder = makeFolder(process.argv[2]);
        writeFileSync(folder + "/lock", "");
      }
      sweepFolders(process.argv[2]);
      process.stdin.resume().on("end", () => process.exit(0));
      console.log("ready");`;
    const moment = String(Date.now() + 1000);
    const children = [1, 2, 3].map(() =>
      spawn(process.execPath, ["--input-type=module", "-e", program, moment, parent]),
    );
    const endings = children.map((child) => once(child, "exit"));
    await Promise.all(children.map((child) => once(child.stdout, "data")));
    const left = readdirSync(parent).filter((name) => !name.endsWith(".owner"));
    expect(left).toHaveLength(15);
    expect(left.every((name) => existsSync(join(parent, name, "lock")))).toBe(true);
    expect(left.some((name) => name.startsWith("nsiscan-chrome-test"))).toBe(false);
    for (const child of children) child.stdin.end();
    expect(await Promise.all(endings)).toEqual(children.map(() => [0, null]));
    expectSwept();
  });
});
