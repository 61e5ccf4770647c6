import type { CompiledAnalysis } from "../analysis/analysis.js";
import type { Charge } from "../likelihood/description.js";
import { TermTemplates } from "../likelihood/templates.js";
import { chargeModel } from "../model/charges.js";
import { checkParameterVector, parameterIndex } from "../model/parameters.js";

/** Expected signal events of one nucleus and flavour in one term's bins, at nominal nuisances. */
export interface SignalCounts {
  readonly dataset: string;
  readonly term: string;
  readonly charge: Charge;
  /** [bins of the term]. */
  readonly counts: Float64Array;
  readonly total: number;
}

/**
 * Expected signal events at a point, by term, nucleus and flavour (L24 eq. 3).
 * @param parameters full parameter vector, [PARAMETERS]
 * @throws InputError for a vector that is none, or has a NaN
 */
export function signalCounts(
  { description }: CompiledAnalysis,
  parameters: Float64Array,
): SignalCounts[] {
  checkParameterVector(parameters);
  const squared = new Float64Array(description.charges.length);
  chargeModel(description.charges).fill(parameters, squared);
  const exponent = parameters[parameterIndex("exponent_x")];
  return description.terms.flatMap((term) => {
    const templates = new TermTemplates(term, description).signalAt(exponent);
    return term.charges.map((index, row) => {
      const counts = templates.counts[row].map((template) => template * squared[index]);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const charge = description.charges[index];
      return { dataset: term.dataset, term: term.name, charge, counts, total };
    });
  });
}
