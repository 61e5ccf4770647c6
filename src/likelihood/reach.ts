import type { Observations, Term } from "./description.js";

/** Data part of a pure signal, Σ (q T)²/σ², up to which a difference of such sums keeps 1e-5 of χ². */
const LARGEST_SUM = 1e10;

/**
 * Largest squared charge for which compressed Gaussian terms keep their digits: χ² is there the
 * difference of sums that grow as q², and beyond it the bins have to be summed one by one.
 */
export function compressionReach(terms: readonly Term[], observations: Observations): number {
  let largest = 0;
  for (const { name, bins, signal } of terms) {
    const { variance } = observations[name];
    if (!variance) continue;
    for (let row = 0; row < signal.length; row += bins) {
      let sum = 0;
      for (let bin = 0; bin < bins; bin++) sum += signal[row + bin] ** 2 / variance[bin];
      largest = Math.max(largest, sum);
    }
  }
  return Math.sqrt(LARGEST_SUM / largest);
}
