import { analysisNamed } from "../../src/analysis/registry.js";
import { BOUND } from "../../src/engine/bound.js";
import type { EngineProblem, PointList } from "../../src/engine/engine.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../../src/model/parameters.js";

/** An analysis with every combination that the paper's figures have, or its one data set. */
export function analysisProblem(
  name: string,
  options: Record<string, unknown> = {},
  exponent = 2,
): EngineProblem {
  const { description, observations, datasets } = analysisNamed(name).compile(options, exponent);
  const sums =
    datasets.length === 1
      ? [datasets]
      : [["csi"], ["lar"], ["ge"], ["csi", "lar"], ["csi", "lar", "ge"]];
  const combinations = sums.map((chosen) => ({ name: chosen.join("+"), datasets: chosen }));
  return { description, observations, combinations, base: standardModelPoint() };
}

/** The same with every Poisson bin empty. */
export function withoutEvents(problem: EngineProblem): EngineProblem {
  const { terms } = problem.description;
  const observations = Object.fromEntries(
    terms.map(({ name, statistic }) => {
      const { counts, ...rest } = problem.observations[name];
      const empty = statistic === "poisson" ? new Float64Array(counts.length) : counts;
      return [name, { counts: empty, ...rest }];
    }),
  );
  return { ...problem, observations };
}

export const couplings = ["ee", "mumu", "emu", "etau", "mutau"].flatMap((pair) => [
  `eps_${pair}_u`,
  `eps_${pair}_d`,
]);

/** Points that name what differs from the Standard Model. */
export function listOf(points: readonly Readonly<Record<string, number>>[]): PointList {
  const names = [...new Set(points.flatMap((point) => Object.keys(point)))];
  const standard = (name: string) => PARAMETERS[parameterIndex(name)].standardModel;
  const values = points.flatMap((point) => names.map((name) => point[name] ?? standard(name)));
  return { kind: "list", names, values: Float64Array.from(values) };
}

/** Points at random couplings up to `size`, each of them zero in half of the points. */
export function randomPoints(count: number, size: number, random: () => number): PointList {
  const coupling = () => (random() < 0.5 ? 0 : size * (2 * random() - 1));
  const values = Float64Array.from({ length: count * couplings.length }, coupling);
  return { kind: "list", names: couplings, values };
}

/**
 * SPEC's measure of how far χ² is off: at most 1 is what it allows.
 * @param lowest by combination: a χ² that is known besides, and may be lower than these
 */
export function worstError(
  chi2: Float64Array,
  exact: Float64Array,
  width: number,
  lowest?: Float64Array,
): { error: number; point: number } {
  let worst = { error: 0, point: -1 };
  for (let k = 0; k < width; k++) {
    let best = lowest?.[k] ?? Number.POSITIVE_INFINITY;
    for (let i = k; i < exact.length; i += width) best = Math.min(best, exact[i]);
    for (let i = k; i < exact.length; i += width) {
      if (chi2[i] === exact[i]) continue; // also infinities
      const allowed = exact[i] - best <= BOUND.within ? BOUND.absolute : BOUND.relative * exact[i];
      const error = Math.abs(chi2[i] - exact[i]) / allowed;
      if (!(error <= worst.error)) worst = { error, point: Math.floor(i / width) };
    }
  }
  return worst;
}
