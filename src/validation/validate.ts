import { InputError } from "../errors.js";
import { validateCoherent2022 } from "./coherent-2022/index.js";
import { validateLiao2024 } from "./liao-2024/index.js";
import { validateRelease } from "./release/index.js";
import type { ValidationRow } from "./row.js";

const VALIDATIONS: Readonly<Record<string, () => Promise<ValidationRow[]>>> = {
  "liao-2024": validateLiao2024,
  "coherent-2022": validateCoherent2022,
  release: validateRelease,
};

/** Analyses whose published numbers are checked. */
export const VALIDATED = Object.keys(VALIDATIONS);

/**
 * Computes every published number of these analyses.
 * @throws InputError for an analysis without published numbers to check
 */
export async function validate(analyses: readonly string[] = VALIDATED): Promise<ValidationRow[]> {
  const rows: ValidationRow[] = [];
  for (const name of analyses) {
    const run = VALIDATIONS[name];
    if (!run) {
      throw new InputError(
        "unknown-analysis",
        `Unknown analysis "${name}". There are published numbers of: ${VALIDATED.join(", ")}.`,
        { analysis: name },
      );
    }
    rows.push(...(await run()));
  }
  return rows;
}
