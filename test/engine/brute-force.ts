import type { EngineProblem } from "../../src/engine/engine.js";
import { chargeModel } from "../../src/model/charges.js";

/**
 * χ² of a problem whose effects are all norms, by the definition in the description's header, its
 * nuisances profiled by golden section along one at a time until nothing changes: slow, plain, and
 * nothing in common with the engines.
 */
export function bruteForceChi2(problem: EngineProblem, parameters: Float64Array): number[] {
  const { description, combinations } = problem;
  const q = new Float64Array(description.charges.length);
  chargeModel(description.charges).fill(parameters, q);
  return combinations.map(({ datasets }) => {
    const theta = description.nuisances.map(() => 0);
    const chi2 = () => total(problem, datasets, q, theta);
    let last = Number.POSITIVE_INFINITY;
    for (let value = chi2(); last - value > 1e-13 * (1 + value); ) {
      last = value;
      for (const j of theta.keys()) theta[j] = goldenSection(theta, j, chi2);
      value = chi2();
    }
    return chi2();
  });
}

function total(
  { description, observations }: EngineProblem,
  datasets: readonly string[],
  q: Float64Array,
  theta: readonly number[],
): number {
  let sum = description.nuisances.reduce(
    (s, { sigma }, j) => s + (theta[j] / (sigma ?? 1e9)) ** 2,
    0,
  );
  for (const term of description.terms.filter(({ dataset }) => datasets.includes(dataset))) {
    const { counts, variance } = observations[term.name];
    const norm = (component: "signal" | number) =>
      term.effects.reduce((n, e) => n + (e.component === component ? theta[e.nuisance] : 0), 1);
    for (let b = 0; b < term.bins; b++) {
      let mu = 0;
      term.charges.forEach((c, row) => {
        mu += norm("signal") * q[c] * term.signal[row * term.bins + b];
      });
      term.backgrounds.forEach((background, k) => {
        mu += norm(k) * background.counts[b];
      });
      const n = counts[b];
      if (variance) sum += (n - mu) ** 2 / variance[b];
      else sum += 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
    }
  }
  return sum;
}

function goldenSection(theta: number[], j: number, chi2: () => number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  const at = (value: number) => {
    theta[j] = value;
    return chi2();
  };
  let [low, high] = [-0.999, 3];
  while (high - low > 1e-9) {
    const step = ratio * (high - low);
    if (at(high - step) < at(low + step)) high = low + step;
    else low = high - step;
  }
  return (low + high) / 2;
}
