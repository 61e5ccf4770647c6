import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder.js";
import { packTables, unpackTables } from "./table-file.js";

/** Most bytes of all tables together: those that were not used for longest go first. */
const LARGEST = 512 * 2 ** 20;
const SUFFIX = ".tables";
/** What a writer that was killed has left is nobody's any more after a day. */
const STALE_MS = 24 * 3_600_000;

/** A file of the cache. */
export interface CacheEntry {
  readonly path: string;
  readonly bytes: number;
  readonly used: Date;
}

/** Tables kept between runs. It is never needed: what goes wrong with it makes a run slower, not fail. */
export class TableCache {
  /** @param largest most bytes of all files together */
  constructor(
    readonly folder = join(cacheFolder(), "tables"),
    private readonly largest = LARGEST,
  ) {}

  /** What was kept under a key; undefined if there is nothing, or not whole, or of another key. */
  async read(key: string): Promise<unknown> {
    const path = this.#path(key);
    try {
      const found = unpackTables(await readFile(path)) as { key?: unknown; content?: unknown };
      if (found?.key !== key) return undefined;
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
      return found.content;
    } catch {
      return undefined;
    }
  }

  /** Keeps plain data under a key, whole or not at all; of several writers the last one's stays. */
  async write(key: string, content: unknown): Promise<void> {
    const path = this.#path(key);
    const temporary = `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(temporary, packTables({ key, content }), { flag: "wx" });
      await rename(temporary, path);
      await this.#makeRoom(path);
    } catch {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  /** All files, the latest used first. */
  async list(): Promise<CacheEntry[]> {
    const entries: CacheEntry[] = [];
    for (const path of await this.#files(SUFFIX)) {
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile()) entries.push({ path, bytes: found.size, used: found.mtime });
    }
    return entries.sort((a, b) => b.used.getTime() - a.used.getTime());
  }

  /** Removes every file; returns them. @throws what the system has against it */
  async clear(): Promise<CacheEntry[]> {
    const entries = await this.list();
    const left = await this.#files(".tmp");
    for (const path of [...entries.map((entry) => entry.path), ...left]) {
      await rm(path, { force: true });
    }
    return entries;
  }

  async #makeRoom(kept: string): Promise<void> {
    let total = 0;
    for (const { path, bytes } of await this.list()) {
      total += bytes;
      if (total > this.largest && path !== kept) await rm(path, { force: true });
    }
    for (const path of await this.#files(".tmp")) {
      const found = await stat(path).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(path, { force: true });
    }
  }

  async #files(suffix: string): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names
      .filter((name) => name.includes(SUFFIX) && name.endsWith(suffix))
      .map((name) => join(this.folder, name));
  }

  #path(key: string): string {
    return join(this.folder, `${key}${SUFFIX}`);
  }
}
