import type { CompiledAnalysis } from "../analysis/analysis.js";
import { NumericalError } from "../errors.js";
import { type BestFit, bestFit, type FreeParameter } from "../fit/best-fit.js";
import type { ChiSquare } from "../fit/chi-square.js";
import { type Impact, nuisanceImpacts } from "../fit/impacts.js";
import { intervalFit, type ParameterInterval } from "../fit/intervals.js";
import { chi2Shares } from "../fit/shares.js";
import { type Uncertainty, uncertainty } from "../fit/uncertainty.js";
import type { ProfileResult } from "../likelihood/evaluator.js";
import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import { FitProgressBar } from "./fit-progress.js";
import { uncertaintyJson } from "./uncertainty-tables.js";

/** Everything that a fit is asked for. */
export interface FitReport {
  readonly best: BestFit;
  readonly profile: ProfileResult;
  readonly intervals: readonly ParameterInterval[];
  readonly uncertainty?: Uncertainty;
  readonly impacts?: readonly Impact[];
}

/** What is wanted besides the minimum and its intervals. */
export interface Extras {
  readonly impacts: boolean;
  readonly correlations: boolean;
}

/** @throws NumericalError where χ² has no value at the best point found */
export function runFit(
  chi2: ChiSquare,
  at: Float64Array,
  free: FreeParameter[],
  level: number,
  extras: Extras,
): FitReport {
  const found = bestFit(chi2, at, free);
  if (!Number.isFinite(found.chi2)) {
    throw new NumericalError(
      "chi2-not-a-number",
      `χ² is ${found.chi2} at this point: its parameters are beyond what the likelihood can express. Give values or ranges nearer to the Standard Model.`,
      { chi2: found.chi2 },
    );
  }
  const progress = new FitProgressBar();
  const { best, intervals } = intervalFit(chi2, found, free, level, progress.update);
  progress.stop();
  const report = { best, profile: chi2.profile(best.parameters), intervals };
  if (!extras.impacts && !extras.correlations) return report;
  const widths = uncertainty(chi2, best, free);
  if (!extras.impacts) return { ...report, uncertainty: widths };
  return { ...report, uncertainty: widths, impacts: nuisanceImpacts(chi2, best, free, widths) };
}

/**
 * @throws NumericalError for a minimum or an interval that is none for certain; to be called when it has
 * been shown
 */
export function checkCertain({ best, profile, intervals }: FitReport): void {
  if (best.converged && profile.converged) {
    const doubtful = intervals.filter(({ isCertain }) => !isCertain).map(({ name }) => name);
    if (doubtful.length === 0) return;
    throw new NumericalError(
      "interval-not-certain",
      `The interval of ${doubtful.join(", ")} is not certain: minimising anew along it went on finding lower values, or an end could not be met again, so that ranges may be missing or too narrow. Free fewer parameters, or give narrower ranges with --free name=from:to.`,
      { parameters: doubtful },
    );
  }
  const what = profile.converged ? "minimiser" : "profile of the nuisances";
  throw new NumericalError(
    "not-converged",
    `The minimum is not certain, as the ${what} did not converge: what is printed may lie above it, and the intervals may be wrong. Often a parameter makes up for another along a valley of equal χ²: free fewer of them, give narrower ranges with --free name=from:to, or begin nearer to the minimum with --at.`,
    { chi2: profile.chi2 },
  );
}

/** A fit for programs. */
export function fitJson(
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
    options: analysis.options,
    chi2: profile.chi2,
    chi2Shares: chi2Shares(analysis, profile),
    converged: best.converged && profile.converged,
    parameters,
    pulls,
    level,
    intervals: intervals.map((interval) => intervalJson(interval, intervals)),
    ...(more.uncertainty &&
      uncertaintyJson(
        more.uncertainty,
        more.impacts,
        intervals.map(({ name }) => name),
      )),
  };
}

/** Minima as the free parameters are there, by name. */
function intervalJson(interval: ParameterInterval, free: readonly ParameterInterval[]) {
  const { minima, ...rest } = interval;
  return {
    ...rest,
    minima: minima.map(({ parameters, ...minimum }) => ({
      ...minimum,
      parameters: Object.fromEntries(
        free.map(({ name }) => [name, parameters[parameterIndex(name)]]),
      ),
    })),
  };
}
