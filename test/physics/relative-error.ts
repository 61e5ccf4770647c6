/** |actual − expected| / |expected|, with the magnitude of `expected` never below `floor`. */
export function relativeError(actual: number, expected: number, floor = 0): number {
  if (actual === expected) return 0;
  return Math.abs(actual - expected) / Math.max(Math.abs(expected), floor);
}

/** The largest of them over two lists of one length. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 0) {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...Array.from(actual, (x, i) => relativeError(x, expected[i], floor)));
}
