import type { CompiledAnalysis } from "../analysis/analysis.js";
import { InputError } from "../errors.js";
import { dataOf } from "../likelihood/data.js";
import type { Data } from "../likelihood/description.js";
import { LikelihoodEvaluator, type ProfileResult } from "../likelihood/evaluator.js";
import { type ChargeModel, chargeModel } from "../model/charges.js";
import { checkParameterVector, PARAMETERS, parameterIndex } from "../model/parameters.js";

const EXPONENT = parameterIndex("exponent_x");
/** Step of the numerical derivative in the exponent, whose templates are interpolated. */
const EXPONENT_STEP = 1e-4;

/** @throws InputError unless every name is a data set of the analysis, once, and there is one */
function checkDatasets(analysis: CompiledAnalysis, datasets: readonly string[]): void {
  const refuse = (code: string, problem: string, dataset?: string) => {
    const choices = `Analysis "${analysis.name}" has ${analysis.datasets.join(", ")}; name any of them, each once.`;
    return new InputError(code, `${problem}. ${choices}`, { dataset });
  };
  if (datasets.length === 0) throw refuse("no-data-set", "No data set is named");
  for (const [i, name] of datasets.entries()) {
    if (!analysis.datasets.includes(name)) {
      throw refuse("unknown-data-set", `There is no data set "${name}"`, name);
    }
    if (datasets.indexOf(name) !== i) {
      throw refuse("repeated-data-set", `Data set "${name}" is named twice`, name);
    }
  }
}

/** χ² of one combination of data sets as a function of the parameters, its nuisances profiled. */
export class ChiSquare {
  readonly #evaluator: LikelihoodEvaluator;
  readonly #charges: ChargeModel;
  readonly #squared: Float64Array;
  readonly #slopes: Float64Array;
  readonly #jacobian: Float64Array;
  readonly #out = new Float64Array(1);
  /** Nuisances of the latest {@link fall}. */
  readonly #theta: Float64Array;

  /** @param evaluator of the same data sets of the analysis with other data, if there is one */
  constructor(
    readonly analysis: CompiledAnalysis,
    readonly datasets: readonly string[] = analysis.datasets,
    evaluator?: LikelihoodEvaluator,
  ) {
    checkDatasets(analysis, datasets);
    const { description } = analysis;
    const combinations = [{ name: datasets.join("+"), datasets }];
    this.#evaluator =
      evaluator ?? new LikelihoodEvaluator({ description, combinations, ...dataOf(analysis) });
    this.#charges = chargeModel(description.charges);
    this.#theta = new Float64Array(description.nuisances.length);
    this.#squared = new Float64Array(description.charges.length);
    this.#slopes = new Float64Array(description.charges.length);
    this.#jacobian = new Float64Array(description.charges.length * PARAMETERS.length);
  }

  /** The same χ² of other data: counts, and what the auxiliary measurements of priors gave. */
  observe(data: Data): ChiSquare {
    const { auxiliary: _, ...fixed } = this.analysis;
    const analysis = { ...fixed, ...dataOf(data) };
    return new ChiSquare(analysis, this.datasets, this.#evaluator.observe(data));
  }

  /**
   * @param parameters a full parameter vector, [PARAMETERS]
   * @throws InputError for a vector that is none, or has a NaN; so do the other methods
   */
  value(parameters: Float64Array): number {
    checkParameterVector(parameters);
    this.#charges.fill(parameters, this.#squared);
    this.#evaluator.chi2(this.#squared, parameters[EXPONENT], this.#out);
    return this.#out[0];
  }

  /**
   * χ² and its derivatives in one go.
   * @param parameters a full parameter vector, [PARAMETERS]
   * @param gradient receives ∂χ²/∂p, [PARAMETERS]: through the squared charges by the envelope theorem;
   *   0 for the exponent unless `isExponentFree`, as it costs two more evaluations
   */
  fall(parameters: Float64Array, gradient: Float64Array, isExponentFree: boolean): number {
    return this.#fall(parameters, gradient, isExponentFree, false);
  }

  /**
   * The same, many times as fast, with the nuisances at the local minimum next to those of the latest
   * {@link fall}, and then of each such step: for a descent in the parameters.
   */
  fallNear(parameters: Float64Array, gradient: Float64Array, isExponentFree: boolean): number {
    return this.#fall(parameters, gradient, isExponentFree, true);
  }

  #fall(
    parameters: Float64Array,
    gradient: Float64Array,
    isExponentFree: boolean,
    isNear: boolean,
  ): number {
    checkParameterVector(parameters);
    this.#charges.fill(parameters, this.#squared);
    const x = parameters[EXPONENT];
    const way = isNear ? "chargeGradientNear" : "chargeGradient";
    const chi2 = this.#evaluator[way](this.#squared, x, 0, this.#slopes, this.#theta);
    this.#addCharges(parameters, gradient);
    if (isExponentFree && this.analysis.description.family) {
      gradient[EXPONENT] = this.#exponentSlope(parameters);
    }
    return chi2;
  }

  /**
   * Derivatives of χ² by the squared charges themselves and, where templates follow it, the exponent.
   * @param charges effective squared charges, by charge of the description
   * @returns χ²; +Infinity is legal, and its derivatives then are NaN
   */
  chargeGradient(charges: Float64Array, exponent: number, gradient: Float64Array): number {
    return this.#evaluator.chargeGradient(charges, exponent, 0, gradient);
  }

  /** χ² with the pulls, its share per data set, and the expected counts. */
  profile(parameters: Float64Array): ProfileResult {
    checkParameterVector(parameters);
    this.#charges.fill(parameters, this.#squared);
    return this.#evaluator.profile(this.#squared, parameters[EXPONENT], 0);
  }

  /**
   * ∂χ²/∂p of the profiled χ², [PARAMETERS]: through the squared charges by the envelope theorem, and
   * numerically in the exponent where the templates follow it.
   */
  gradient(parameters: Float64Array): Float64Array {
    this.#slopes.set(this.profile(parameters).chargeGradient);
    const gradient = new Float64Array(PARAMETERS.length);
    this.#addCharges(parameters, gradient);
    if (this.analysis.description.family) gradient[EXPONENT] = this.#exponentSlope(parameters);
    return gradient;
  }

  /** ∂χ²/∂p of the slopes by the squared charges; the exponent's, where templates follow it, is 0. */
  #addCharges(parameters: Float64Array, gradient: Float64Array): void {
    this.#charges.jacobian(parameters, this.#jacobian);
    gradient.fill(0);
    this.#slopes.forEach((slope, charge) => {
      for (let p = 0; p < gradient.length; p++) {
        gradient[p] += slope * this.#jacobian[charge * PARAMETERS.length + p];
      }
    });
    if (this.analysis.description.family) gradient[EXPONENT] = 0;
  }

  #exponentSlope(parameters: Float64Array): number {
    const [below, above] = [-EXPONENT_STEP, EXPONENT_STEP].map((step) => {
      const moved = parameters.slice();
      moved[EXPONENT] += step;
      return this.value(moved);
    });
    return (above - below) / (2 * EXPONENT_STEP);
  }
}
