import { liao2024 } from "../../../src/analysis/liao-2024/index.js";
import type { EngineProblem, PointList } from "../../../src/engine/engine.js";
import { standardModelPoint } from "../../../src/model/parameters.js";

/** The analysis of L24 with its five combinations. */
export function realProblem(options: Record<string, unknown> = {}): EngineProblem {
  const { description, observations } = liao2024.compile(options);
  const sums = [["csi"], ["lar"], ["ge"], ["csi", "lar"], ["csi", "lar", "ge"]];
  const combinations = sums.map((datasets) => ({ name: datasets.join("+"), datasets }));
  return { description, observations, combinations, base: standardModelPoint() };
}

export const couplings = ["ee", "mumu", "emu", "etau", "mutau"].flatMap((pair) => [
  `eps_${pair}_u`,
  `eps_${pair}_d`,
]);

/** Points at random couplings up to `size`, each of them zero in half of the points. */
export function randomPoints(count: number, size: number, random: () => number): PointList {
  const coupling = () => (random() < 0.5 ? 0 : size * (2 * random() - 1));
  const values = Float64Array.from({ length: count * couplings.length }, coupling);
  return { kind: "list", names: couplings, values };
}

/** SPEC's measure of how far χ² is off: at most 1 is what it allows. */
export function worstError(
  chi2: Float64Array,
  exact: Float64Array,
  width: number,
): { error: number; point: number } {
  let worst = { error: 0, point: -1 };
  for (let k = 0; k < width; k++) {
    let best = Number.POSITIVE_INFINITY;
    for (let i = k; i < exact.length; i += width) best = Math.min(best, exact[i]);
    for (let i = k; i < exact.length; i += width) {
      if (chi2[i] === exact[i]) continue; // also infinities
      const allowed = exact[i] - best <= 50 ? 1e-3 : 1e-5 * exact[i];
      const error = Math.abs(chi2[i] - exact[i]) / allowed;
      if (!(error <= worst.error)) worst = { error, point: Math.floor(i / width) };
    }
  }
  return worst;
}
