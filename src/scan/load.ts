import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { InputError } from "../errors.js";
import { resolveScan } from "./resolve.js";
import type { Catalogue, ResolvedScan } from "./scan.js";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "reading it is not permitted",
};

/**
 * Reads and resolves a scan file.
 * @param path the file, or `-` for standard input
 * @throws InputError for a file that cannot be read, or for what it says
 */
export async function loadScan(path: string, catalogue: Catalogue): Promise<ResolvedScan> {
  if (path === "-") return resolveScan(await text(process.stdin), "-", catalogue);
  return resolveScan(await read(path), path, catalogue);
}

async function read(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const undecodable = code === "ERR_ENCODING_INVALID_ENCODED_DATA";
    const reason = undecodable ? "it is not UTF-8 text" : (reasons[code ?? ""] ?? message);
    const advice = "Give the path of a scan file in YAML or JSON, or - for standard input.";
    throw new InputError("unreadable-file", `Cannot read ${path}: ${reason}. ${advice}`, { path });
  }
}
