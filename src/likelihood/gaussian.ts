/**
 * Gaussian χ² = Σ_b (N − μ)²/σ² of one term, and its derivatives by μ_b.
 *
 * @param mu expected counts, [bins]
 * @param counts observed counts, [bins]
 * @param inverseVariance 1/σ_b², [bins]
 * @param slope receives ∂χ²/∂μ_b, [bins]
 * @param weight receives ∂²χ²/∂μ_b², [bins]
 */
export function gaussianChi2(
  mu: Float64Array,
  counts: Float64Array,
  inverseVariance: Float64Array,
  slope: Float64Array,
  weight: Float64Array,
): number {
  let sum = 0;
  for (let b = 0; b < mu.length; b++) {
    const pull = (mu[b] - counts[b]) * inverseVariance[b];
    sum += pull * (mu[b] - counts[b]);
    slope[b] = 2 * pull;
    weight[b] = 2 * inverseVariance[b];
  }
  return sum;
}
