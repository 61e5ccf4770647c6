import { addScaled, choleskyFactor, dot, forwardSubstitute } from "../numerics/linear-algebra.js";
import type { Nuisance } from "./description.js";
import type { TermTemplates } from "./templates.js";

/**
 * Whether a nuisance can be marginalised before the charges are known: only this term feels it, it
 * does not act on the signal, and no bound can stop it.
 */
export function isSeparable(nuisance: Nuisance, shared: boolean, touchesSignal: boolean): boolean {
  const { lower, upper } = nuisance;
  return !shared && !touchesSignal && lower === -Infinity && upper === Infinity;
}

/** Nuisances of a description and, where they are not 0, the measurements that their priors are. */
export interface Priors {
  readonly nuisances: readonly Nuisance[];
  readonly auxiliary?: Float64Array | undefined;
}

/** A Gaussian term with its bins in units of σ. */
export interface Whitened {
  /** Nuisances (of the term) that are kept. */
  readonly kept: readonly number[];
  readonly whiten: (row: Float64Array) => Float64Array;
  /**
   * What separable nuisances can take up: products of vectors, with those nuisances projected out, are
   * x·y − Σ_d (d·x)(d·y) over these directions d, each [bins].
   */
  readonly directions: readonly Float64Array[];
}

/**
 * N − B of a Gaussian term, with separable nuisances as measured, so that their priors are centred.
 * @param index of the term's nuisances in the joint profile, undefined for separable ones
 */
export function excessCounts(
  templates: TermTemplates,
  counts: Float64Array,
  auxiliary: Float64Array | undefined,
  index: readonly (number | undefined)[],
): Float64Array {
  const excess = counts.map((count, b) => count - templates.background[b]);
  index.forEach((at, j) => {
    const row = templates.constant[j];
    if (at === undefined && row) {
      addScaled(excess, -(auxiliary?.[templates.nuisances[j]] ?? 0), row);
    }
  });
  return excess;
}

/**
 * Marginalises in advance what can be.
 * @param index of the term's nuisances in the joint profile, undefined for separable ones
 */
export function whitened(
  templates: TermTemplates,
  inverseVariance: Float64Array,
  { nuisances }: Priors,
  index: readonly (number | undefined)[],
): Whitened {
  const kept = [...index.keys()].filter((j) => index[j] !== undefined);
  const separable = [...index.keys()].filter((j) => index[j] === undefined);
  const root = inverseVariance.map(Math.sqrt);
  const whiten = (row: Float64Array) => row.map((value, b) => value * root[b]);
  const zero = new Float64Array(templates.bins);
  const rows = separable.map((j) => templates.constant[j] ?? zero);
  const sigmas = separable.map((j) => nuisances[templates.nuisances[j]].sigma);
  return { kept, whiten, directions: orthogonalised(rows.map(whiten), sigmas) };
}

/** Directions along whitened rows, each held by its prior 1/σ² (none: free): the rows times L⁻¹. */
function orthogonalised(
  rows: readonly Float64Array[],
  sigmas: readonly (number | null)[],
): Float64Array[] {
  const n = rows.length;
  const normal = new Float64Array(n * n);
  rows.forEach((row, i) => {
    for (let k = 0; k <= i; k++) normal[i * n + k] = dot(row, rows[k]);
    const sigma = sigmas[i];
    if (sigma !== null) normal[i * n + i] += 1 / (sigma * sigma);
  });
  choleskyFactor(normal, n);
  const directions = rows.map((row) => new Float64Array(row.length));
  const column = new Float64Array(n);
  for (let b = 0; b < (rows[0]?.length ?? 0); b++) {
    for (let i = 0; i < n; i++) column[i] = rows[i][b];
    forwardSubstitute(normal, n, column);
    for (let i = 0; i < n; i++) directions[i][b] = column[i];
  }
  return directions;
}
