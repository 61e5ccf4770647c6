/** A quadrature rule: ∫ f ≈ Σ w_i f(x_i). */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, Quadrature>();

/** Gauss–Legendre rule of the given order on [−1, 1], by Newton's iteration on P_n. */
export function gaussLegendre(order: number): Quadrature {
  const known = rules.get(order);
  if (known) return known;
  const nodes = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
    let slope = 0;
    for (let step = 0; step < 100; step++) {
      let [previous, value] = [1, x];
      for (let n = 2; n <= order; n++) {
        [previous, value] = [value, ((2 * n - 1) * x * value - (n - 1) * previous) / n];
      }
      slope = (order * (x * value - previous)) / (x * x - 1);
      const dx = value / slope;
      x -= dx;
      if (Math.abs(dx) < 1e-16) break;
    }
    nodes[order - 1 - i] = x;
    weights[order - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  const rule = { nodes, weights };
  rules.set(order, rule);
  return rule;
}

/**
 * Composite Gauss–Legendre rule over consecutive breakpoints (ascending), each interval cut into
 * `panels` equal parts: put a breakpoint wherever the integrand has a kink.
 */
export function compositeRule(
  breakpoints: readonly number[],
  panels: number,
  order = 16,
): Quadrature {
  const base = gaussLegendre(order);
  const intervals = breakpoints.length - 1;
  const nodes = new Float64Array(intervals * panels * order);
  const weights = new Float64Array(nodes.length);
  let at = 0;
  for (let interval = 0; interval < intervals; interval++) {
    const width = (breakpoints[interval + 1] - breakpoints[interval]) / panels;
    for (let panel = 0; panel < panels; panel++) {
      const middle = breakpoints[interval] + (panel + 0.5) * width;
      for (let i = 0; i < order; i++, at++) {
        nodes[at] = middle + 0.5 * width * base.nodes[i];
        weights[at] = 0.5 * width * base.weights[i];
      }
    }
  }
  return { nodes, weights };
}

/** ∫ f over [from, to] by a composite Gauss–Legendre rule. */
export function integrate(
  f: (x: number) => number,
  from: number,
  to: number,
  panels = 1,
  order = 16,
): number {
  const { nodes, weights } = compositeRule([from, to], panels, order);
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) sum += weights[i] * f(nodes[i]);
  return sum;
}
