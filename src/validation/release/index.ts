import { analysisNamed } from "../../analysis/registry.js";
import { holdNuisances } from "../../fit/hold.js";
import { rowsOf, type ValidationRow } from "../row.js";
import { geFit } from "./ge.js";
import { larFit, larPriors } from "./lar.js";
import { RELEASE } from "./numbers/index.js";

/** LAr and Ge as their own collaborations fit them: nothing constrains the signal but the counts. */
export async function validateRelease(): Promise<ValidationRow[]> {
  const analysis = analysisNamed("release").compile();
  const free = holdNuisances(analysis, { flux: 0, "lar.signal_norm": 0, "ge.signal_norm": 0 });
  const computed = [...larFit(free), ...larPriors(analysis), ...geFit(free)];
  return rowsOf(RELEASE, new Map(computed));
}
