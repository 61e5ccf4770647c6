import type { CompiledAnalysis } from "../analysis/analysis.js";
import { ChiSquare } from "../fit/chi-square.js";
import type { Term } from "../likelihood/description.js";
import type { ProfileResult } from "../likelihood/evaluator.js";
import { expectedCounts } from "../likelihood/profile.js";
import { TermTemplates } from "../likelihood/templates.js";
import { chargeModel } from "../model/charges.js";
import { parameterIndex } from "../model/parameters.js";
import type { Statement } from "./figure.js";
import { againstPaper, printedAs } from "./published.js";

/** A term's data and what the fit expects, per bin of the term. */
export interface FittedTerm {
  readonly term: Term;
  readonly observed: Float64Array;
  /** σ² of the observed counts: the likelihood's own, or the counts where it is a Poisson term. */
  readonly variance: Float64Array;
  /** Signal of each flavour at the pulls of the fit. */
  readonly signal: { readonly e: Float64Array; readonly mu: Float64Array };
  /** By name. */
  readonly backgrounds: Readonly<Record<string, Float64Array>>;
}

export interface FittedDataset {
  readonly profile: ProfileResult;
  readonly terms: readonly FittedTerm[];
  /** Fitted nuisance by name, and the width of its prior. */
  readonly pull: (name: string) => { readonly value: number; readonly sigma: number };
}

/** A data set fitted at a point: data, expectation and its components. */
export function fittedDataset(
  analysis: CompiledAnalysis,
  dataset: string,
  parameters: Float64Array,
): FittedDataset {
  const { description, observations } = analysis;
  const profile = new ChiSquare(analysis, [dataset]).profile(parameters);
  const squared = new Float64Array(description.charges.length);
  chargeModel(description.charges).fill(parameters, squared);
  const exponent = parameters[parameterIndex("exponent_x")];
  const terms = description.terms.filter((term) => term.dataset === dataset);
  return {
    profile,
    pull: (name) => {
      const index = description.nuisances.findIndex((one) => one.name === name);
      return { value: profile.pulls[index], sigma: description.nuisances[index].sigma ?? 1 };
    },
    terms: terms.map((term) => {
      const templates = new TermTemplates(term, description);
      const flavour = (wanted: "e" | "mu") => {
        const charges = squared.map((charge, c) =>
          description.charges[c].flavour === wanted ? charge : 0,
        );
        return expectedCounts(templates, charges, exponent, profile.pulls).signal;
      };
      const fitted = profile.expected.find((counts) => counts.term === term.name);
      const { counts, variance } = observations[term.name];
      return {
        term,
        observed: counts,
        variance: variance ?? counts,
        signal: { e: flavour("e"), mu: flavour("mu") },
        backgrounds: Object.fromEntries(
          term.backgrounds.map(({ name }, k) => [name, fitted?.backgrounds[k] ?? counts]),
        ),
      };
    }),
  };
}

/** Sums of counts over every axis of a term but one. */
export function projected({ axes }: Term, counts: ArrayLike<number>, axis: number): number[] {
  const lengths = axes.map(({ edges }) => edges.length);
  const stride = lengths.slice(axis + 1).reduce((product, length) => product * length, 1);
  const sums = new Array<number>(lengths[axis]).fill(0);
  for (let bin = 0; bin < counts.length; bin++) {
    sums[Math.floor(bin / stride) % lengths[axis]] += counts[bin];
  }
  return sums;
}

/** The numbers that a paper prints of a fit, by their ids: its χ², and fitted nuisances by name. */
export interface PublishedFit {
  readonly chi2: string;
  /** Symbol of the nuisances, which are numbered from 0. */
  readonly symbol: string;
  /** Name of the nuisance by id. */
  readonly pulls: Readonly<Record<string, string>>;
}

/** What a paper prints of a fit, beside ours. */
export function fitStatement(
  { pull, profile }: FittedDataset,
  { chi2, symbol, pulls }: PublishedFit,
): Statement {
  const ids = Object.keys(pulls);
  const range = ids.length === 1 ? "₀" : `₀ … ${symbol}${"₀₁₂₃₄₅"[ids.length - 1]}`;
  const ours = ids.map((id) => ({ id, value: pull(pulls[id]).value }));
  const values = ours.map(({ value }) => value.toFixed(4).replace("-", "−")).join(", ");
  return {
    paper: `The Standard Model's best fit has χ² = ${printedAs(chi2)} and ${symbol}${range} = ${printedAs(...ids)}.`,
    ours: `χ² = ${profile.chi2.toFixed(2)} and ${symbol}${range} = ${values}.`,
    ...againstPaper([{ id: chi2, value: profile.chi2 }, ...ours]),
  };
}
