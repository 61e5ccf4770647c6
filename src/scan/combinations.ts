import type { Combination } from "../likelihood/description.js";
import type { KeyPath, ScanSource } from "./source.js";
import { suggest } from "./suggest.js";

/** A combination as a scan file writes it: `csi+lar`, `all`, or a list of data sets. */
export type WrittenCombination = string | readonly string[];

/** Brings written combinations into the one form that has each data set once, in their order. */
export class CombinationReader {
  constructor(
    readonly analysis: string,
    readonly datasets: readonly string[],
    readonly source: ScanSource,
  ) {}

  /** @throws InputError for an unknown or repeated data set */
  read(written: WrittenCombination, key: KeyPath): Combination {
    if (written === "all") return combination(this.datasets);
    const parts = typeof written === "string" ? written.split("+") : written;
    const names = parts.map((part) => part.trim());
    for (const [i, name] of names.entries()) {
      if (!this.datasets.includes(name)) {
        const remedy = suggest(name, this.datasets);
        const message = `analysis "${this.analysis}" has no data set "${name}". ${remedy}`;
        throw this.source.refuse("unknown-dataset", key, message);
      }
      if (names.indexOf(name) !== i) {
        const message = `data set "${name}" stands twice in one combination. Name it once.`;
        throw this.source.refuse("repeated-dataset", key, message);
      }
    }
    return combination(this.datasets.filter((name) => names.includes(name)));
  }

  /** Each data set alone. */
  alone(): Combination[] {
    return this.datasets.map((name) => combination([name]));
  }
}

function combination(datasets: readonly string[]): Combination {
  return { name: datasets.join("+"), datasets };
}

/** `some` and then those of `more` that it lacks, each combination once. */
export function withMore(
  some: readonly Combination[],
  more: readonly Combination[],
): readonly Combination[] {
  return [...new Map([...some, ...more].map((one) => [one.name, one])).values()];
}
