import {
  type CurveMinimum,
  type CurveRange,
  curveMinima,
  curveRanges,
  settle,
} from "../contour/curve-features.js";
import { type CurveNode, cubicAt } from "../contour/hermite.js";
import { ProfileCurve } from "../contour/profile-curve.js";
import { NumericalError } from "../errors.js";
import type { ChiSquare } from "../fit/chi-square.js";
import type { FreeParameter } from "../fit/free-parameter.js";
import { landmarks } from "../fit/landmarks.js";
import { PARAMETERS, parameterIndex } from "../model/parameters.js";

/** χ² at the points of a scanned line, as an engine gave it. */
export interface GridLine {
  readonly x: Float64Array;
  readonly values: Float64Array;
}

/** Deviation of an engine's χ² from the exact one that no bound on its accuracy explains. */
const DEVIATION = 0.01;
/** How far below every exact value a value of the grid may lie: an engine's rounding (SPEC §5). */
const ROUNDING = 2e-3;

/**
 * The exact χ² along a scanned parameter, in float64: followed off the grid wherever it may be below a
 * height, so that neither minima nor gaps depend on the number of points.
 */
export class ExactLine {
  readonly #curve: ProfileCurve<CurveNode>;
  /** Whether the nuisances reach their minimum at a value. */
  readonly #isProfiled: (x: number) => boolean;
  #isCertain = true;

  /**
   * @param base the parameters that are not scanned, [PARAMETERS]
   * @param grid what the engine gave, held against the curve
   * @param rise Δχ² above the lowest point up to which the line is wanted
   * @throws NumericalError where the grid has a value below the curve's minimum
   */
  constructor(
    chi2: ChiSquare,
    base: Float64Array,
    axis: FreeParameter,
    grid: GridLine,
    rise: number,
  ) {
    const at = base.slice();
    const index = parameterIndex(axis.name);
    const gradient = new Float64Array(PARAMETERS.length);
    const evaluate = (x: number): CurveNode => {
      at[index] = x;
      const value = chi2.fall(at, gradient, axis.name === "exponent_x");
      return { x, value, slope: gradient[index] };
    };
    this.#isProfiled = (x) => {
      at[index] = x;
      return chi2.profile(at).converged;
    };
    const places = landmarks(chi2.analysis.description, base, axis);
    this.#curve = new ProfileCurve(evaluate, [axis.lower, axis.upper], places);
    this.follow(rise);
    if (this.#holdAgainst(grid, rise)) this.follow(rise);
    const lowest = Math.min(...grid.values);
    if (lowest >= this.#curve.lowest.value - ROUNDING) return;
    throw new NumericalError(
      "minimum-above-grid",
      `The minimum found along ${axis.name} (χ² ${this.#curve.lowest.value}) lies above a value of the grid (${lowest}): it is not the minimum. Please report this.`,
      { minimum: this.#curve.lowest.value, grid: lowest },
    );
  }

  /** Refines the curve wherever it may be below a height. @param rise above the lowest point */
  follow(rise: number): void {
    this.#curve.refine(rise);
    settle(this.#curve, this.#curve.lowest.value + rise);
  }

  /** Whether everything found so far is sure to be all that there is. */
  get isCertain(): boolean {
    return this.#isCertain && !this.#curve.isExhausted;
  }

  get lowest(): CurveNode {
    return this.#curve.lowest;
  }

  /** Values at which χ² was evaluated, ascending. */
  get nodes(): readonly CurveNode[] {
    return this.#curve.nodes;
  }

  /** Local minima below a height, lowest first; the lowest of all whatever its height. */
  minima(height: number): CurveMinimum[] {
    return curveMinima(this.#curve, Math.max(height, this.lowest.value));
  }

  /** Every range below a height, ascending. */
  ranges(height: number): readonly CurveRange[] {
    const { ranges, isCertain } = curveRanges(this.#curve, height);
    const ends = ranges.flatMap(({ lower, upper }) => [lower, upper]);
    this.#isCertain &&= isCertain && [...ends, this.lowest.x].every(this.#isProfiled);
    return ranges;
  }

  /** Makes nodes of grid points that the curve does not foretell. @returns whether there were any */
  #holdAgainst({ x, values }: GridLine, rise: number): boolean {
    const height = this.lowest.value + rise;
    let place = 0;
    const strange = x.filter((point, i) => {
      const { nodes } = this.#curve;
      while (place + 2 < nodes.length && nodes[place + 1].x < point) place++;
      const { value } = cubicAt(nodes[place], nodes[place + 1], point);
      return Math.min(value, values[i]) <= height && !(Math.abs(value - values[i]) <= DEVIATION);
    });
    for (const point of strange) this.#curve.at(point);
    return strange.length > 0;
  }
}
