import type { LikelihoodDescription, Observations } from "../likelihood/description.js";
import type { FormFactorOptions } from "../physics/form-factor.js";

/** The signal's dependence on the exponent x of L24 eq. (9): held at a value, or tabulated to be scanned. */
export type Exponent = number | "scanned";

/** What a user can change about an analysis; absent keys keep the paper's choice. */
export interface AnalysisOptions {
  readonly formFactor?: FormFactorOptions;
  /** Keep the norms of Gaussian terms above −1, where the paper leaves them free. */
  readonly boundNorms?: boolean;
  /** Path of a CSV file of Ge energy points to use in place of our on − off columns. */
  readonly geEnergyPoints?: string;
}

/** An analysis ready for any engine. */
export interface CompiledAnalysis {
  readonly name: string;
  readonly datasets: readonly string[];
  readonly description: LikelihoodDescription;
  readonly observations: Observations;
}

/** A named analysis: which data sets, terms and priors. */
export interface Analysis {
  readonly name: string;
  readonly title: string;
  readonly reference: string;
  readonly datasets: readonly string[];
  readonly compile: (options?: AnalysisOptions, exponent?: Exponent) => CompiledAnalysis;
}
