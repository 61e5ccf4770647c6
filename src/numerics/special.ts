/**
 * Special functions (Cephes, compiled to WebAssembly) with their limits: far tails return 0, never
 * an underflow error.
 */
import { chdtrc, chdtri, compiled, erfc as erfcOfCephes, erf as erfOfCephes, lgam } from "cephes";

await compiled;

/** e^{-LARGEST_EXPONENT} is the smallest normal double. */
const LARGEST_EXPONENT = 708;

/** erf x = 2/√π ∫₀ˣ e^{−t²} dt, relative error below 1e-15. */
export function erf(x: number): number {
  return Math.abs(x) > 6 ? Math.sign(x) : erfOfCephes(x);
}

/** 1 − erf x without cancellation: relative error below 2e-15, 0 where it would be subnormal. */
export function erfc(x: number): number {
  if (x > 26.5) return 0;
  return x < -6 ? 2 : erfcOfCephes(x);
}

/** ln |Γ(x)|, relative error below 1e-15 away from its zeros; +∞ at 0, −1, −2, … */
export function logGamma(x: number): number {
  if (x <= 0 && Number.isInteger(x)) return Number.POSITIVE_INFINITY;
  return lgam(x);
}

/** ln of x · p(x), with p the density of χ². */
function logMass(x: number, dof: number): number {
  return (dof / 2) * Math.log(x / 2) - x / 2 - logGamma(dof / 2);
}

/** The probability density of χ² at x > 0 for `dof` degrees of freedom. */
export function chi2Density(x: number, dof: number): number {
  return Math.exp(logMass(x, dof)) / x;
}

/** P(χ² > x) for `dof` degrees of freedom. */
export function chi2Survival(x: number, dof: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (logMass(x, dof) < -LARGEST_EXPONENT) return x > dof ? 0 : 1;
  return chdtrc(dof, x);
}

/** The x with P(χ² > x) = tail, for 1e-100 ≤ tail ≤ 1: relative error below 1e-13. */
export function chi2QuantileOfTail(tail: number, dof: number): number {
  return tail === 1 ? 0 : chdtri(dof, tail);
}

/** The x with P(χ² ≤ x) = p. Near p = 1 prefer {@link chi2QuantileOfTail}, which keeps the digits. */
export function chi2Quantile(p: number, dof: number): number {
  return chi2QuantileOfTail(1 - p, dof);
}

/** P(|z| ≤ n) of a normal variable: 0.6827 for n = 1. */
export function sigmaToProbability(sigma: number): number {
  return erf(sigma / Math.SQRT2);
}

/** P(|z| > n) of a normal variable, exact where 1 − {@link sigmaToProbability} has no digits left. */
export function sigmaToTail(sigma: number): number {
  return erfc(sigma / Math.SQRT2);
}
