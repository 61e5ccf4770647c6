/** Powers of ten that are exact doubles. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const DIGITS = 12;
/** How near to the middle of two 12-digit numbers a scaled one may be for rounding to be certain. */
const CERTAIN = 1e-2;

/** A number to 12 significant digits, as short as that allows; `inf` where χ² has no bound. */
export function csvNumber(value: number): string {
  if (value >= 1e-4 && value < 1e12) return plainNumber(value);
  if (Number.isFinite(value)) return String(Number(value.toPrecision(DIGITS)));
  return value > 0 ? "inf" : String(value);
}

/** The same without the general conversions, of which a grid's file may need millions. */
function plainNumber(value: number): string {
  let magnitude = 0;
  while (magnitude < DIGITS && value >= POWERS[magnitude]) magnitude++;
  let leading = 0;
  while (magnitude === 0 && value * POWERS[leading + 1] < 1) leading++;
  // value = digits / 10^decimals with 12 digits.
  let decimals = DIGITS - magnitude + leading;
  const scaled = value * POWERS[decimals];
  let digits = Math.round(scaled);
  const middle = Math.abs(scaled - digits);
  if (Math.abs(middle - 0.5) < CERTAIN || digits >= POWERS[DIGITS]) {
    return String(Number(value.toPrecision(DIGITS)));
  }
  while (decimals > 0 && digits % 10 === 0) {
    digits /= 10;
    decimals--;
  }
  if (decimals === 0) return String(digits);
  const whole = Math.floor(digits / POWERS[decimals]);
  const rest = digits - whole * POWERS[decimals];
  return `${whole}.${String(rest).padStart(decimals, "0")}`;
}
