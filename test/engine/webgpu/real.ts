import type { EngineProblem } from "../../../src/engine/engine.js";
import { analysisProblem } from "../real.js";

/** The analysis of L24 with its five combinations. */
export function realProblem(options: Record<string, unknown> = {}): EngineProblem {
  return analysisProblem("liao-2024", options);
}
