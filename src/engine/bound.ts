/**
 * How far χ² may be from the float64 reference (SPEC §5): 1e-3 where Δχ² ≤ 50 above the minimum, and
 * 1e-5 of itself beyond.
 */
export const BOUND = { absolute: 1e-3, within: 50, relative: 1e-5 } as const;

/** The largest deviations seen, of each kind. */
export interface Deviation {
  /** |Δχ²| of points within 50 of the minimum. */
  readonly absolute: number;
  /** |Δχ²|/χ² of the others. */
  readonly relative: number;
}

export const NO_DEVIATION: Deviation = { absolute: 0, relative: 0 };

/** @param lowest χ² of the combination's minimum */
export function deviation(value: number, reference: number, lowest: number): Deviation {
  // Both may be infinite, where the data cannot be explained.
  if (value === reference) return NO_DEVIATION;
  const difference = Math.abs(value - reference);
  const bad = Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY;
  return reference - lowest <= BOUND.within
    ? { absolute: bad, relative: 0 }
    : { absolute: 0, relative: Number.isFinite(bad) ? bad / Math.abs(reference) : bad };
}

export function larger(a: Deviation, b: Deviation): Deviation {
  return {
    absolute: Math.max(a.absolute, b.absolute),
    relative: Math.max(a.relative, b.relative),
  };
}

/** @param share of the bound that may be used up */
export function isWithinBound({ absolute, relative }: Deviation, share = 1): boolean {
  return absolute <= share * BOUND.absolute && relative <= share * BOUND.relative;
}
