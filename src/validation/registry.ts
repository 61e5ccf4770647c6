import { COHERENT_2022 } from "./coherent-2022/numbers/index.js";
import { LIAO_2024 } from "./liao-2024/numbers/index.js";
import { RELEASE } from "./release/numbers/index.js";
import type { PublishedNumber } from "./row.js";

/** Every number of every paper, each once. */
export const NUMBERS: readonly PublishedNumber[] = [...LIAO_2024, ...COHERENT_2022, ...RELEASE];

const BY_ID = new Map(NUMBERS.map((number) => [number.id, number]));

/**
 * The number of that id: what the paper prints, its tolerance and, where it differs, the reason. Whoever
 * shows a number of a paper takes it from here, so that one number has one verdict.
 * @throws Error for an id that there is not: a bug
 */
export function publishedNumber(id: string): PublishedNumber {
  const number = BY_ID.get(id);
  if (number === undefined) throw new Error(`there is no number "${id}"`);
  return number;
}
