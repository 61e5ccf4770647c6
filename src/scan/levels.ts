import { InputError } from "../errors.js";
import type { Catalogue } from "./scan.js";
import type { KeyPath, ScanSource } from "./source.js";

/** Confidence levels by their labels, so that `2sigma` and `2σ` are one level. */
export class LevelReader {
  constructor(
    readonly catalogue: Pick<Catalogue, "parseLevel">,
    readonly source: ScanSource,
  ) {}

  /** Labels without repetition. @throws InputError for an impossible level */
  read(written: readonly (string | number)[], key: KeyPath): readonly string[] {
    const labels = written.map((level, i) => {
      try {
        return this.catalogue.parseLevel(level).label;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        throw this.source.refuse(error.code, [...key, i], error.message);
      }
    });
    return [...new Set(labels)];
  }
}
