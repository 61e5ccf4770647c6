import type { EngineProblem, PointSource } from "../../src/engine/engine.js";
import { pointCount, pointWriter } from "../../src/engine/points.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { chargeModel } from "../../src/model/charges.js";
import { parameterIndex } from "../../src/model/parameters.js";

/**
 * χ² of points without the engines' short cuts: every term bin by bin, none compressed, nuisances
 * profiled until nothing is left to gain.
 */
export async function directly(problem: EngineProblem, source: PointSource): Promise<Float64Array> {
  const evaluator = new LikelihoodEvaluator(problem);
  const model = chargeModel(problem.description.charges);
  const charges = new Float64Array(problem.description.charges.length);
  const write = pointWriter(source);
  const parameters = new Float64Array(problem.base.length);
  const rows = Array.from({ length: pointCount(source) }, (_, i) => {
    parameters.set(problem.base);
    write(i, parameters);
    model.fill(parameters, charges);
    const exponent = parameters[parameterIndex("exponent_x")];
    return problem.combinations.map((_, k) => evaluator.profile(charges, exponent, k).chi2);
  });
  return Float64Array.from(rows.flat());
}
