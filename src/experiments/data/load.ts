import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { InputError } from "../../errors.js";
import { type CsiData, csiSchema } from "./csi.js";
import { type GeData, geSchema } from "./ge.js";
import { type LarData, larSchema } from "./lar.js";

const REMEDY =
  "Make it again with `nsiscan data import <release folder> --force`, or reinstall nsiscan.";

/** The package's data folder, found alike from the sources and from the build. */
const shippedFolder = fileURLToPath(new URL("../../../data/", import.meta.url));

/** Folder of data files in use: `NSISCAN_DATA` where it is set, else the package's. */
export function dataFolder(): string {
  return process.env.NSISCAN_DATA || shippedFolder;
}

/**
 * Path of a data file; data sets that `NSISCAN_DATA` does not hold come from the package.
 * @throws InputError when the folder does not exist
 */
export function dataPath(dataset: string): string {
  if (!existsSync(dataFolder())) {
    throw new InputError(
      "data-folder-missing",
      `The data folder ${dataFolder()} does not exist. Correct or unset NSISCAN_DATA, or fill the folder with \`nsiscan data import <release folder>\`.`,
      { path: dataFolder() },
    );
  }
  const path = join(dataFolder(), `${dataset}.json`);
  return existsSync(path) ? path : join(shippedFolder, `${dataset}.json`);
}

/** Check a data file's content. @throws InputError naming `path` and the first bad field */
export function parseData<T>(schema: z.ZodType<T>, content: unknown, path: string): T {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue.path.join(".") || "the top level";
  throw new InputError(
    "data-file-invalid",
    `Data file ${path} is not valid at ${key}: ${issue.message}. ${REMEDY}`,
    { path, key },
  );
}

const cache = new Map<string, unknown>();

/** Read, check and freeze a data file. @throws InputError with its path and the first bad field */
function load<T>(dataset: string, schema: z.ZodType<T>): T {
  const path = dataPath(dataset);
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

/** @throws InputError when the data file is missing or invalid */
export function loadCsiData(): CsiData {
  return load("csi", csiSchema);
}

/** @throws InputError when the data file is missing or invalid */
export function loadLarData(): LarData {
  return load("lar", larSchema);
}

/** @throws InputError when the data file is missing or invalid */
export function loadGeData(): GeData {
  return load("ge", geSchema);
}
