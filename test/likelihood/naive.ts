import type {
  Combination,
  LikelihoodDescription,
  Observations,
  Problem,
  Term,
} from "../../src/likelihood/description.js";
import type { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";

/** μ_b of one term, read off the head of description.ts word by word (node 0 of a family). */
export function naiveCounts(term: Term, charges: Float64Array, theta: Float64Array): number[] {
  const components = [
    { id: "signal" as const, nominal: (b: number) => signalRow(term, term.signal, charges, b) },
    ...term.backgrounds.map((background, k) => ({
      id: k,
      nominal: (b: number) => background.counts[b],
    })),
  ];
  return Array.from({ length: term.bins }, (_, b) => {
    let mu = 0;
    for (const { id, nominal } of components) {
      mu += nominal(b);
      for (const effect of term.effects) {
        if (effect.component !== id) continue;
        const t = theta[effect.nuisance];
        if (effect.kind === "norm") mu += t * nominal(b);
        if (effect.kind === "relative") mu += t * effect.deviation[b] * nominal(b);
        if (effect.kind === "morph") {
          const at = (table: Float64Array) =>
            id === "signal" ? signalRow(term, table, charges, b) : table[b];
          mu += t * at(effect.linear) + t * t * at(effect.quadratic);
        }
      }
    }
    return mu;
  });
}

function signalRow(term: Term, table: Float64Array, charges: Float64Array, b: number): number {
  return term.charges.reduce((sum, c, row) => sum + charges[c] * table[row * term.bins + b], 0);
}

/** χ² at given nuisances, the textbook formulas; +Infinity outside the domain. */
export function naiveChi2(
  { description, observations }: Problem,
  datasets: readonly string[],
  charges: Float64Array,
  theta: Float64Array,
): number {
  let chi2 = 0;
  const felt = new Set<number>();
  for (const term of description.terms) {
    if (!datasets.includes(term.dataset)) continue;
    for (const effect of term.effects) felt.add(effect.nuisance);
    const { counts, variance } = observations[term.name];
    naiveCounts(term, charges, theta).forEach((mu, b) => {
      const n = counts[b];
      if (term.statistic === "gaussian") chi2 += (n - mu) ** 2 / (variance as Float64Array)[b];
      else if (mu < 0 || (n > 0 && mu === 0)) chi2 = Number.POSITIVE_INFINITY;
      else chi2 += 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
    });
  }
  for (const j of felt) {
    const { sigma, lower, upper } = description.nuisances[j];
    if (theta[j] < lower || theta[j] > upper) return Number.POSITIVE_INFINITY;
    if (sigma !== null) chi2 += (theta[j] / sigma) ** 2;
  }
  return chi2;
}

/**
 * Minimum over θ by brute force: cyclic pattern search along the axes and along the last overall
 * move (Hooke and Jeeves), with the step of every axis shrinking on its own.
 */
export function bruteForce(
  f: (theta: Float64Array) => number,
  start: Float64Array,
  widths: readonly number[],
): { chi2: number; theta: Float64Array } {
  let theta = Float64Array.from(start);
  let best = f(theta);
  let scale = 1;
  while (scale > 1e-10) {
    const origin = Float64Array.from(theta);
    const initial = best;
    for (let j = 0; j < theta.length; j++) {
      const line = lineMinimum(
        (t) => {
          const trial = Float64Array.from(theta);
          trial[j] = t;
          return f(trial);
        },
        theta[j],
        scale * widths[j],
        best,
      );
      theta[j] = line.at;
      best = line.value;
    }
    const direction = theta.map((value, j) => value - origin[j]);
    const along = (t: number) => f(theta.map((value, j) => value + t * direction[j]));
    const line = lineMinimum(along, 0, 1, best);
    if (line.value < best) {
      theta = theta.map((value, j) => value + line.at * direction[j]);
      best = line.value;
    }
    if (initial - best < 1e-10) scale *= 0.1;
  }
  return { chi2: best, theta };
}

/** Walks downhill in doubling strides from `at`, then closes in by thirds. */
function lineMinimum(f: (t: number) => number, at: number, stride: number, value: number) {
  let low = at - stride;
  let high = at + stride;
  let best = { at, value };
  for (const sign of [-1, 1]) {
    for (let reach = stride; reach < stride * 1e6; reach *= 2) {
      const t = at + sign * reach;
      const reached = f(t);
      if (!(reached < best.value)) break;
      best = { at: t, value: reached };
      low = t - reach;
      high = t + reach;
    }
  }
  for (let i = 0; i < 60; i++) {
    const a = low + (high - low) * 0.382;
    const b = high - (high - low) * 0.382;
    const [fa, fb] = [f(a), f(b)];
    if (fa < best.value) best = { at: a, value: fa };
    if (fb < best.value) best = { at: b, value: fb };
    if (fa === fb && fa === Number.POSITIVE_INFINITY) {
      if (best.at < a) high = a;
      else low = b;
    } else if (fa <= fb) high = b;
    else low = a;
  }
  return best;
}

/** A small reproducible generator of uniform numbers in [0, 1) (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Terms over synthetic templates; fields not given get plain defaults. */
export function makeTerm(fields: Partial<Term> & Pick<Term, "name" | "bins" | "signal">): Term {
  return {
    dataset: fields.name,
    statistic: "poisson",
    axes: [],
    charges: [0],
    backgrounds: [],
    effects: [],
    ...fields,
  };
}

export function makeProblem(
  fields: Partial<LikelihoodDescription> & Pick<LikelihoodDescription, "terms">,
  observations: Observations,
  combinations?: readonly Combination[],
): Problem {
  const count = 1 + Math.max(0, ...fields.terms.flatMap((term) => term.charges));
  return {
    description: {
      analysis: "synthetic",
      charges: Array.from({ length: count }, (_, c) => ({
        nucleus: `X${c}`,
        flavour: c % 2 ? "mu" : "e",
      })),
      nuisances: [],
      ...fields,
    },
    observations,
    combinations: combinations ?? [
      { name: "all", datasets: [...new Set(fields.terms.map((term) => term.dataset))] },
    ],
  };
}

/** χ² by combination at one point. */
export function chi2Of(
  evaluator: LikelihoodEvaluator,
  charges: ArrayLike<number>,
  familyValue = 0,
): Float64Array {
  const out = new Float64Array(evaluator.combinations.length);
  evaluator.chi2(Float64Array.from(charges), familyValue, out);
  return out;
}
