import { InputError, NumericalError } from "../../errors.js";
import { LikelihoodEvaluator } from "../../likelihood/evaluator.js";
import { chargeModel } from "../../model/charges.js";
import { PARAMETERS, parameterIndex } from "../../model/parameters.js";
import type { EngineProblem, PointSource } from "../engine.js";
import { pointWriter } from "../points.js";

/** Evaluates pieces of a source; one per thread, made once for a problem. */
export interface ChunkEvaluator {
  /** χ² of points start ≤ i < end into their rows of `chi2`, [all points × combinations]. */
  evaluate(source: PointSource, start: number, end: number, chi2: Float64Array): void;
}

/**
 * The work itself, the same in a worker thread as in the calling one: parameters → squared charges
 * → χ² of each combination, float64. A point's χ² depends on that point only, never on which chunk
 * or thread it fell to.
 */
export function chunkEvaluator(problem: EngineProblem): ChunkEvaluator {
  const { description, combinations } = problem;
  const charges = chargeModel(description.charges);
  const likelihood = new LikelihoodEvaluator(problem);
  const parameters = new Float64Array(PARAMETERS.length);
  const squared = new Float64Array(description.charges.length);
  const family = parameterIndex(description.family?.parameter ?? "exponent_x");
  const width = combinations.length;

  return {
    evaluate(source, start, end, chi2) {
      const writePoint = pointWriter(source);
      parameters.set(problem.base);
      for (let i = start; i < end; i++) {
        writePoint(i, parameters);
        charges.fill(parameters, squared);
        const row = chi2.subarray(i * width, (i + 1) * width);
        likelihood.chi2(squared, parameters[family], row);
        if (row.some(Number.isNaN)) throw notANumber(problem, parameters, row);
        if (!likelihood.converged) throw notConverged(parameters);
      }
    },
  };
}

/**
 * Templates computed at one exponent only cannot follow points that vary it.
 * @throws InputError naming the parameter
 */
export function checkFamily({ description, base }: EngineProblem, source: PointSource): void {
  if (description.family) return;
  const names = source.kind === "list" ? source.names : source.axes.map((axis) => axis.parameter);
  const column = names.findIndex((name) => PARAMETERS[parameterIndex(name)].role === "template");
  if (column < 0) return;
  const name = names[column];
  const own = (_: number, i: number) => i % names.length === column;
  const compiled = base[parameterIndex(name)];
  if (source.kind === "list" && source.values.filter(own).every((x) => x === compiled)) return;
  const message = `The templates of analysis "${description.analysis}" were computed for ${name} = ${compiled}, so points cannot vary it. Compile the analysis with ${name} as a scanned parameter.`;
  throw new InputError("no-template-family", message, { parameter: name });
}

function placeOf(parameters: Float64Array) {
  const point = Object.fromEntries(PARAMETERS.map((p, k) => [p.name, parameters[k]]));
  const moved = PARAMETERS.filter((p, k) => parameters[k] !== p.standardModel);
  const named = moved.map((p) => `${p.name} = ${point[p.name]}`).join(", ");
  return { point, where: named || "the Standard Model point" };
}

function notConverged(parameters: Float64Array): Error {
  const { point, where } = placeOf(parameters);
  return new NumericalError(
    "not-converged",
    `The nuisances could not be profiled at ${where}: the minimum of χ² was not reached. Narrow the range; this far from the data χ² says nothing more.`,
    { point },
  );
}

function notANumber(problem: EngineProblem, parameters: Float64Array, row: Float64Array): Error {
  const { point, where } = placeOf(parameters);
  const chi2 = problem.combinations.map((c, k) => `${c.name}: ${row[k]}`).join(", ");
  return new NumericalError(
    "chi2-not-a-number",
    `χ² is not a number (${chi2}) at ${where}. Narrow the scanned range: the couplings there are beyond what the likelihood can express.`,
    { point },
  );
}
