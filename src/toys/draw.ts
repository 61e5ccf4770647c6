import type { Data, Nuisance, Observation, Observations, Term } from "../likelihood/description.js";
import type { TermCounts } from "../likelihood/evaluator.js";
import type { Random } from "./random.js";

/** What pseudo-experiments are drawn from: expected counts, and the nuisances that gave them. */
export interface Truth {
  readonly terms: readonly Term[];
  /** Of those terms. */
  readonly expected: readonly TermCounts[];
  readonly nuisances: readonly Nuisance[];
  /** θ by nuisance. */
  readonly theta: Float64Array;
  /** The real data: Gaussian terms keep their variances. */
  readonly observations: Observations;
}

/** What is expected in place of observed counts. */
export function expectedData({ terms, expected, observations }: Truth): Observations {
  const counts = expected.map(({ signal, backgrounds }) =>
    signal.map((events, bin) => backgrounds.reduce((sum, row) => sum + row[bin], events)),
  );
  const data = terms.map(({ name }, t) => [name, { ...observations[name], counts: counts[t] }]);
  return { ...observations, ...Object.fromEntries(data) };
}

/**
 * Draws counts around what is expected, Poisson or Gaussian as the term is. The nuisances keep their
 * true values while the auxiliary measurements that their priors stand for fluctuate about them, as in
 * a repeated experiment: that is the ensemble in which Wilks' theorem speaks. Terms are independent, as
 * the likelihood has them, even where two are projections of the same events (L24's Ge energies and
 * times): the ensemble is that of the likelihood, not quite that of the experiment.
 */
export function drawData(truth: Truth, random: Random): Required<Data> {
  const { terms, expected, nuisances, theta } = truth;
  const observations: Record<string, Observation> = { ...truth.observations };
  terms.forEach(({ name, statistic }, t) => {
    const { signal, backgrounds } = expected[t];
    const { variance } = truth.observations[name];
    const counts = signal.map((events, bin) => {
      const mean = backgrounds.reduce((sum, row) => sum + row[bin], events);
      if (statistic === "poisson") return random.poisson(mean);
      return mean + Math.sqrt(variance?.[bin] ?? 0) * random.normal();
    });
    observations[name] = variance ? { counts, variance } : { counts };
  });
  const auxiliary = Float64Array.from(nuisances, ({ sigma }, j) => {
    return sigma === null ? 0 : theta[j] + sigma * random.normal();
  });
  return { observations, auxiliary };
}
