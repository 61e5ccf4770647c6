import type { Data, LikelihoodDescription } from "../likelihood/description.js";

/** The signal's dependence on the exponent x of L24 eq. (9): held at a value, or tabulated to be scanned. */
export type Exponent = number | "scanned";

/** Options of an analysis as a scan file or a command gives them. */
export type Options = Readonly<Record<string, unknown>>;

/** An analysis ready for any engine. */
export interface CompiledAnalysis extends Data {
  readonly name: string;
  /** Every option that it was compiled with, the defaults too. */
  readonly options: Options;
  readonly datasets: readonly string[];
  readonly description: LikelihoodDescription;
}

/** An option of an analysis, for those who choose. */
export interface AnalysisOption {
  readonly name: string;
  /** Values that it takes, in words. */
  readonly takes: string;
  /** Absent: nothing, unless it is given. */
  readonly default: unknown;
  readonly meaning: string;
}

/** A named analysis: which data sets, terms and priors. */
export interface Analysis {
  readonly name: string;
  readonly title: string;
  readonly reference: string;
  readonly datasets: readonly string[];
  /** The options that there are; the paper's choice is the default. */
  readonly options: readonly AnalysisOption[];
  /** Options with every default filled in. @throws InputError for one it does not have */
  readonly completeOptions: (given: Options) => Options;
  /**
   * Computes the templates and puts the likelihood together.
   * @param given options that differ from the paper's choice
   * @throws InputError for an option it does not have, or a file of the user's that cannot be used
   */
  readonly compile: (given?: Options, exponent?: Exponent) => CompiledAnalysis;
}
