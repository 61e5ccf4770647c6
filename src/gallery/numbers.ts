/** Digits of numbers in figure data: far beyond what a figure shows, and short enough to read. */
const DIGITS = 8;
/** What Δχ² of a polished minimum may be off; below it, zero is meant. */
const ZERO = 1e-12;

/** A number to 8 significant digits. */
export function rounded(value: number): number {
  return Math.abs(value) < ZERO ? 0 : Number(value.toPrecision(DIGITS));
}

/** Rounded text of any value; `inf` where there is no bound. */
export function numberText(value: number): string {
  if (Number.isFinite(value)) return String(rounded(value));
  return value > 0 ? "inf" : String(value);
}
