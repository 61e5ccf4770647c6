import type { LinearPiece } from "./smearing.js";

/**
 * CsI's efficiency in the reconstructed light x (PE): a/(1 + e^{−b(x−c)}) + d, never below zero
 * (C22 eq. A7).
 */
export interface LogisticEfficiency {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

export function logisticEfficiency(curve: LogisticEfficiency, x: number): number {
  return Math.max(curve.a / (1 + Math.exp(-curve.b * (x - curve.c))) + curve.d, 0);
}

/** Where the curve starts to be positive, PE: a kink that integrals must know. */
export function logisticThreshold(curve: LogisticEfficiency): number {
  if (curve.d >= 0) return 0;
  return Math.max(curve.c - Math.log(curve.a / -curve.d - 1) / curve.b, 0);
}

/** CsI's efficiency in the reconstructed time t (μs): 1 before the onset, then e^{−decay (t − onset)}
 * (C22 eq. A1, onset a in μs, decay b in μs⁻¹). */
export interface TimeEfficiency {
  readonly onset: number;
  readonly decay: number;
}

export function timeEfficiency(curve: TimeEfficiency, t: number): number {
  return t < curve.onset ? 1 : Math.exp(-curve.decay * (t - curve.onset));
}

/**
 * The linear pieces, within [from, to], of a curve given by points: interpolated between them,
 * constant before the first and beyond the last (SPEC §2).
 */
export function linearPieces(
  x: readonly number[],
  y: readonly number[],
  from: number,
  to: number,
): LinearPiece[] {
  const valueAt = (at: number): number => {
    if (at <= x[0]) return y[0];
    const above = x.findIndex((point) => point >= at);
    if (above < 0) return y[y.length - 1];
    const fraction = (at - x[above - 1]) / (x[above] - x[above - 1]);
    return y[above - 1] + fraction * (y[above] - y[above - 1]);
  };
  const edges = [from, ...x.filter((point) => point > from && point < to), to];
  return edges.slice(0, -1).map((low, i) => {
    const high = edges[i + 1];
    const value = valueAt(low);
    return { from: low, to: high, value, slope: (valueAt(high) - value) / (high - low) };
  });
}
