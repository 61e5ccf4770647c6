import type { Effect, Nuisance, Problem, Term } from "../../src/likelihood/description.js";
import { generator, makeProblem, makeTerm, naiveCounts } from "./naive.js";

export interface RandomOptions {
  readonly statistics: readonly ("poisson" | "gaussian")[];
  readonly bins?: number;
  readonly morphs?: boolean;
  /** Nuisance 0 acts on every term; otherwise terms share nothing. */
  readonly shared?: boolean;
  readonly bounded?: boolean;
  /** Mean counts per bin and component; small ones leave bins empty. */
  readonly level?: number;
}

/** Terms with every kind of effect on random templates, and data drawn near the prediction. */
export function randomProblem(seed: number, options: RandomOptions): Problem {
  const { statistics, bins = 7, morphs = true, shared = true, bounded = true, level = 6 } = options;
  const random = generator(seed);
  const row = (n: number, f: () => number) => Float64Array.from({ length: n }, f);
  const positive = (n = bins) => row(n, () => level * (0.1 + random()));
  const signed = (size: number, n = bins) => row(n, () => size * (2 * random() - 1));
  const nuisances: Nuisance[] = [];
  const nuisance = (sigma: number | null, lower = Number.NEGATIVE_INFINITY) =>
    nuisances.push({
      name: `n${nuisances.length}`,
      symbol: "",
      sigma,
      lower,
      upper: Number.POSITIVE_INFINITY,
    }) - 1;
  const floor = bounded ? -1 : Number.NEGATIVE_INFINITY;
  const common = shared ? nuisance(0.1, floor) : -1;
  const terms: Term[] = statistics.map((statistic, t) => {
    const signal = positive(2 * bins);
    const backgrounds = [0, 1].map((k) => ({ name: `b${k}`, counts: positive() }));
    const effects: Effect[] = [
      { kind: "norm", nuisance: shared ? common : nuisance(0.1, floor), component: "signal" },
      { kind: "norm", nuisance: nuisance(0.15, floor), component: "signal" },
      { kind: "norm", nuisance: nuisance(0.3, floor), component: 0 },
      { kind: "norm", nuisance: nuisance(null, floor), component: 1 },
      { kind: "relative", nuisance: nuisance(1), component: "signal", deviation: signed(0.1) },
      { kind: "relative", nuisance: nuisance(1), component: 0, deviation: signed(0.2) },
    ];
    // One nuisance acting on two components at once.
    effects.push({ kind: "relative", nuisance: 0, component: 1, deviation: signed(0.2) });
    if (morphs) {
      const curved = nuisance(1);
      effects.push({
        kind: "morph",
        nuisance: curved,
        component: "signal",
        linear: signed(0.05 * level, 2 * bins),
        quadratic: signed(0.01 * level, 2 * bins),
      });
      effects.push({
        kind: "morph",
        nuisance: curved,
        component: 0,
        linear: signed(0.1 * level),
        quadratic: row(bins, () => 0.01 * level * random()),
      });
    }
    return makeTerm({
      name: `t${t}`,
      bins,
      statistic,
      charges: [0, t + 1],
      signal,
      backgrounds,
      effects,
    });
  });
  const truth = new Float64Array(statistics.length + 1).fill(1);
  const none = new Float64Array(nuisances.length);
  const observations = Object.fromEntries(
    terms.map((term) => {
      const mu = naiveCounts(term, truth, none);
      const counts = Float64Array.from(mu, (m) =>
        Math.max(0, Math.round(m + Math.sqrt(m) * 2 * (2 * random() - 1))),
      );
      return [term.name, { counts, variance: Float64Array.from(mu) }];
    }),
  );
  return makeProblem({ terms, nuisances }, observations);
}

/** Squared charges from nothing to four times the truth. */
export function randomCharges(random: () => number, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => (random() < 0.15 ? 0 : 4 * random()));
}
