import type { SharedScale } from "./table.js";

/**
 * What turns values at the nodes 1 + φ = (1 + φ₀) exp(step · j), |j| ≤ reach, into the polynomial through
 * them in y = (1 + φ)/(1 + φ₀) − 1: coefficient p = Σ_j stencil[p, j] value_j.
 * @returns [nodes × nodes], row-major
 */
export function scaleStencil({ step, reach }: Pick<SharedScale, "step" | "reach">): Float64Array {
  const size = 2 * reach + 1;
  const y = Float64Array.from({ length: size }, (_, j) => Math.expm1(step * (j - reach)));
  const result = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    // Lagrange's polynomial of node j, multiplied out.
    let polynomial = [1];
    for (let k = 0; k < size; k++) {
      if (k === j) continue;
      const gap = y[j] - y[k];
      const next = new Array<number>(polynomial.length + 1).fill(0);
      polynomial.forEach((value, p) => {
        next[p] -= (value * y[k]) / gap;
        next[p + 1] += value / gap;
      });
      polynomial = next;
    }
    polynomial.forEach((value, p) => {
      result[p * size + j] = value;
    });
  }
  return result;
}

/** Steps of Newton's method from the vertex of a parabola: the value is right to rounding. */
const NEWTON = 3;

/**
 * The minimum of polynomial and prior between the neighbours of the lowest node.
 * @param sums Σ_d χ²_d at the nodes m₀ − reach … m₀ + reach
 * @param stencil of {@link scaleStencil}
 * @param centre 1 + φ at m₀
 */
export function scaleMinimum(
  { sigma, measured, step, reach }: SharedScale,
  stencil: Float64Array,
  sums: Float64Array,
  centre: number,
): number {
  const size = 2 * reach + 1;
  const c = new Float64Array(size);
  for (let p = 0; p < size; p++) {
    for (let j = 0; j < size; j++) c[p] += stencil[p * size + j] * sums[j];
  }
  // The prior is a parabola in y too.
  const off = centre - 1 - measured;
  const per = 1 / (sigma * sigma);
  c[0] += off * off * per;
  c[1] += 2 * off * centre * per;
  c[2] += centre * centre * per;
  const [low, high] = [Math.expm1(-step), Math.expm1(step)];
  const within = (y: number) => Math.min(Math.max(y, low), high);
  let y = c[2] > 0 ? within(-c[1] / (2 * c[2])) : 0;
  for (let i = 0; i < NEWTON; i++) {
    let [slope, bend] = [0, 0];
    for (let p = size - 1; p > 0; p--) {
      slope = slope * y + p * c[p];
      if (p > 1) bend = bend * y + p * (p - 1) * c[p];
    }
    if (bend > 0) y = within(y - slope / bend);
  }
  let value = 0;
  for (let p = size - 1; p >= 0; p--) value = value * y + c[p];
  return Math.min(value, c[0]);
}
