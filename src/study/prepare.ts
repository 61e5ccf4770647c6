import type { CompiledAnalysis } from "../analysis/analysis.js";
import { analysisNamed } from "../analysis/registry.js";
import { type Level, parseLevel } from "../contour/levels.js";
import type { EngineProblem } from "../engine/engine.js";
import { dataOf } from "../likelihood/data.js";
import { parameterIndex } from "../model/parameters.js";
import { type ResolvedScan, scanBase } from "../scan/scan.js";

/** A scan with the likelihood that it is of. */
export interface PreparedScan {
  readonly scan: ResolvedScan;
  readonly analysis: CompiledAnalysis;
  /** The parameter vector of everything that is no axis, [PARAMETERS]. */
  readonly base: Float64Array;
  readonly levels: readonly Level[];
  /** The same for an engine. */
  readonly problem: EngineProblem;
}

export function prepareScan(scan: ResolvedScan): PreparedScan {
  const base = scanBase(scan);
  const scansExponent = scan.axes.some(({ parameter }) => parameter === "exponent_x");
  const exponent = scansExponent ? "scanned" : base[parameterIndex("exponent_x")];
  const analysis = analysisNamed(scan.analysis).compile(scan.options, exponent);
  const { description } = analysis;
  const { combinations } = scan;
  const problem = { description, combinations, base, ...dataOf(analysis) };
  return { scan, analysis, base, levels: scan.levels.map(parseLevel), problem };
}
