import type { Argv } from "yargs";
import type { CompiledAnalysis } from "../analysis/analysis.js";
import { ANALYSES, analysisNamed } from "../analysis/registry.js";
import { parameterIndex } from "../model/parameters.js";
import { analysisOptionsHelp } from "./analysis-help.js";
import { analysisOptions, assignments, pointOf } from "./assignments.js";
import { once } from "./options.js";

/** The options that say which likelihood is meant. */
export function withAnalysis<T>(cli: Argv<T>) {
  return cli
    .option("analysis", {
      type: "string",
      default: ANALYSES[0].name,
      requiresArg: true,
      coerce: once<string>("analysis"),
      describe: `analysis: ${ANALYSES.map(({ name }) => name).join(", ")}`,
    })
    .option("option", {
      type: "string",
      array: true,
      default: [] as string[],
      requiresArg: true,
      describe:
        "option of the analysis as name=value, e.g. form_factor=helm; they are listed below",
    })
    .epilogue(analysisOptionsHelp("as --option name=value"));
}

const POINT = {
  type: "string",
  array: true,
  default: [] as string[],
  requiresArg: true,
} as const;

/** The option that gives a point in parameter space. */
export function withPoint<T>(cli: Argv<T>) {
  return cli.option("at", {
    ...POINT,
    describe: "parameters as name=value; the others keep their Standard Model value",
    coerce: (words: string[]) => pointOf(words, "at"),
  });
}

/** The option that gives a point to start from: a parameter vector, and the parameters it names. */
export function withStart<T>(cli: Argv<T>) {
  return cli.option("at", {
    ...POINT,
    describe:
      "parameters as name=value, where free ones start; the others keep their Standard Model value",
    coerce: (words: string[]) => ({
      point: pointOf(words, "at"),
      names: [...assignments(words, "at").keys()],
    }),
  });
}

/**
 * Compiles the analysis that the options name.
 * @param varied parameters that will take several values
 * @param at full parameter vector that the others stay at
 */
export function compileFor(
  args: { readonly analysis: string; readonly option: readonly string[] },
  varied: readonly string[],
  at: Float64Array,
): CompiledAnalysis {
  const exponent = varied.includes("exponent_x") ? "scanned" : at[parameterIndex("exponent_x")];
  return analysisNamed(args.analysis).compile(analysisOptions(args.option), exponent);
}

/** `csi,lar` or `csi+lar` as a list of data sets; absent: all of them. */
export function datasetList(text: string | undefined, analysis: CompiledAnalysis) {
  return text === undefined
    ? analysis.datasets
    : text.split(/[,+\s]+/).filter((name) => name !== "");
}
