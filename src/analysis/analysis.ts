import type { LikelihoodDescription, Observations } from "../likelihood/description.js";

/** The signal's dependence on the exponent x of L24 eq. (9): held at a value, or tabulated to be scanned. */
export type Exponent = number | "scanned";

/** Options of an analysis as a scan file or a command gives them. */
export type Options = Readonly<Record<string, unknown>>;

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
  /** Options with every default filled in. @throws InputError for one it does not have */
  readonly completeOptions: (given: Options) => Options;
  /**
   * Computes the templates and puts the likelihood together.
   * @param given options that differ from the paper's choice
   * @throws InputError for an option it does not have, or a file of the user's that cannot be used
   */
  readonly compile: (given?: Options, exponent?: Exponent) => CompiledAnalysis;
}
