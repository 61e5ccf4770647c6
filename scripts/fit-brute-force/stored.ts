import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type BruteForce, bruteForce } from "./brute-force.js";
import type { RandomFit } from "./cases.js";

/** A random fit with what brute force found, for tests that have no time for it. */
export interface Stored {
  readonly fit: RandomFit;
  readonly seed: number;
  readonly brute: BruteForce;
}

/** Digits that are kept: an end is good to 1e-5 in χ². */
const DIGITS = 9;

const isStored = (value: unknown): value is Stored[] =>
  Array.isArray(value) && value.every((one) => "fit" in one && "brute" in one);

/** @throws Error for a file that holds anything else */
export function readStored(file: string): Stored[] {
  const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isStored(stored)) throw new Error(`${file} holds no results of brute force.`);
  return stored;
}

/** Adds a fit to a file, one a line, unless a range of it only touches the level. */
export function store(file: string, fit: RandomFit, seed: number): boolean {
  const { result } = bruteForce(fit, seed);
  if (result.intervals.some(({ ties }) => ties.length > 0)) return false;
  const rounded = JSON.parse(JSON.stringify(result), (_, value) =>
    typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value,
  ) as BruteForce;
  const all = [...(existsSync(file) ? readStored(file) : []), { fit, seed, brute: rounded }];
  writeFileSync(file, `[\n${all.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
  return true;
}
