import type { CompiledAnalysis } from "../analysis/analysis.js";
import type { BestFit } from "../fit/best-fit.js";
import type { ParameterInterval } from "../fit/intervals.js";
import { chi2Shares } from "../fit/shares.js";
import type { ProfileResult } from "../likelihood/evaluator.js";
import { PARAMETERS } from "../model/parameters.js";
import type { FitReport } from "./fit-report.js";
import { note, print } from "./output.js";
import { formatTable } from "./table.js";
import { correlationTable, impactTable } from "./uncertainty-tables.js";

const fixed = (value: number, digits = 4): string => value.toFixed(digits);

/** A number followed by the word that says that the range of its parameter ends there. */
const atEdge = (value: number, isEdge: boolean): string =>
  isEdge ? `${fixed(value, 5)} (edge)` : fixed(value, 5);

/** Where the fit ended: every parameter off its SM value, and the free ones with all their ranges. */
function parameterTable(
  best: BestFit,
  intervals: readonly ParameterInterval[],
  level: string,
): string {
  const rows = PARAMETERS.flatMap((p, index) => {
    const value = best.parameters[index];
    const found = intervals.find(({ name }) => name === p.name);
    if (!found)
      return value === p.standardModel ? [] : [[p.name, fixed(value, 5), "fixed", "", ""]];
    const error = (end: number | null, sign: string) =>
      end === null ? "edge" : `${sign}${fixed(Math.abs(end - value), 5)}`;
    const ranges = found.ranges.map(
      ({ lower, upper, lowerIsEdge, upperIsEdge }) =>
        `${atEdge(lower, lowerIsEdge)} … ${atEdge(upper, upperIsEdge)}`,
    );
    return [
      [
        p.name,
        atEdge(value, found.valueIsEdge),
        error(found.upper, "+"),
        error(found.lower, "−"),
        ranges.join(" or "),
      ],
    ];
  });
  if (rows.length === 0) return "All parameters at their Standard Model value.";
  const head = ["parameter", "value", `up (${level})`, `down (${level})`, `allowed (${level})`];
  return formatTable(head, rows);
}

/** The local minima that the level allows besides the lowest, if there are any. */
function minimaTable(intervals: readonly ParameterInterval[], level: string): string {
  const rows = intervals.flatMap(({ name, minima }) =>
    minima
      .slice(1)
      .map(({ value, isEdge, deltaChi2 }) => [name, atEdge(value, isEdge), fixed(deltaChi2)]),
  );
  if (rows.length === 0) return "";
  return formatTable([`other minima (${level})`, "value", "Δχ²"], rows);
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
function remarks({ intervals }: FitReport): string[] {
  const found: string[] = [];
  const isOpen = ({ valueIsEdge, lower, upper }: ParameterInterval) =>
    valueIsEdge || lower === null || upper === null;
  if (intervals.some(isOpen)) {
    found.push(
      "edge: the range of the parameter ends there, before the level is reached or while χ² still falls; give a wider one with --free name=from:to.",
    );
  }
  const open = intervals.filter(({ ranges }) =>
    ranges.some(({ lowerIsEdge, upperIsEdge }) => lowerIsEdge && upperIsEdge),
  );
  for (const { name } of open) found.push(`${name} is not limited within its range at this level.`);
  return found;
}

/** Prints a fit for people: tables to stdout, remarks to stderr. */
export function printFit(
  report: FitReport,
  analysis: CompiledAnalysis,
  level: string,
  correlations: boolean,
): void {
  const { best, profile, intervals } = report;
  const names = intervals.map(({ name }) => name);
  print(parameterTable(best, intervals, level));
  const minima = minimaTable(intervals, level);
  if (minima !== "") print(`\n${minima}`);
  print(`\n${chi2Table(profile, analysis)}`);
  print(`\n${pullTable(profile, analysis)}`);
  if (report.impacts) print(`\n${impactTable(report.impacts, names)}`);
  if (report.uncertainty && correlations) print(`\n${correlationTable(report.uncertainty)}`);
  for (const remark of remarks(report)) note(remark);
}
