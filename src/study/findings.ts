import type { CompiledAnalysis } from "../analysis/analysis.js";
import type { Level } from "../contour/levels.js";
import type { FigureSpec } from "../figures/types.js";
import type { ContourSet } from "../results/contours.js";
import type { ResolvedScan } from "../scan/scan.js";

/** A scan that an engine has evaluated. */
export interface Evaluation {
  readonly scan: ResolvedScan;
  readonly analysis: CompiledAnalysis;
  /** The parameter vector of everything that is no axis, [PARAMETERS]. */
  readonly base: Float64Array;
  readonly levels: readonly Level[];
  /** [points × combinations]. */
  readonly chi2: Float64Array;
}

/** What a scan found, as files and as lines for its reader. */
export interface Findings {
  readonly contours: readonly ContourSet[];
  /** Regions or intervals, minima: plain data for JSON. */
  readonly regions: unknown;
  readonly minima: unknown;
  readonly figure: FigureSpec;
  /** One line per combination for the terminal: combination, minimum, where, regions or intervals. */
  readonly summary: readonly (readonly string[])[];
  /** What a reader should know before using the numbers. */
  readonly warnings: readonly string[];
  /** What is published and may be wrong, a sentence each: the run then ends with status 4. */
  readonly uncertain: readonly string[];
}
