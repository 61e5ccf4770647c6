import { readdirSync } from "node:fs";
import { mkdir, readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { TileReduction } from "../../engine/profiles.js";
import { InputError } from "../../errors.js";
import { planTiles, type TilePlan, tileRange } from "../tiles.js";
import { Damage } from "./bytes.js";
import { codeOf, onDisk, removeEmpty, writeDurably } from "./disk.js";
import { JournalLog, type LogEntry } from "./log.js";
import { type Manifest, readManifest, writeManifest } from "./manifest.js";
import { checksumOf, TileFormat } from "./tile-file.js";

/** What a journal has of a tile. */
export type StoredTile =
  | { readonly kind: "whole"; readonly reduction: TileReduction; readonly checksum: Uint8Array }
  | { readonly kind: "absent" }
  /** As good as absent. */
  | { readonly kind: "damaged"; readonly file: string; readonly reason: string };

const TILES = "tiles";
const tileName = (tile: number): string => `${String(tile).padStart(6, "0")}.tile`;

/**
 * The finished tiles of a scan that is not complete, in a folder: one immutable file per tile. There
 * are no locks; any number of processes may write the same tiles, as equal tiles are equal bytes.
 */
export class Journal {
  readonly plan: TilePlan;
  readonly #log: JournalLog;
  readonly #format: TileFormat;

  private constructor(
    readonly path: string,
    readonly manifest: Manifest,
    /** The outermost folder that was made for it. */
    readonly made?: string,
  ) {
    const { axes, tilePoints } = manifest.key;
    this.plan = planTiles(axes, tilePoints);
    this.#format = new TileFormat(manifest.key);
    this.#log = new JournalLog(path);
  }

  /** Makes the journal, or writes anew what it says of itself; its tiles stay. */
  static create(path: string, manifest: Manifest): Promise<Journal> {
    return onDisk(path, async () => {
      const made = await mkdir(resolve(path, TILES), { recursive: true });
      await writeManifest(path, manifest);
      return new Journal(path, manifest, made);
    });
  }

  /** The journal in a folder; `damaged` where it does not say what it is of, `absent` for no folder. */
  static open(path: string): Promise<Journal | "absent" | "damaged"> {
    return onDisk(path, async () => {
      if (!(await isFolder(path))) return "absent";
      const manifest = await readManifest(path);
      return manifest === "damaged" ? "damaged" : new Journal(path, manifest);
    });
  }

  /** Numbers of the tiles that have a file, ascending; whether it is whole only reading tells. */
  written(): Promise<number[]> {
    return onDisk(this.path, async () => {
      const names = new Set(await readdir(join(this.path, TILES)));
      const all = Array.from({ length: this.plan.count }, (_, tile) => tile);
      return all.filter((tile) => names.has(tileName(tile)));
    });
  }

  read(tile: number): Promise<StoredTile> {
    return onDisk(this.path, async () => {
      const file = join(this.path, TILES, tileName(tile));
      try {
        const bytes = await readFile(file);
        const reduction = this.#format.decode(bytes, tileRange(this.plan, tile));
        return { kind: "whole", reduction, checksum: checksumOf(bytes) };
      } catch (error) {
        if (codeOf(error) === "ENOENT") return { kind: "absent" };
        if (codeOf(error) === "EISDIR") return { kind: "damaged", file, reason: "it is a folder" };
        if (!(error instanceof Damage)) throw error;
        return { kind: "damaged", file, reason: error.message };
      }
    });
  }

  write(tile: number, reduction: TileReduction): Promise<void> {
    return onDisk(this.path, async () => {
      const bytes = this.#format.encode(reduction, tileRange(this.plan, tile));
      await writeDurably(join(this.path, TILES, tileName(tile)), bytes);
    });
  }

  /** Adds a line to this process's log. */
  note(entry: LogEntry): Promise<void> {
    return onDisk(this.path, () => this.#log.write(entry));
  }

  /** Removes the journal if it has no tile, and the folders that were made for it. */
  async removeEmpty(): Promise<void> {
    try {
      await rmdir(join(this.path, TILES));
    } catch {
      // There are tiles in it, or nothing is left of it.
      return;
    }
    await removeJournal(this.path);
    const beside = dirname(resolve(this.path));
    if (this.made && beside.startsWith(this.made)) await removeEmpty(beside, this.made);
  }

  /** Removes tiles that are to be computed again. */
  forget(tiles: readonly number[]): Promise<void> {
    return onDisk(this.path, async () => {
      for (const tile of tiles) await rm(join(this.path, TILES, tileName(tile)), { force: true });
    });
  }
}

/** Whether a run left a finished tile; at once, as where a signal has come. */
export function hasTiles(path: string): boolean {
  try {
    return readdirSync(join(path, TILES)).some((name) => /^\d+\.tile$/.test(name));
  } catch {
    // There is no journal, or none that can be read: nothing can be promised.
    return false;
  }
}

/** Removes a journal that is not needed any more. */
export function removeJournal(path: string): Promise<void> {
  // Another run of the same scan may put a last tile into it meanwhile.
  const retries = { maxRetries: 10, retryDelay: 50 };
  return onDisk(path, () => rm(path, { recursive: true, force: true, ...retries }));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
  const message = `${path} is a file, so no journal can be kept there. Choose another result folder with --out, or remove it.`;
  throw new InputError("not-a-journal", message, { path });
}
