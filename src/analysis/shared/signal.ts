import type { SignalOptions } from "../../experiments/recoils.js";
import { type FormFactorOptions, formFactor } from "../../physics/form-factor.js";

/**
 * Options of the signal by a factor on the form factor's radius, which an uncertainty of it varies.
 * @param exponents x of L24 eq. (9) at which templates are computed
 */
export function signalByRadius(
  { radiusScale = 1, ...rest }: FormFactorOptions,
  exponents: readonly number[],
): (radiusFactor?: number) => SignalOptions {
  return (radiusFactor = 1) => ({
    formFactor: formFactor({ ...rest, radiusScale: radiusScale * radiusFactor }),
    exponents,
  });
}
