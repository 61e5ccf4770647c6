import type { SignalOptions } from "../../experiments/recoils.js";
import type { SignalTemplates } from "../../experiments/templates.js";
import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
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

/** Counts per bin in the SM, [bins], of templates at exponent 2 alone. */
export function standardModelCounts({ charges, bins, values }: SignalTemplates): Float64Array {
  const squared = new Float64Array(charges.length);
  chargeModel(charges).fill(standardModelPoint(), squared);
  const counts = new Float64Array(bins);
  values.forEach((template, i) => {
    counts[i % bins] += squared[Math.floor(i / bins)] * template;
  });
  return counts;
}
