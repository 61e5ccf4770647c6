import { addScaled, choleskyFactor, dot, forwardSubstitute } from "../numerics/linear-algebra.js";
import type { Nuisance } from "./description.js";
import { type Expansion, tangentSignal } from "./expansion.js";
import type { Derivatives, Part } from "./part.js";
import { remember, type TermTemplates } from "./templates.js";

/**
 * Whether a nuisance can be marginalised before the charges are known: only this term feels it, it
 * does not act on the signal, and no bound can stop it.
 */
export function isSeparable(nuisance: Nuisance, shared: boolean, touchesSignal: boolean): boolean {
  const { lower, upper } = nuisance;
  return !shared && !touchesSignal && lower === -Infinity && upper === Infinity;
}

/** Nuisances of a description and, where they are not 0, the measurements that their priors are. */
interface Priors {
  readonly nuisances: readonly Nuisance[];
  readonly auxiliary?: Float64Array | undefined;
}

/**
 * A term with quadratic χ², compressed: the cost of a point does not depend on the number of bins.
 *
 * The residual N − B − S and the derivative ∂μ/∂θ_j of each nuisance kept are vectors
 * Σ_a X_a m_a with m = (1, q_1 … q_C). Their scalar products, weighted by 1/σ² and with the
 * separable nuisances projected out (Schur complement of their normal matrix), are quadratic
 * polynomials of q, so that χ² = c − 2 b·θ + θᵀ A θ with every entry one row of a table times the
 * monomials m_a m_b. Effects quadratic in θ are replaced by tangents (those of backgrounds left out):
 * exact only for terms without them.
 */
export class CompressedPart implements Part {
  readonly isQuadratic = true;
  private readonly monomials: Float64Array;
  /** The entries of the symmetric matrix [[c, b], [b, A]], rows 0 … kept, lower triangle. */
  private readonly entries: Float64Array;
  private readonly table: (familyValue: number) => Float64Array;

  /**
   * @param inverseVariance weights of the bins, [bins]
   * @param index of the term's nuisances in the joint profile, undefined for separable ones
   */
  constructor(
    private readonly templates: TermTemplates,
    counts: Float64Array,
    inverseVariance: Float64Array,
    { nuisances, auxiliary }: Priors,
    index: readonly (number | undefined)[],
    expansion: Expansion = { position: 0 },
  ) {
    const size = templates.term.charges.length + 1;
    const kept = [...index.keys()].filter((j) => index[j] !== undefined);
    const separable = [...index.keys()].filter((j) => index[j] === undefined);
    this.index = kept.map((j) => index[j] as number);
    this.monomials = new Float64Array((size * (size + 1)) / 2);
    this.entries = new Float64Array(((kept.length + 1) * (kept.length + 2)) / 2);

    const root = inverseVariance.map(Math.sqrt);
    const whiten = (row: Float64Array) => row.map((value, b) => value * root[b]);
    const zero = new Float64Array(templates.bins);
    const fixed = separable.map((j) => whiten(templates.constant[j] ?? zero));
    const sigmas = separable.map((j) => nuisances[templates.nuisances[j]].sigma);
    const project = projector(fixed, sigmas);
    // Separable nuisances count from what was measured of them, so that their priors are centred.
    const excess = counts.map((count, b) => count - templates.background[b]);
    for (const j of separable) {
      const measured = auxiliary?.[templates.nuisances[j]] ?? 0;
      addScaled(excess, -measured, templates.constant[j] ?? zero);
    }
    const residual = project(whiten(excess));
    const constants = kept.map((j) => project(whiten(templates.constant[j] ?? zero)));

    const build = (familyValue: number) => {
      const signal = tangentSignal(templates.signalAt(familyValue, expansion.position), expansion);
      const rows = [
        [residual, ...signal.counts.map((row) => project(whiten(row.map((value) => -value))))],
        ...kept.map((j, k) => {
          const { factor } = templates;
          const perCharge = signal.counts.map((row, c) => {
            const morph = signal.linear[j]?.[c];
            const shape = factor[j];
            return row.map((value, b) => (morph?.[b] ?? 0) + (shape ? shape[b] * value : 0));
          });
          return [constants[k], ...perCharge.map((row) => project(whiten(row)))];
        }),
      ];
      return scalarProducts(rows, size);
    };
    const remembered = remember(build);
    this.table = templates.hasFamily ? remembered : () => remembered(0);
  }

  private readonly index: readonly number[];

  setPoint(charges: Float64Array, familyValue: number): void {
    const { monomials, entries } = this;
    const { charges: own } = this.templates.term;
    const table = this.table(familyValue);
    let m = 0;
    for (let a = 0; a <= own.length; a++) {
      const first = a === 0 ? 1 : charges[own[a - 1]];
      monomials[m++] = first;
      for (let b = 1; b <= a; b++) monomials[m++] = first * charges[own[b - 1]];
    }
    for (let e = 0, t = 0; e < entries.length; e++) {
      let even = 0;
      let odd = 0;
      let i = 0;
      for (; i + 1 < m; i += 2, t += 2) {
        even += table[t] * monomials[i];
        odd += table[t + 1] * monomials[i + 1];
      }
      if (i < m) even += table[t++] * monomials[i];
      entries[e] = even + odd;
    }
  }

  addTo(theta: Float64Array, { n, gradient, hessian }: Derivatives): number {
    const { index, entries } = this;
    let chi2 = entries[0];
    for (let j = 0, e = 1; j < index.length; j++) {
      const a = index[j];
      const b = entries[e++];
      chi2 -= 2 * b * theta[a];
      gradient[a] -= 2 * b;
      for (let k = 0; k <= j; k++) {
        const product = 2 * entries[e++];
        const other = index[k];
        hessian[a * n + other] += product;
        gradient[a] += product * theta[other];
        if (k === j) {
          chi2 += 0.5 * product * theta[a] * theta[a];
        } else {
          hessian[other * n + a] += product;
          gradient[other] += product * theta[a];
          chi2 += product * theta[a] * theta[other];
        }
      }
    }
    return chi2;
  }
}

/** A whitened vector and its components along the separable nuisances. */
interface Projected {
  readonly row: Float64Array;
  readonly along: Float64Array;
}

/** Projects vectors off the separable nuisances, each held by its prior 1/σ² (none: free). */
function projector(fixed: readonly Float64Array[], sigmas: readonly (number | null)[]) {
  const n = fixed.length;
  const normal = new Float64Array(n * n);
  fixed.forEach((row, i) => {
    for (let k = 0; k <= i; k++) normal[i * n + k] = dot(row, fixed[k]);
    const sigma = sigmas[i];
    if (sigma !== null) normal[i * n + i] += 1 / (sigma * sigma);
  });
  choleskyFactor(normal, n);
  return (row: Float64Array): Projected => {
    const along = Float64Array.from(fixed, (direction) => dot(direction, row));
    forwardSubstitute(normal, n, along);
    return { row, along };
  };
}

/** [pairs of rows × monomials] of scalar products, pairs and monomials as lower triangles. */
function scalarProducts(rows: readonly (readonly Projected[])[], size: number): Float64Array {
  const product = (x: Projected, y: Projected) => dot(x.row, y.row) - dot(x.along, y.along);
  const values: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k <= i; k++) {
      for (let a = 0; a < size; a++) {
        for (let b = 0; b <= a; b++) {
          const cross = a === b ? 0 : product(rows[i][b], rows[k][a]);
          values.push(product(rows[i][a], rows[k][b]) + cross);
        }
      }
    }
  }
  return Float64Array.from(values);
}
