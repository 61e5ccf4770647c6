import type { Nuisance } from "../likelihood/description.js";

/**
 * The norm α of a component, of which 1 + α is never negative.
 * @param symbol TeX
 * @param sigma width of its prior around 0
 */
export function positiveNorm(name: string, symbol: string, sigma: number): Nuisance {
  return { name, symbol, sigma, lower: -1, upper: Number.POSITIVE_INFINITY };
}
