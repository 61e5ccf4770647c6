import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { analysisNamed } from "../../analysis/registry.js";

/** The analysis that C22's figures are made with. */
export const ANALYSIS = "coherent-2022";
/** Its one data set. */
export const CSI = "csi";

export function compiled(systematics = true): CompiledAnalysis {
  return analysisNamed(ANALYSIS).compile({ systematics });
}

/** Where our inputs and the paper's part. */
export const WHY =
  "The paper's fit leaves details open: its shape of the beam pulse, its binned templates and the flux of muons and pions in flight are not in the release.";
