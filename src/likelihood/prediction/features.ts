import type { LikelihoodDescription, Term } from "../description.js";

/**
 * The charges of some terms as one bounded variable per neutrino flavour,
 *
 *   g_ℓ = v_ℓ / (1 + Σ v),  v_ℓ = Σ_{c ∈ ℓ} weights_ℓc q_c,
 *
 * with v the signal of flavour ℓ in units of the reference signal of all flavours. 1 + θ of a signal's
 * norm falls like 1/(1 + Σ v), so that profiles are smooth in g from no signal to an infinite one.
 */
export interface Features {
  /** [flavours × charges of the description] */
  readonly weights: readonly Float64Array[];
}

/** @param reference charges at which Σ v = 1, e.g. those of the Standard Model */
export function features(
  description: LikelihoodDescription,
  terms: readonly Term[],
  signalOf: (term: Term) => readonly Float64Array[],
  reference: Float64Array,
): Features {
  const totals = new Float64Array(description.charges.length);
  for (const term of terms) {
    signalOf(term).forEach((row, c) => {
      totals[term.charges[c]] += row.reduce((sum, count) => sum + count, 0);
    });
  }
  const all = totals.reduce((sum, total, c) => sum + total * reference[c], 0);
  const flavours = (["e", "mu"] as const).map((flavour) =>
    totals.map((total, c) =>
      description.charges[c].flavour === flavour && all > 0 ? total / all : 0,
    ),
  );
  return { weights: flavours.filter((row) => row.some((weight) => weight > 0)) };
}

/** Writes g [flavours]; returns 1 − Σ g = 1/(1 + Σ v). */
export function evaluateFeatures({ weights }: Features, charges: Float64Array, g: Float64Array) {
  let sum = 1;
  weights.forEach((row, flavour) => {
    let v = 0;
    for (let c = 0; c < row.length; c++) v += row[c] * charges[c];
    g[flavour] = v;
    sum += v;
  });
  for (let flavour = 0; flavour < g.length; flavour++) g[flavour] /= sum;
  return 1 / sum;
}

/**
 * Charges at Chebyshev points of the sum of g and of its shares, borders included: where to know a
 * function well enough to fit it. Within a flavour the charges keep the proportions of the reference.
 */
export function nodeCharges(
  { weights }: Features,
  reference: Float64Array,
  count: number,
): Float64Array[] {
  const points = Array.from({ length: count + 1 }, (_, i) => {
    return (1 - Math.cos((Math.PI * i) / count)) / 2;
  });
  const own = weights.map((row) => row.reduce((sum, weight, c) => sum + weight * reference[c], 0));
  const nodes: Float64Array[] = [];
  for (const sum of points) {
    // At g = 1 the signal is infinite; this is as near as matters.
    const strength = sum / Math.max(1 - sum, 5e-4);
    const shares = weights.length === 1 || sum === 0 ? [1] : points;
    for (const share of shares) {
      const scale = weights.map((_, flavour) => {
        return (strength * (flavour === 0 ? share : 1 - share)) / own[flavour];
      });
      const charges = reference.map((charge, c) =>
        weights.reduce((q, row, flavour) => (row[c] > 0 ? scale[flavour] * charge : q), 0),
      );
      nodes.push(charges);
    }
  }
  return nodes;
}
