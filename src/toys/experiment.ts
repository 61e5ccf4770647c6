import type { CompiledAnalysis } from "../analysis/analysis.js";
import { NumericalError } from "../errors.js";
import { ChiSquare } from "../fit/chi-square.js";
import type { FreeParameter } from "../fit/free-parameter.js";
import { multistartFit } from "../fit/multistart.js";
import { expectedCounts } from "../likelihood/profile.js";
import { TermTemplates } from "../likelihood/templates.js";
import { chargeModel } from "../model/charges.js";
import { parameterIndex } from "../model/parameters.js";
import { drawData, expectedData, type Truth } from "./draw.js";
import { Random } from "./random.js";

/** How nuisances are set where pseudo-experiments are drawn. */
export const NUISANCE_CHOICES = ["nominal", "profiled"] as const;

/** Everything that the outcome of a pseudo-experiment depends on, besides its index. */
export interface ToyPlan {
  readonly analysis: CompiledAnalysis;
  readonly datasets: readonly string[];
  /** The true point, [PARAMETERS]. */
  readonly at: Float64Array;
  readonly free: readonly FreeParameter[];
  /** At zero, or where the real data put them at the true point. */
  readonly nuisances: (typeof NUISANCE_CHOICES)[number];
  readonly seed: number;
}

/** The outcome of one pseudo-experiment. */
export interface Toy {
  /** χ² at the true point above the minimum over the free parameters, nuisances profiled in both. */
  readonly deltaChi2: number;
  /** χ² at the minimum. */
  readonly chi2: number;
  /** The free parameters there. */
  readonly best: readonly number[];
}

/**
 * Fits begin at the truth and at points spread over each parameter's range: several for parameters in
 * which χ² has several minima, one for the scales of cross sections, in which it has one.
 */
const STARTS = { manyMinima: 4, oneMinimum: 1 };

function startsFor(free: readonly FreeParameter[]): number {
  return free.reduce((sum, { name }) => {
    return sum + (name.startsWith("sigma_scale") ? STARTS.oneMinimum : STARTS.manyMinima);
  }, 0);
}

/** Makes the pseudo-experiments of a plan: each depends on its index only. */
export function toyMaker(plan: ToyPlan): (index: number) => Toy {
  const { analysis, datasets, at, free, seed } = plan;
  const truth = truthOf(plan, new ChiSquare(analysis, datasets));
  // What does not depend on the counts drawn is made once, for those that are expected.
  const observations = expectedData(truth);
  const template = new ChiSquare({ ...analysis, observations }, datasets);
  const indices = free.map(({ name }) => parameterIndex(name));
  const starts = startsFor(free);
  return (index) => {
    const chi2 = template.observe(drawData(truth, new Random(seed, index)));
    const atTruth = chi2.value(at);
    const best = multistartFit(chi2, at, free, starts);
    if (!Number.isFinite(atTruth) || !Number.isFinite(best.chi2)) {
      throw new NumericalError(
        "toy-not-a-number",
        `Pseudo-experiment ${index} of seed ${seed} has no finite χ² (${atTruth} at the true point, ${best.chi2} at best). Draw from a point where every bin with events expects some.`,
        { index, seed },
      );
    }
    return {
      deltaChi2: Math.max(atTruth - best.chi2, 0),
      chi2: best.chi2,
      best: indices.map((parameter) => best.parameters[parameter]),
    };
  };
}

function truthOf({ analysis, datasets, at, nuisances }: ToyPlan, chi2: ChiSquare): Truth {
  const { description, observations } = analysis;
  const terms = description.terms.filter(({ dataset }) => datasets.includes(dataset));
  const theta =
    nuisances === "profiled"
      ? chi2.profile(at).pulls
      : Float64Array.from(description.nuisances, ({ lower, upper }) => {
          return Math.min(Math.max(0, lower), upper);
        });
  const squared = new Float64Array(description.charges.length);
  chargeModel(description.charges).fill(at, squared);
  const exponent = at[parameterIndex("exponent_x")];
  const expected = terms.map((term) => {
    return expectedCounts(new TermTemplates(term, description), squared, exponent, theta);
  });
  return { terms, expected, nuisances: description.nuisances, theta, observations };
}
