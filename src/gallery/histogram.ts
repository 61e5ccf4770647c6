/** Counts of values in low ≤ value < high. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

const FEWEST_BINS = 8;
const MOST_BINS = 36;
/** Values further out than this many times what is to be shown are left out. */
const FURTHEST = 2.5;

/** The largest of 1, 2, 5 × 10ᵏ that is no more than `width`. */
function roundBelow(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width) + 1e-12);
  const factor = [5, 2, 1].find((f) => f * power <= width * (1 + 1e-12)) ?? 1;
  return Number((factor * power).toPrecision(3));
}

/**
 * A histogram from 0 with bins of a round width: the more values, the narrower.
 * @param values non-negative
 * @param shown what the histogram reaches at least
 */
export function histogram(values: readonly number[], shown: number): Bin[] {
  const furthest = FURTHEST * shown;
  const inside = values.filter((value) => value <= furthest);
  const end = Math.max(1.08 * shown, ...inside.map((value) => value));
  const wanted = Math.min(Math.max(2 * values.length ** 0.4, FEWEST_BINS), MOST_BINS);
  const width = roundBelow((1.6 * end) / wanted);
  const counts = new Array<number>(Math.floor(end / width) + 1).fill(0);
  for (const value of inside) counts[Math.floor(value / width)]++;
  const edge = (i: number) => Number((i * width).toPrecision(12));
  return counts.map((count, i) => ({ low: edge(i), high: edge(i + 1), count }));
}
