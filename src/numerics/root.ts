import { NumericalError } from "../errors.js";

const EPSILON = Number.EPSILON;

/**
 * The root of f between a and b, where f changes sign (Brent 1973, chapter 4: inverse quadratic
 * interpolation guarded by bisection).
 * @param tolerance absolute, on the root; 2 ulp of the root are always added
 * @throws NumericalError `no-bracket` where f(a) and f(b) have the same sign, or are NaN
 */
export function brentRoot(f: (x: number) => number, a: number, b: number, tolerance = 0): number {
  let [previous, fPrevious] = [a, f(a)];
  let [best, fBest] = [b, f(b)];
  if (!(Math.sign(fPrevious) * Math.sign(fBest) <= 0)) {
    throw new NumericalError(
      "no-bracket",
      `No root is enclosed by ${a} and ${b}: the function is ${fPrevious} and ${fBest} there. Widen the interval.`,
      { a, b, fa: fPrevious, fb: fBest },
    );
  }
  // The root lies between best and opposite; |f(best)| is the smaller.
  let [opposite, fOpposite] = [previous, fPrevious];
  let step = best - previous;
  let stepBefore = step;
  while (fBest !== 0) {
    if (Math.sign(fBest) === Math.sign(fOpposite)) {
      [opposite, fOpposite] = [previous, fPrevious];
      step = best - previous;
      stepBefore = step;
    }
    if (Math.abs(fOpposite) < Math.abs(fBest)) {
      [previous, fPrevious] = [best, fBest];
      [best, fBest] = [opposite, fOpposite];
      [opposite, fOpposite] = [previous, fPrevious];
    }
    const half = (opposite - best) / 2;
    const resolution = 2 * EPSILON * Math.abs(best) + tolerance / 2;
    if (Math.abs(half) <= resolution) break;
    let interpolated = Number.NaN;
    if (Math.abs(stepBefore) >= resolution && Math.abs(fPrevious) > Math.abs(fBest)) {
      const s = fBest / fPrevious;
      if (previous === opposite) {
        interpolated = (2 * half * s) / (s - 1);
      } else {
        const q = fPrevious / fOpposite;
        const r = fBest / fOpposite;
        const numerator = s * (2 * half * q * (q - r) - (best - previous) * (r - 1));
        interpolated = -numerator / ((q - 1) * (r - 1) * (s - 1));
      }
    }
    const t = interpolated / half;
    const accepted =
      t > 0 &&
      t < 1.5 - resolution / (2 * Math.abs(half)) &&
      Math.abs(interpolated) < Math.abs(stepBefore) / 2;
    stepBefore = accepted ? step : half;
    step = accepted ? interpolated : half;
    [previous, fPrevious] = [best, fBest];
    best += Math.abs(step) > resolution ? step : Math.sign(half) * resolution;
    fBest = f(best);
  }
  return best;
}

/**
 * A minimum of f between a and b (Brent 1973, chapter 5: parabolas guarded by golden section); the
 * only one if f is unimodal there. The ends themselves are candidates.
 * @param tolerance relative, on x: below 1e-8 f cannot tell points apart
 */
export function brentMinimum(
  f: (x: number) => number,
  a: number,
  b: number,
  tolerance = 1e-8,
): { readonly x: number; readonly value: number } {
  const golden = (3 - Math.sqrt(5)) / 2;
  let [low, high] = a < b ? [a, b] : [b, a];
  const ends = [low, high].map((x) => ({ x, value: f(x) }));
  const floor = tolerance * (high - low);
  let x = low + golden * (high - low);
  let fx = f(x);
  // Second and third best points so far.
  let [w, fw, v, fv] = [x, fx, x, fx];
  let [step, stepBefore] = [0, 0];
  for (;;) {
    const middle = (low + high) / 2;
    const resolution = tolerance * Math.abs(x) + floor + Number.MIN_VALUE;
    if (Math.abs(x - middle) <= 2 * resolution - (high - low) / 2) break;
    const r = (x - w) * (fx - fv);
    const q = (x - v) * (fx - fw);
    const parabola = -((x - v) * q - (x - w) * r) / (2 * (q - r));
    const inside = x + parabola > low && x + parabola < high;
    if (inside && Math.abs(parabola) < Math.abs(stepBefore) / 2) {
      [stepBefore, step] = [step, parabola];
      if (x + step - low < 2 * resolution || high - x - step < 2 * resolution) {
        step = x < middle ? resolution : -resolution;
      }
    } else {
      stepBefore = x < middle ? high - x : low - x;
      step = golden * stepBefore;
    }
    const u = x + (Math.abs(step) >= resolution ? step : Math.sign(step) * resolution);
    const fu = f(u);
    if (fu <= fx) {
      if (u < x) high = x;
      else low = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) low = u;
      else high = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return [...ends, { x, value: fx }].reduce((best, end) => (end.value < best.value ? end : best));
}
