import { execFile } from "node:child_process";
import type { Page } from "puppeteer-core";
import { EnvironmentError } from "../../../errors.js";
import { startEnvironment } from "../environment.js";
import { BROWSER_REMEDY } from "./find.js";
import type { Start } from "./flags.js";
import { killBrowser } from "./guard.js";
import { createProfile, type Profile } from "./profile.js";

/** A running browser with one page. */
export interface RunningBrowser {
  /** E.g. `Chrome/156.0.8078.79`. */
  readonly version: string;
  readonly pid: number;
  readonly page: Page;
  /** Resolves, with what happened, once the browser or its page is no more. */
  readonly gone: Promise<string>;
  close(): Promise<void>;
}

const NO_SANDBOX = "--no-sandbox";

/** How long to ask a browser that does not start for its reasons. */
const ASKED_MS = 5000;

/** @throws EnvironmentError `browser-start` with what the browser said */
export async function startBrowser(
  path: string,
  start: Start,
  timeoutMs: number,
): Promise<RunningBrowser> {
  const ways = [start];
  // Not every system lets users have sandboxes. The page is our own, and no other is ever loaded.
  if (process.platform === "linux" && !start.flags.includes(NO_SANDBOX)) {
    ways.push({ ...start, flags: [NO_SANDBOX, ...start.flags] });
  }
  let failure: unknown;
  for (const way of ways) {
    try {
      return await launchBrowser(path, way, timeoutMs);
    } catch (error) {
      failure = error;
    }
  }
  throw await startFailure(path, failure);
}

async function launchBrowser(
  path: string,
  { flags, environment }: Start,
  timeoutMs: number,
): Promise<RunningBrowser> {
  const { launch } = await import("puppeteer-core");
  const profile = createProfile();
  try {
    const browser = await launch({
      executablePath: path,
      headless: true,
      // Over a pipe, which ends with this program, and no port that others could talk to.
      pipe: true,
      args: [...flags],
      // What the browser puts into temporary files goes with the profile.
      env: { ...startEnvironment, ...environment, TMPDIR: profile.folder },
      userDataDir: profile.folder,
      timeout: timeoutMs,
      // Over the pipe it is this that limits the start; whatever is asked later is small.
      protocolTimeout: timeoutMs,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const child = browser.process();
    const pid = child?.pid ?? 0;
    profile.watch(pid);
    const ended = new Promise<void>((resolve) => {
      child?.once("exit", () => resolve());
      if (!child || child.exitCode !== null || child.signalCode !== null) resolve();
    });
    try {
      const [version, pages] = await Promise.all([browser.version(), browser.pages()]);
      const page = pages[0] ?? (await browser.newPage());
      const gone = new Promise<string>((resolve) => {
        void ended.then(() => resolve("the browser ended"));
        browser.once("disconnected", () => resolve("the browser ended"));
        page.once("error", () => resolve("the browser's page crashed"));
        page.once("close", () => resolve("the browser's page was closed"));
      });
      return { version, pid, page, gone, close: () => end(pid, ended, profile) };
    } catch (error) {
      await end(pid, ended, profile);
      throw error;
    }
  } catch (error) {
    profile.remove();
    throw error;
  }
}

async function end(pid: number, ended: Promise<void>, profile: Profile): Promise<void> {
  if (pid > 0) killBrowser(pid);
  await ended;
  profile.watch(0);
  profile.remove();
}

async function startFailure(browser: string, error: unknown): Promise<EnvironmentError> {
  const said = await complaintOf(browser);
  const text = error instanceof Error ? error.message : String(error);
  const reason = (said || text.split("\n")[0]).replace(/[.!\s]*$/, "");
  const message = `The browser ${browser} does not start: ${reason}. ${BROWSER_REMEDY}; the engine "cpu" needs none.`;
  return new EnvironmentError("browser-start", message, { browser, reason });
}

/** What a browser says that cannot even tell its version: the library it lacks, mostly. */
function complaintOf(browser: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(browser, ["--version"], { timeout: ASKED_MS }, (error, _, stderr) => {
      resolve(error ? (stderr.trim().split("\n").at(-1) ?? "") : "");
    });
  });
}
