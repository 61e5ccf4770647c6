import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { InputError } from "../../errors.js";
import { type CsiData, csiSchema } from "./csi.js";
import { type GeData, geSchema } from "./ge.js";
import { type LarData, larSchema } from "./lar.js";

const REMEDY =
  "Restore the file by reinstalling nsiscan or with `nsiscan data import <release folder> --force`.";

/** Folder of the data files that ship with the package; the same for sources and build. */
export function shippedDataFolder(): string {
  return fileURLToPath(new URL("../../../data/", import.meta.url));
}

/** `NSISCAN_DATA`, where the user keeps data files of their own, or the shipped folder. */
export function dataFolder(): string {
  return process.env.NSISCAN_DATA || shippedDataFolder();
}

function dataFile(name: string): string {
  return `${dataFolder().replace(/\/+$/, "")}/${name}`;
}

const cache = new Map<string, unknown>();

/** Read, check and freeze a data file. @throws InputError with its path and the first bad field */
function load<T>(name: string, schema: z.ZodType<T>): T {
  const path = dataFile(name);
  const cached = cache.get(path);
  if (cached !== undefined) return cached as T;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new InputError(
      "data-file-unreadable",
      `Data file ${path} cannot be read: ${(error as Error).message}. ${REMEDY}`,
      { path },
    );
  }
  const data = parseData(schema, content, path);
  cache.set(path, data);
  return data;
}

/** Check a data file's content. @throws InputError naming `path` and the first bad field */
export function parseData<T>(schema: z.ZodType<T>, content: unknown, path: string): T {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue.path.join(".") || "(top level)";
  throw new InputError(
    "data-file-invalid",
    `Data file ${path} is not valid at ${key}: ${issue.message}. ${REMEDY}`,
    { path, key },
  );
}

/** @throws InputError when the data file is missing or invalid */
export function loadCsiData(): CsiData {
  return load("csi.json", csiSchema);
}

/** @throws InputError when the data file is missing or invalid */
export function loadLarData(): LarData {
  return load("lar.json", larSchema);
}

/** @throws InputError when the data file is missing or invalid */
export function loadGeData(): GeData {
  return load("ge.json", geSchema);
}
