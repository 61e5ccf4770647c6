import type { Argv } from "yargs";
import { InputError } from "../errors.js";
import { NUISANCE_CHOICES } from "../toys/experiment.js";
import { withAnalysis, withPoint } from "./analysis-options.js";
import { threadsOption } from "./engine-options.js";
import { freeParameters } from "./free-parameters.js";
import { once, path } from "./options.js";

const LEVELS = ["1sigma", "90%", "2sigma", "3sigma"];

/** A `coerce` for whole numbers from 0. */
function whole(option: string) {
  return (given: number | number[]): number => {
    const value = once<number>(option)(given);
    if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return value;
    throw new InputError(
      "bad-number",
      `Option ${option.length > 1 ? "--" : "-"}${option} must be a whole number from 0.`,
      {
        option,
      },
    );
  };
}

/** What pseudo-experiments are to be drawn, and what is to become of them. */
export function withToysOptions<T>(cli: Argv<T>) {
  return withPoint(withAnalysis(cli))
    .option("free", {
      type: "string",
      array: true,
      default: [] as string[],
      requiresArg: true,
      describe: "parameters to fit in each, as name or name=from:to; the others keep their value",
      coerce: (words: string[]) => freeParameters(words),
    })
    .option("datasets", {
      type: "string",
      requiresArg: true,
      coerce: once<string>("datasets"),
      describe: "data sets to draw and fit, e.g. csi,lar [default: all]",
    })
    .option("nuisances", {
      choices: NUISANCE_CHOICES,
      default: NUISANCE_CHOICES[0] as (typeof NUISANCE_CHOICES)[number],
      requiresArg: true,
      describe: "true nuisances: nominal, or as profiled on the data at the true point",
    })
    .option("n", {
      type: "number",
      default: 1000,
      requiresArg: true,
      coerce: whole("n"),
      describe: "number of pseudo-experiments",
    })
    .option("seed", {
      type: "number",
      default: 1,
      requiresArg: true,
      coerce: whole("seed"),
      describe: "seed: with an index, it fixes a pseudo-experiment wherever it is drawn",
    })
    .option("from", {
      type: "number",
      default: 0,
      requiresArg: true,
      coerce: whole("from"),
      describe: "first index, for one part of several",
    })
    .option("to", {
      type: "number",
      requiresArg: true,
      coerce: whole("to"),
      describe: "index to stop before [default: -n]",
    })
    .option("join", {
      type: "string",
      array: true,
      requiresArg: true,
      describe: "put files of several parts together instead of drawing",
    })
    .option("level", {
      type: "string",
      array: true,
      default: LEVELS,
      requiresArg: true,
      describe: "levels whose coverage to report",
    })
    .option("out", {
      type: "string",
      requiresArg: true,
      coerce: path("out"),
      describe: "write every pseudo-experiment to this JSON file",
    })
    .option("plot", {
      type: "string",
      requiresArg: true,
      coerce: path("plot"),
      describe:
        "draw the distribution of Δχ² and the coverage: a file .svg, .pdf or .png, or a folder for all",
    })
    .option("force", {
      type: "boolean",
      default: false,
      describe: "replace files of --out and --plot",
    })
    .option("threads", threadsOption)
    .option("json", { type: "boolean", default: false, describe: "print JSON" });
}
