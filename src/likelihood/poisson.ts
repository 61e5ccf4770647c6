/** Below this fraction of N a bin is continued as a parabola, unless the minimum lies there. */
export const FLOOR = 1e-3;

/** Below |μ/N − 1| = 1/4 the deviance of a bin is summed as a series. */
const SERIES_LIMIT = 0.25;

/**
 * u − ln(1 + u), without cancellation: with s = u/(2 + u), ln(1 + u) = 2 atanh s, so that the
 * difference is s u − 2 (s³/3 + s⁵/5 + …). Nine terms reach rounding for |u| < 1/4.
 */
function deviance(u: number): number {
  if (u > SERIES_LIMIT || u < -SERIES_LIMIT) return u - Math.log(1 + u);
  const s = u / (2 + u);
  const z = s * s;
  const y = z * z;
  const low = 1 / 3 + z * (1 / 5) + y * (1 / 7 + z * (1 / 9));
  const high = 1 / 11 + z * (1 / 13) + y * (1 / 15 + z * (1 / 17) + y * (1 / 19));
  return s * (u - 2 * z * (low + y * y * high));
}

/**
 * Poisson χ² = 2 Σ_b (μ − N + N ln(N/μ)) of one term, and its derivatives by μ_b.
 *
 * So that a minimiser may look at any θ, a bin below `floor` · N continues as the parabola tangent
 * to it there, and an empty bin as 2μ also where μ < 0; {@link isPoissonDomain} tells whether the
 * minimum it found needs neither.
 *
 * @param mu expected counts, [bins]
 * @param counts observed counts N ≥ 0, [bins]
 * @param slope receives ∂χ²/∂μ_b, [bins]
 * @param weight receives ∂²χ²/∂μ_b² ≥ 0, [bins]
 */
export function poissonChi2(
  mu: Float64Array,
  counts: Float64Array,
  floor: number,
  slope: Float64Array,
  weight: Float64Array,
): number {
  let half = 0;
  for (let b = 0; b < mu.length; b++) {
    const n = counts[b];
    const m = mu[b];
    if (n === 0) {
      half += m;
      slope[b] = 2;
      weight[b] = 0;
    } else if (m >= floor * n) {
      const excess = m - n;
      const inverse = 1 / m;
      half += n * deviance(excess / n);
      slope[b] = 2 * excess * inverse;
      weight[b] = 2 * n * inverse * inverse;
    } else {
      const below = m / n - floor;
      const first = 1 - 1 / floor;
      const second = 1 / (floor * floor);
      half += n * (floor - 1 - Math.log(floor) + below * (first + 0.5 * below * second));
      slope[b] = 2 * (first + below * second);
      weight[b] = (2 * second) / n;
    }
  }
  return 2 * half;
}

/** Whether {@link poissonChi2} is the likelihood itself at these counts, nowhere a continuation. */
export function isPoissonDomain(mu: Float64Array, counts: Float64Array, floor: number): boolean {
  for (let b = 0; b < mu.length; b++) {
    if (counts[b] === 0 ? mu[b] < -1e-12 : mu[b] < floor * counts[b]) return false;
  }
  return true;
}
