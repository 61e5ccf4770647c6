import type { Argv } from "yargs";
import { withAnalysis, withStart } from "./analysis-options.js";
import { freeParameters } from "./free-parameters.js";
import { once, path } from "./options.js";

/** What is to be fitted, and what is to be shown of it. */
export function withFitOptions<T>(cli: Argv<T>) {
  return withStart(withAnalysis(cli))
    .option("free", {
      type: "string",
      array: true,
      default: [] as string[],
      requiresArg: true,
      describe: "parameters to minimise over, each a name or name=from:to",
      coerce: (words: string[]) => freeParameters(words),
    })
    .option("datasets", {
      type: "string",
      requiresArg: true,
      coerce: once<string>("datasets"),
      describe: "data sets to fit, e.g. csi,lar [default: all]",
    })
    .option("level", {
      type: "string",
      default: "1sigma",
      requiresArg: true,
      coerce: once<string>("level"),
      describe: "level of the intervals, e.g. 1sigma or 90%",
    })
    .option("hold", {
      type: "string",
      array: true,
      default: [] as string[],
      requiresArg: true,
      describe: "nuisances not to profile, as name=value",
    })
    .option("impacts", {
      type: "boolean",
      default: false,
      describe: "rank the nuisances by the shift of each free parameter at ±1σ of theirs",
    })
    .option("correlations", {
      type: "boolean",
      default: false,
      describe: "print the correlations of free parameters and nuisances",
    })
    .option("plot", {
      type: "string",
      requiresArg: true,
      coerce: path("plot"),
      describe: "draw the ranking of --impacts: a file .svg, .pdf or .png, or a folder for all",
    })
    .option("force", { type: "boolean", default: false, describe: "replace files of --plot" })
    .option("json", { type: "boolean", default: false, describe: "print JSON" });
}
