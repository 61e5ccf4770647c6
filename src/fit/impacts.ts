import { parameterIndex } from "../model/parameters.js";
import type { BestFit, FreeParameter } from "./best-fit.js";
import { ChiSquare } from "./chi-square.js";
import { holdNuisances } from "./hold.js";
import { multistartFit } from "./multistart.js";
import type { Uncertainty } from "./uncertainty.js";

/** What one nuisance does to the parameters of interest. */
export interface Impact {
  readonly nuisance: string;
  /** Value at the minimum and standard deviation there. */
  readonly value: number;
  readonly sigma: number;
  /** Width of its prior; null: free. */
  readonly prior: number | null;
  /** Shift of each free parameter with the nuisance held one standard deviation up, or down. */
  readonly up: readonly number[];
  readonly down: readonly number[];
}

/**
 * The ranking of nuisances: each is held one post-fit standard deviation above and below its fitted
 * value, and all else fitted again.
 * @returns the largest shift of the first free parameter first
 */
export function nuisanceImpacts(
  chi2: ChiSquare,
  best: BestFit,
  free: readonly FreeParameter[],
  { names, values, sigmas }: Uncertainty,
): Impact[] {
  const { analysis, datasets } = chi2;
  const shift = (name: string, at: number): number[] => {
    const held = new ChiSquare(holdNuisances(analysis, { [name]: at }), datasets);
    const { parameters } = multistartFit(held, best.parameters, free, 0);
    return free.map((parameter) => {
      const index = parameterIndex(parameter.name);
      return parameters[index] - best.parameters[index];
    });
  };
  const impacts = analysis.description.nuisances.flatMap(({ name, sigma, lower, upper }) => {
    const at = names.indexOf(name, free.length);
    if (at < 0 || !(sigmas[at] > 0)) return [];
    const [value, width] = [values[at], sigmas[at]];
    return {
      nuisance: name,
      value,
      sigma: width,
      prior: sigma,
      up: shift(name, Math.min(value + width, upper)),
      down: shift(name, Math.max(value - width, lower)),
    };
  });
  const size = ({ up, down }: Impact) => Math.max(Math.abs(up[0]), Math.abs(down[0]));
  return impacts.sort((a, b) => size(b) - size(a));
}
