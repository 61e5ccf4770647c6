import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { contentHash } from "../../likelihood/hash.js";
import { planTiles } from "../tiles.js";
import { codeOf, writeDurably } from "./disk.js";
import { JOURNAL_VERSION, type JournalKey } from "./key.js";
import { SCAN_NAME } from "./paths.js";

const NAME = "journal.json";
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** In the order of {@link JournalKey}, which the key's hash depends on. */
const keySchema: z.ZodType<JournalKey> = z.strictObject({
  version: z.literal(JOURNAL_VERSION),
  axes: z
    .array(
      z.strictObject({
        parameter: z.string(),
        from: z.number(),
        to: z.number(),
        points: z.int().min(2),
      }),
    )
    .min(1)
    .max(6),
  fixed: z.record(z.string(), z.number()),
  combinations: z.array(z.strictObject({ name: z.string(), datasets: z.array(z.string()) })).min(1),
  engine: z.string(),
  device: z.string(),
  accuracy: z.enum(["exact", "approximate"]),
  fingerprint: sha256,
  description: sha256,
  observations: sha256,
  tilePoints: z.int().positive(),
});

const contentSchema = z.strictObject({
  key: keySchema,
  /** What does the work, e.g. `2 worker threads, float64`. */
  device: z.string(),
  /** The resolved scan as a scan file. */
  scan: z.string(),
});

/** What a journal says of itself. */
export type Manifest = Readonly<z.infer<typeof contentSchema>>;

const manifestSchema = z.strictObject({ content: contentSchema, sha256 });

/** Writes it into the journal's folder. */
export async function writeManifest(folder: string, content: Manifest): Promise<void> {
  await writeDurably(join(folder, SCAN_NAME), content.scan);
  const manifest = { content, sha256: contentHash(content) };
  await writeDurably(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** `damaged` where there is none that can be believed. */
export async function readManifest(folder: string): Promise<Manifest | "damaged"> {
  let text: string;
  try {
    text = await readFile(join(folder, NAME), "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "damaged";
    throw error;
  }
  try {
    const { content, sha256 } = manifestSchema.parse(JSON.parse(text));
    if (contentHash(content) !== sha256) return "damaged";
    planTiles(content.key.axes, content.key.tilePoints);
    return content;
  } catch {
    // Neither JSON nor a manifest, nor the tiles of any grid.
    return "damaged";
  }
}
