import type { CompiledAnalysis } from "../analysis/analysis.js";
import { pointCount, pointWriter } from "../engine/points.js";
import type { PointList } from "../engine/sources.js";
import { InputError, NumericalError } from "../errors.js";
import { ChiSquare } from "../fit/chi-square.js";
import { sharedNuisances } from "../fit/shares.js";

/** A column of results. */
export interface Column {
  readonly name: string;
  readonly at: (row: number) => number;
}

/**
 * χ² of each data set fitted alone, then of all in one joint profile. Where they share nuisances that
 * is not the sum of the others, which has then a column of its own.
 * @param chi2 [points × (data sets + 1)]
 */
export function chi2Columns({ description, datasets }: CompiledAnalysis, chi2: Float64Array) {
  const width = datasets.length + 1;
  const alone = datasets.map((name, i): Column => {
    return { name: `chi2_${name}`, at: (row) => chi2[row * width + i] };
  });
  const sum: Column = {
    name: "chi2_sum",
    at: (row) => alone.reduce((total, { at }) => total + at(row), 0),
  };
  const joint: Column = { name: "chi2", at: (row) => chi2[row * width + datasets.length] };
  return sharedNuisances(description).length === 0 ? [...alone, joint] : [...alone, sum, joint];
}

/** What the header alone does not say of an analysis whose data sets share nuisances. */
export function jointNote({ name, description }: CompiledAnalysis): string | undefined {
  const shared = sharedNuisances(description);
  if (shared.length === 0) return undefined;
  return `${name}: chi2 is the joint profile of all data sets, which share ${shared.join(", ")}, its prior counted once; chi2_sum adds the fits of each alone.`;
}

/**
 * The nuisances that are asked for, `shared` being those that several data sets share.
 * @throws InputError for one that the analysis does not have
 */
export function pullNames(asked: readonly string[], { name, description }: CompiledAnalysis) {
  const known = description.nuisances.map((nuisance) => nuisance.name);
  const names = asked.flatMap((word) =>
    word === "shared" ? sharedNuisances(description) : word.split(","),
  );
  const strange = names.find((nuisance) => !known.includes(nuisance));
  if (strange === undefined) return [...new Set(names)];
  throw new InputError(
    "unknown-nuisance",
    `Option --pulls names "${strange}", but analysis "${name}" has no such nuisance. It has ${known.join(", ")}; shared stands for those that several data sets share.`,
    { option: "pulls", analysis: name, nuisance: strange },
  );
}

/** Fitted values of nuisances in the joint profile of all data sets, float64. */
export interface FittedPulls {
  readonly columns: readonly Column[];
  /** Rows whose profile did not converge for certain. */
  readonly uncertain: readonly number[];
}

/** @param base parameter vector of what the points do not name */
export function fittedPulls(
  analysis: CompiledAnalysis,
  names: readonly string[],
  points: PointList,
  base: Float64Array,
): FittedPulls {
  if (names.length === 0) return { columns: [], uncertain: [] };
  const chi2 = new ChiSquare(analysis);
  const write = pointWriter(points);
  const indices = names.map((name) =>
    analysis.description.nuisances.findIndex((nuisance) => nuisance.name === name),
  );
  const fitted = Array.from({ length: pointCount(points) }, (_, row) => {
    const parameters = base.slice();
    write(row, parameters);
    return chi2.profile(parameters);
  });
  return {
    columns: names.map((name, i) => {
      return { name: `pull_${name}`, at: (row) => fitted[row].pulls[indices[i]] };
    }),
    uncertain: [...fitted.keys()].filter((row) => !fitted[row].converged),
  };
}

/** @throws NumericalError for pulls that are not certain; to be called when they have been shown */
export function checkPulls({ uncertain }: FittedPulls): void {
  if (uncertain.length === 0) return;
  throw new NumericalError(
    "not-converged",
    `The profile of the nuisances did not converge at ${uncertain.length} of the points, the first being point ${uncertain[0] + 1}: its pulls are not certain. Leave out such points, or --pulls.`,
    { points: uncertain.map((row) => row + 1) },
  );
}
