import type { CompiledAnalysis, Exponent } from "../../src/analysis/analysis.js";
import { analysisNamed } from "../../src/analysis/registry.js";
import { parseLevel } from "../../src/contour/levels.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { holdNuisances } from "../../src/fit/hold.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import type { NucleusName } from "../../src/physics/nuclei.js";
import type { RandomFit } from "./cases.js";
import { makeScreen } from "./screen.js";

/** χ² over the free parameters of a fit, as vectors of them. */
export interface Objective {
  readonly names: readonly string[];
  /** Index in parameter vectors, and range, by free parameter. */
  readonly indices: readonly number[];
  readonly box: readonly (readonly [number, number])[];
  /** Those whose charges lines are sampled by. */
  readonly nuclei: readonly NucleusName[];
  /** Δχ² of the level, for one parameter. */
  readonly level: number;
  /** The product's χ², its nuisances profiled. */
  readonly exact: (point: Float64Array) => number;
  /** χ² to some hundredths, much faster. */
  readonly screen: (point: Float64Array) => number;
  /** The full parameter vector. */
  readonly whole: (point: Float64Array) => Float64Array;
  /** How many exact χ² a polish may take per parameter. */
  readonly patience: number;
}

const compiled = new Map<string, CompiledAnalysis>();

const keyOf = (fit: RandomFit) => JSON.stringify([fit.analysis, fit.options, fit.hold]);

/** Whether templates follow the exponent, or where it is held. */
const exponentOf = (fit: RandomFit): Exponent =>
  fit.free.some(({ name }) => name === "exponent_x")
    ? "scanned"
    : startPoint(fit)[parameterIndex("exponent_x")];

/** The likelihood of a fit, compiled once for all that share it. */
export function likelihoodOf(fit: RandomFit): CompiledAnalysis {
  const exponent = exponentOf(fit);
  const key = `${keyOf(fit)} ${exponent}`;
  const found =
    compiled.get(key) ??
    holdNuisances(analysisNamed(fit.analysis).compile(fit.options, exponent), fit.hold);
  compiled.set(key, found);
  return found;
}

/** The Standard Model, but for what is fixed elsewhere: a full parameter vector. */
export function startPoint(fit: RandomFit): Float64Array {
  const point = standardModelPoint();
  for (const [name, value] of Object.entries(fit.at)) point[parameterIndex(name)] = value;
  return point;
}

export function makeObjective(fit: RandomFit): Objective {
  const names = fit.free.map(({ name }) => name);
  const indices = names.map(parameterIndex);
  const whole = startPoint(fit);
  const fill = (point: Float64Array) => {
    for (let k = 0; k < indices.length; k++) whole[indices[k]] = point[k];
    return whole;
  };
  const analysis = likelihoodOf(fit);
  const chi2 = new ChiSquare(analysis, fit.datasets);
  const screen = makeScreen(analysis, fit.datasets, keyOf(fit), exponentOf(fit));
  const { charges, terms } = analysis.description;
  const seen = terms.filter((t) => fit.datasets.includes(t.dataset)).flatMap((t) => t.charges);
  return {
    names,
    indices,
    box: fit.free.map(({ lower, upper }) => [lower, upper] as const),
    // Cs stands for I.
    nuclei: [...new Set(seen.map((index) => charges[index].nucleus as NucleusName))].filter(
      (nucleus) => nucleus !== "I",
    ),
    level: parseLevel(fit.level).deltaChi2(1),
    exact: (point) => {
      const value = chi2.value(fill(point));
      return Number.isNaN(value) ? 1e9 : value;
    },
    screen: (point) => screen(fill(point)),
    whole: fill,
    patience: fit.analysis === "liao-2024" ? 150 : 40,
  };
}
