import type { Argv } from "yargs";
import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { parseLevel } from "../../contour/levels.js";
import { InputError, NumericalError } from "../../errors.js";
import { type BestFit, bestFit, type FreeParameter } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { holdNuisances } from "../../fit/hold.js";
import { type Impact, nuisanceImpacts } from "../../fit/impacts.js";
import { type ParameterInterval, parameterIntervals } from "../../fit/intervals.js";
import { chi2Shares } from "../../fit/shares.js";
import { type Uncertainty, uncertainty } from "../../fit/uncertainty.js";
import { rankingFigure } from "../../gallery/ranking.js";
import type { ProfileResult } from "../../likelihood/evaluator.js";
import { PARAMETERS } from "../../model/parameters.js";
import { compileFor, datasetList, withAnalysis, withPoint } from "../analysis-options.js";
import { assignments, finiteNumber } from "../assignments.js";
import { freeParameters } from "../free-parameters.js";
import { once, path } from "../options.js";
import { note, print, printJson } from "../output.js";
import { plotFiles, writePlot } from "../plot.js";
import { formatTable } from "../table.js";
import { correlationTable, impactTable, uncertaintyJson } from "../uncertainty-tables.js";

const fixed = (value: number, digits = 4): string => value.toFixed(digits);

/** Where the fit ended: every parameter off its SM value, and the free ones with their interval. */
function parameterTable(
  best: BestFit,
  intervals: readonly ParameterInterval[],
  level: string,
): string {
  const rows = PARAMETERS.flatMap((p, index) => {
    const value = best.parameters[index];
    const found = intervals.find(({ name }) => name === p.name);
    if (!found) return value === p.standardModel ? [] : [[p.name, fixed(value, 5), "fixed", ""]];
    const error = (end: number | null, sign: string) =>
      end === null ? "bound" : `${sign}${fixed(Math.abs(end - value), 5)}`;
    return [[p.name, fixed(value, 5), error(found.upper, "+"), error(found.lower, "−")]];
  });
  if (rows.length === 0) return "All parameters at their Standard Model value.";
  return formatTable(["parameter", "value", `up (${level})`, `down (${level})`], rows);
}

function chi2Table(profile: ProfileResult, analysis: CompiledAnalysis): string {
  const { datasets, sharedPriors } = chi2Shares(analysis, profile);
  const rows = Object.entries(datasets).map(([name, chi2]) => {
    const terms = analysis.description.terms.filter((term) => term.dataset === name);
    return [name, fixed(chi2), terms.reduce((count, term) => count + term.bins, 0)];
  });
  if (sharedPriors > 0) rows.push(["shared priors", fixed(sharedPriors), ""]);
  return formatTable(["data set", "χ²", "bins"], [...rows, ["total", fixed(profile.chi2), ""]]);
}

function pullTable(profile: ProfileResult, analysis: CompiledAnalysis): string {
  const rows = analysis.description.nuisances.flatMap(({ name, sigma }, index) => {
    const value = profile.pulls[index];
    if (!profile.profiled.includes(index)) return [];
    return [[name, fixed(value), sigma ?? "free", sigma === null ? "" : fixed(value / sigma, 2)]];
  });
  return formatTable(["nuisance", "pull", "prior σ", "in σ"], rows);
}

/** What the tables alone would let a reader overlook. */
function remarks({ best, profile, intervals }: FitReport): string[] {
  const found: string[] = [];
  if (intervals.some(({ lower, upper }) => lower === null || upper === null)) {
    found.push(
      "bound: the end of the range comes before the level is reached; give a wider one with --free name=from:to.",
    );
  }
  if (!best.converged || !profile.converged) {
    found.push("warning: the minimum is not certain, as the minimiser did not converge.");
  }
  return found;
}

interface FitReport {
  readonly best: BestFit;
  readonly profile: ProfileResult;
  readonly intervals: readonly ParameterInterval[];
  readonly uncertainty?: Uncertainty;
  readonly impacts?: readonly Impact[];
}

function toJson(
  { best, profile, intervals, ...more }: FitReport,
  analysis: CompiledAnalysis,
  level: string,
) {
  const parameters = Object.fromEntries(PARAMETERS.map((p, i) => [p.name, best.parameters[i]]));
  const pulls = Object.fromEntries(
    profile.profiled.map((index) => {
      return [analysis.description.nuisances[index].name, profile.pulls[index]];
    }),
  );
  return {
    analysis: analysis.name,
    chi2: profile.chi2,
    chi2Shares: chi2Shares(analysis, profile),
    converged: best.converged && profile.converged,
    parameters,
    pulls,
    level,
    intervals,
    ...(more.uncertainty &&
      uncertaintyJson(
        more.uncertainty,
        more.impacts,
        intervals.map(({ name }) => name),
      )),
  };
}

