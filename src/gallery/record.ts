import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../errors.js";
import { VERDICTS } from "./figure.js";

/** File in a figure's folder that says what was found, for the gallery page. */
export const RECORD = "figure.json";

const record = z.object({
  id: z.string(),
  statements: z.array(
    z.object({
      paper: z.string(),
      ours: z.string(),
      verdict: z.enum(VERDICTS),
      why: z.string().optional(),
      numbers: z.array(z.object({ id: z.string(), value: z.number() })).optional(),
    }),
  ),
  notes: z.array(z.string()),
  /** Where it is not the figure's own. */
  caption: z.string().optional(),
  table: z.object({ header: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
  /** Points a side, where the figure was not made with its own. */
  points: z.number().optional(),
  /** Of the drawing, mm. */
  width: z.number().optional(),
  files: z.array(z.string()),
});

/** What a figure's folder says of it. */
export type FigureRecord = z.infer<typeof record>;

/**
 * Reads what a figure's folder says of it.
 * @returns undefined where there is no such folder
 * @throws InputError for a record that is damaged
 */
export async function readRecord(folder: string): Promise<FigureRecord | undefined> {
  const path = join(folder, RECORD);
  try {
    return record.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new InputError(
      "bad-figure-record",
      `${path} is not what nsiscan writes there; make the figure again with --force.`,
      { path },
    );
  }
}
