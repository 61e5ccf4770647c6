import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EnvironmentError } from "../../../errors.js";
import { cacheFolder } from "../../../tables/cache-folder.js";

/** Names of browsers with WebGPU, on the search path. */
const NAMES = [
  "google-chrome-stable",
  "google-chrome",
  "chromium",
  "chromium-browser",
  "chrome",
  "microsoft-edge-stable",
];

/** Browsers that are applications, not commands; environment variables in front. */
const APPLICATIONS = [
  ["", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  ["", "/Applications/Chromium.app/Contents/MacOS/Chromium"],
  ["PROGRAMFILES", "Google/Chrome/Application/chrome.exe"],
  ["PROGRAMFILES(X86)", "Google/Chrome/Application/chrome.exe"],
  ["LOCALAPPDATA", "Google/Chrome/Application/chrome.exe"],
  ["PROGRAMFILES(X86)", "Microsoft/Edge/Application/msedge.exe"],
] as const;

export const BROWSER_REMEDY =
  "Run scripts/setup.sh, which installs one, or install Google Chrome or Chromium with your package manager, or set NSISCAN_CHROME to the path of one";

/**
 * The browser to use: NSISCAN_CHROME, else one of the system, else what the set-up step installed.
 * @throws EnvironmentError `no-browser`
 */
export function findBrowser(wanted = process.env.NSISCAN_CHROME): string {
  if (wanted !== undefined && wanted !== "") {
    if (existsSync(wanted)) return wanted;
    const message = `There is no browser at ${wanted} (asked for by NSISCAN_CHROME or an option). ${BROWSER_REMEDY}.`;
    throw new EnvironmentError("no-browser", message, { browser: wanted });
  }
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const commands = NAMES.flatMap((name) => path.map((folder) => join(folder, name)));
  const applications = APPLICATIONS.flatMap(([variable, place]) => {
    const folder = variable === "" ? "/" : process.env[variable];
    return folder ? [join(folder, place)] : [];
  });
  const found = [...commands, ...applications, ...installed()].find(isUsable);
  if (found !== undefined) return found;
  const message = `No Chrome or Chromium was found. ${BROWSER_REMEDY}; the engine "cpu" needs none.`;
  throw new EnvironmentError("no-browser", message, {});
}

/** Snap's browsers are kept away from the profile folders that other programs give them. */
function isUsable(path: string): boolean {
  if (!existsSync(path) || path.startsWith("/snap/")) return false;
  return !/\/chromium-browser$/.test(path) || !readFileSync(path, "latin1").includes("/snap/bin");
}

/** Browsers in the cache, `chrome/<platform>-<version>/chrome-<platform>/…`, the newest first. */
function installed(): string[] {
  const folder = join(cacheFolder(), "chrome");
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const mac = "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing";
  return versions.flatMap((version) =>
    readdirSync(join(folder, version)).flatMap((platform) =>
      ["chrome", "chrome.exe", mac].map((file) => join(folder, version, platform, file)),
    ),
  );
}