interface Extras {
  readonly impacts: boolean;
  readonly correlations: boolean;
  readonly plot: string | undefined;
}

/** @throws InputError for a ranking that has nothing to rank by, or a drawing without one */
function checkExtras({ impacts, plot }: Extras, free: readonly FreeParameter[]): void {
  if (plot !== undefined && !impacts) {
    throw new InputError("nothing-to-plot", "--plot draws the ranking of --impacts: give both.", {
      path: plot,
    });
  }
  if (!impacts || free.length > 0) return;
  throw new InputError(
    "nothing-to-rank",
    "--impacts shows what each nuisance does to a fitted parameter: name one with --free, e.g. --free sigma_scale.",
  );
}

/** Nuisances held by `name=value` words. */
function heldNuisances(words: readonly string[]): Record<string, number> {
  const held = [...assignments(words, "hold")];
  return Object.fromEntries(
    held.map(([name, text]) => [name, finiteNumber(text, `--hold ${name}`)]),
  );
}

function runFit(
  chi2: ChiSquare,
  at: Float64Array,
  free: FreeParameter[],
  level: number,
  extras: Extras,
): FitReport {
  const best = bestFit(chi2, at, free);
  if (!Number.isFinite(best.chi2)) {
    throw new NumericalError(
      "chi2-not-a-number",
      `χ² is ${best.chi2} at this point: its parameters are beyond what the likelihood can express. Give values or ranges nearer to the Standard Model.`,
      { chi2: best.chi2 },
    );
  }
  const profile = chi2.profile(best.parameters);
  const report = { best, profile, intervals: parameterIntervals(chi2, best, free, level) };
  if (!extras.impacts && !extras.correlations) return report;
  const found = uncertainty(chi2, best, free);
  if (!extras.impacts) return { ...report, uncertainty: found };
  return { ...report, uncertainty: found, impacts: nuisanceImpacts(chi2, best, free, found) };
}

/** `nsiscan fit`: χ², pulls and intervals at a point, or at the minimum over named parameters. */
export function fit(cli: Argv): void {
  cli.command(
    "fit",
    "fit one point, or minimise over named parameters: χ², pulls and intervals",
    (options) =>
      withPoint(withAnalysis(options))
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
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example("$0 fit", "the Standard Model: χ² of each data set, and pulls")
        .example(
          "$0 fit --free eps_ee_d=-0.2:0.2 eps_mumu_d=-0.1:0.15 --level 90%",
          "the minimum near the Standard Model, with 90 % intervals",
        )
        .example(
          "$0 fit --at eps_ee_u=0.1 --datasets csi,lar --json",
          "CsI and LAr at an NSI point, for a program to read",
        )
        .example(
          "$0 fit --analysis coherent-2022 --free sigma_scale --impacts --plot ranking.pdf",
          "COHERENT's cross section, and what limits it",
        ),
    async (args) => {
      checkExtras(args, args.free);
      const files = args.plot === undefined ? [] : plotFiles(args.plot, "impacts", args.force);
      const names = args.free.map(({ name }) => name);
      const analysis = holdNuisances(compileFor(args, names, args.at), heldNuisances(args.hold));
      const chi2 = new ChiSquare(analysis, datasetList(args.datasets, analysis));
      const level = parseLevel(args.level);
      const report = runFit(chi2, args.at, args.free, level.deltaChi2(1), args);
      if (files.length > 0) {
        const { impacts = [], intervals } = report;
        await writePlot(rankingFigure(impacts, intervals), "Impacts of nuisances", files);
      }
      if (args.json) {
        printJson(toJson(report, analysis, level.label));
        return;
      }
      const { best, profile, intervals } = report;
      print(parameterTable(best, intervals, level.label));
      print(`\n${chi2Table(profile, analysis)}`);
      print(`\n${pullTable(profile, analysis)}`);
      if (report.impacts) print(`\n${impactTable(report.impacts, names)}`);
      if (report.uncertainty && args.correlations) {
        print(`\n${correlationTable(report.uncertainty)}`);
      }
      for (const remark of remarks(report)) note(remark);
    },
  );
}
