/**
 * Polynomial interpolation at Chebyshev points by the barycentric formula
 * (Berrut and Trefethen, SIAM Review 46 (2004) 501, eqs. 4.2 and 5.3): stable, and exact to rounding
 * for analytic functions once the nodes resolve them.
 */

/** The `count` Chebyshev points of the first kind on [lower, upper], ascending. */
export function chebyshevNodes(count: number, lower: number, upper: number): Float64Array {
  const middle = (lower + upper) / 2;
  const half = (upper - lower) / 2;
  return Float64Array.from(
    { length: count },
    (_, i) => middle - half * Math.cos(((2 * i + 1) * Math.PI) / (2 * count)),
  );
}

/** Barycentric weights of any distinct nodes, scaled by the nodes' capacity against overflow. */
export function barycentricWeights(nodes: Float64Array): Float64Array {
  const span = Math.max(...nodes) - Math.min(...nodes) || 1;
  return nodes.map((node) => {
    let product = 1;
    for (const other of nodes) if (other !== node) product *= ((node - other) * 4) / span;
    return 1 / product;
  });
}

/**
 * The cardinal values ℓ_i(x): the interpolant of any function is Σ_i ℓ_i(x) f(node_i).
 * They sum to one; at a node they pick it exactly.
 */
export function cardinalValues(
  nodes: Float64Array,
  weights: Float64Array,
  x: number,
): Float64Array {
  const hit = nodes.indexOf(x);
  if (hit >= 0) return nodes.map((_, i) => (i === hit ? 1 : 0));
  const values = nodes.map((node, i) => weights[i] / (x - node));
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}
