import type { z } from "zod";
import type { ReleaseText } from "./table.js";

/** A release file as it was read: `altered` when it is not the published one. */
export interface FileRecord {
  readonly name: string;
  readonly sha256: string;
  readonly altered?: true;
}

/** How one data set is made from the files of its release. */
export interface ReleaseDataset<T = unknown> {
  readonly name: string;
  readonly title: string;
  /** SHA-256 of each published file that is read, by file name. */
  readonly published: Readonly<Record<string, string>>;
  readonly schema: z.ZodType<T>;
  /**
   * @param text gives a file's content by name
   * @param files what goes into the data file's `files`
   * @throws InputError naming file and line
   */
  build(text: (name: string) => ReleaseText, files: readonly FileRecord[]): unknown;
}
