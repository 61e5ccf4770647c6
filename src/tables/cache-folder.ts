import { homedir } from "node:os";
import { join } from "node:path";

/** Where nsiscan keeps what it can make or get again, for this user. */
export function cacheFolder(): string {
  const { NSISCAN_CACHE, XDG_CACHE_HOME } = process.env;
  return NSISCAN_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "nsiscan");
}
