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

/** How long the protocol may take to answer: everything asked over it is small. */
const PROTOCOL_MS = 30_000;

/** @throws EnvironmentError `browser-start` with what the browser said */
export async function startBrowser(
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
      protocolTimeout: PROTOCOL_MS,
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
    throw startFailure(path, error);
  }
}

async function end(pid: number, ended: Promise<void>, profile: Profile): Promise<void> {
  if (pid > 0) killBrowser(pid);
  await ended;
  profile.watch(0);
  profile.remove();
}

function startFailure(browser: string, error: unknown): EnvironmentError {
  const text = error instanceof Error ? error.message : String(error);
  const said = /error while loading shared libraries: [^\n]*|[^\n]*No usable sandbox[^\n]*/.exec(
    text,
  );
  const reason = (said?.[0] ?? text.split("\n")[0]).replace(/[.!\s]*$/, "");
  const message = `The browser ${browser} does not start: ${reason}. Try "${browser} --headless --dump-dom about:blank" to see what it lacks. ${BROWSER_REMEDY}; the engine "cpu" needs none.`;
  return new EnvironmentError("browser-start", message, { browser, reason });
}
