import { interval } from "../contour/intervals.js";
import { parameterIndex } from "../model/parameters.js";
import { type BestFit, bestFit, type FreeParameter } from "./best-fit.js";
import type { ChiSquare } from "./chi-square.js";

/** The profile interval of one parameter: where χ² has risen by `deltaChi2`. */
export interface ParameterInterval {
  readonly name: string;
  readonly value: number;
  /** null: the end of the parameter's range comes first. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * The interval of each free parameter, the other free ones profiled along the way. Where several minima
 * are below the level, it is the connected interval around the best fit.
 * @param deltaChi2 rise of χ², 1 for 1σ
 */
export function parameterIntervals(
  chi2: ChiSquare,
  best: BestFit,
  free: readonly FreeParameter[],
  deltaChi2: number,
): ParameterInterval[] {
  return free.map((parameter, i) => {
    const index = parameterIndex(parameter.name);
    const others = free.filter((_, j) => j !== i);
    const profile = (value: number): number => {
      const at = best.parameters.slice();
      at[index] = value;
      return bestFit(chi2, at, others, 0).chi2;
    };
    const value = best.parameters[index];
    const width = Math.sqrt(best.covariance[i * free.length + i]);
    const { lower, upper } = interval(
      profile,
      value,
      deltaChi2,
      [parameter.lower, parameter.upper],
      width > 0 ? width : (parameter.upper - parameter.lower) / 50,
    );
    return { name: parameter.name, value, lower, upper };
  });
}
