import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { analysisNamed } from "../../analysis/registry.js";

/** The analysis that C22's figures are made with. */
export const ANALYSIS = "coherent-2022";
/** Its one data set. */
export const CSI = "csi";

export function compiled(systematics = true): CompiledAnalysis {
  return analysisNamed(ANALYSIS).compile({ systematics });
}
