import type { Problem } from "../likelihood/description.js";
import { LikelihoodEvaluator } from "../likelihood/evaluator.js";
import { profileLine } from "../likelihood/profile-line.js";
import type { Chunk, Profiles } from "./messages.js";

/**
 * Profiles chunks of points exactly: lines from neighbour to neighbour, any other point by a search of its own.
 * @param problems each of one combination
 */
export function exactProfiler(problems: readonly Problem[]): (chunk: Chunk) => Profiles {
  const evaluators: LikelihoodEvaluator[] = [];
  return ({ problem, exponent, charges, phase }) => {
    const { charges: own, nuisances } = problems[problem].description;
    const width = own.length;
    evaluators[problem] ??= new LikelihoodEvaluator(problems[problem]);
    const evaluator = evaluators[problem];
    if (phase !== undefined) {
      const size = { charges: width, nuisances: nuisances.length };
      const line = profileLine(evaluator, 0, charges, exponent, size, phase);
      return { chi2: line.chi2, gradient: line.gradients, unsettled: line.unsettled };
    }
    const points = charges.length / width;
    const chi2 = new Float64Array(points);
    const gradient = new Float64Array(charges.length);
    let unsettled = 0;
    for (let i = 0; i < points; i++) {
      const [start, end] = [i * width, (i + 1) * width];
      const [q, slope] = [charges.subarray(start, end), gradient.subarray(start, end)];
      chi2[i] = evaluator.chargeGradient(q, exponent, 0, slope);
      if (!evaluator.converged) unsettled++;
    }
    return { chi2, gradient, unsettled };
  };
}
