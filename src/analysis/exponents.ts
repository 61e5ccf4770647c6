import { chebyshevNodes } from "../numerics/interpolation.js";
import type { Exponent } from "./analysis.js";

/** Range of the exponent x that templates are tabulated over when it is scanned. */
const EXPONENT_RANGE = [0, 4] as const;

/** |F|^x is entire in x and ln|F| > −4 where there are events: this many nodes reach rounding. */
const NODES = 24;

/** The exponents at which an analysis computes its templates. */
export function exponentNodes(exponent: Exponent): readonly number[] {
  if (exponent !== "scanned") return [exponent];
  return [...chebyshevNodes(NODES, ...EXPONENT_RANGE)];
}
