import { NumericalError } from "../errors.js";

/** Rounding of an engine in float32, in χ² (SPEC §5: within 1e-3 of the reference). */
const ENGINE_ROUNDING = 2e-3;

/** @throws NumericalError for a minimum that a value of its own grid is below */
export function requireLowest(combination: string, minimum: number, gridValue: number): void {
  if (minimum <= gridValue + ENGINE_ROUNDING) return;
  throw new NumericalError(
    "minimum-above-grid",
    `The minimum of ${combination} that was found, χ² = ${minimum}, is above the grid's own lowest value ${gridValue}, so nothing is published. Please report it with the scan file; another number of points helps until then.`,
    { combination, minimum, gridValue },
  );
}
