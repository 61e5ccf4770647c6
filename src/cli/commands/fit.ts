import type { Argv } from "yargs";
import { parseLevel } from "../../contour/levels.js";
import { InputError } from "../../errors.js";
import type { FreeParameter } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { holdNuisances } from "../../fit/hold.js";
import { rankingFigure } from "../../gallery/ranking.js";
import { parameterIndex } from "../../model/parameters.js";
import { compileFor, datasetList } from "../analysis-options.js";
import { assignments, finiteNumber } from "../assignments.js";
import { withFitOptions } from "../fit-options.js";
import { checkCertain, type Extras, fitJson, runFit } from "../fit-report.js";
import { printFit } from "../fit-tables.js";
import { printJson } from "../output.js";
import { plotFiles, writePlot } from "../plot.js";

/** @throws InputError for a ranking that has nothing to rank by, or a drawing without one */
function checkExtras(
  { impacts, plot }: Extras & { readonly plot: string | undefined },
  free: readonly FreeParameter[],
): void {
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

/** @throws InputError for a start outside the range in which its parameter is searched */
function checkStart(
  { point, names }: { readonly point: Float64Array; readonly names: readonly string[] },
  free: readonly FreeParameter[],
): void {
  for (const { name, lower, upper } of free) {
    const value = point[parameterIndex(name)];
    if (!names.includes(name) || (value >= lower && value <= upper)) continue;
    throw new InputError(
      "start-out-of-range",
      `--at ${name}=${value} cannot be where the fit of a free ${name} starts: it is searched between ${lower} and ${upper}. Start within, or give another range with --free ${name}=from:to.`,
      { parameter: name, value, lower, upper },
    );
  }
}

/** Nuisances held by `name=value` words. */
function heldNuisances(words: readonly string[]): Record<string, number> {
  const held = [...assignments(words, "hold")];
  return Object.fromEntries(
    held.map(([name, text]) => [name, finiteNumber(text, `--hold ${name}`)]),
  );
}

/** `nsiscan fit`: χ², pulls and intervals at a point, or at the minimum over named parameters. */
export function fit(cli: Argv): void {
  cli.command(
    "fit",
    "fit one point, or minimise over named parameters: χ², pulls and intervals",
    (options) =>
      withFitOptions(options)
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
        )
        .epilogue(
          "Intervals are those of the profile: all other free parameters are minimised over, globally, at every value. Every range that the level allows is printed; errors +a −b are those of the range that holds the minimum. Two minima of a profile count as one where less than 0.01 in χ² is to climb between them. A minimum or an interval that is not certain is printed all the same, and the exit status is 4.",
        ),
    async (args) => {
      checkExtras(args, args.free);
      checkStart(args.at, args.free);
      const at = args.at.point;
      const files = args.plot === undefined ? [] : plotFiles(args.plot, "impacts", args.force);
      const names = args.free.map(({ name }) => name);
      const analysis = holdNuisances(compileFor(args, names, at), heldNuisances(args.hold));
      const chi2 = new ChiSquare(analysis, datasetList(args.datasets, analysis));
      const level = parseLevel(args.level);
      const report = runFit(chi2, at, args.free, level.deltaChi2(1), args);
      if (files.length > 0) {
        const { impacts = [], intervals } = report;
        await writePlot(rankingFigure(impacts, intervals), "Impacts of nuisances", files);
      }
      if (args.json) printJson(fitJson(report, analysis, level.label));
      else printFit(report, analysis, level.label, args.correlations);
      checkCertain(report);
    },
  );
}
