import type { CompiledAnalysis } from "../analysis/analysis.js";
import type { Level } from "../contour/levels.js";
import { localMinima } from "../contour/minima.js";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import { NumericalError } from "../errors.js";
import { ChiSquare } from "../fit/chi-square.js";
import type { Combination } from "../likelihood/description.js";
import { parameterIndex } from "../model/parameters.js";
import { type AllowedInterval, allowedIntervals } from "./allowed-intervals.js";

/** A scan of one parameter that an engine has evaluated. */
export interface EvaluatedCurve {
  readonly analysis: CompiledAnalysis;
  readonly axis: GridAxis;
  readonly base: Float64Array;
  readonly combinations: readonly Combination[];
  /** [points × combinations]. */
  readonly chi2: Float64Array;
}

/** The allowed values at one level: all of them, as sign degeneracies make several intervals. */
export interface LevelIntervals {
  readonly level: string;
  readonly deltaChi2: number;
  /** Ascending; none in the separate reference where even the minimum lies above the level. */
  readonly intervals: readonly AllowedInterval[];
}

/** What the curve says of one combination. */
export interface CurveStudy {
  readonly combination: Combination;
  readonly reference: number;
  /** Local minima polished off the grid, lowest first. */
  readonly minima: readonly CurveMinimum[];
  /** [parameter, Δχ²] of every grid point and minimum, in order. */
  readonly points: readonly (readonly [number, number])[];
  readonly allowed: readonly LevelIntervals[];
}

interface CurveMinimum {
  readonly point: number;
  readonly value: number;
  /** Above the reference. */
  readonly deltaChi2: number;
}

/** The local minima of a combination, as those of a plane that is one line. */
function minimaOf(x: Float64Array, values: Float64Array, objective: (value: number) => number) {
  return localMinima({ x, y: [0], values }, ([value]) => objective(value));
}

/** Minima, Δχ² curve and intervals of every combination, Δχ² with one degree of freedom. */
export function studyCurve(
  evaluated: EvaluatedCurve,
  kind: "joint" | "separate",
  levels: readonly Level[],
): CurveStudy[] {
  const { analysis, axis, base, combinations, chi2 } = evaluated;
  const x = axisValues(axis);
  const index = parameterIndex(axis.parameter);
  const curves = combinations.map(({ name, datasets }, k) => {
    const objective = chiSquareAlong(new ChiSquare(analysis, datasets), base, index);
    const values = x.map((_, point) => chi2[point * combinations.length + k]);
    const minima = minimaOf(x, values, objective);
    if (minima.length === 0) throw noMinimum(name);
    return { datasets, objective, values, minima };
  });
  return combinations.map((combination, k) => {
    const { objective, values, minima } = curves[k];
    const alone = curves.filter(
      ({ datasets }) => datasets.length === 1 && combination.datasets.includes(datasets[0]),
    );
    const lowest = kind === "joint" ? [curves[k]] : alone;
    const reference = lowest.reduce((sum, curve) => sum + curve.minima[0].value, 0);
    const nodes = [
      ...Array.from(x, (point, i) => ({ point, value: values[i] })),
      ...minima.map(({ point, value }) => ({ point: point[0], value })),
    ].sort((a, b) => a.point - b.point);
    return {
      combination,
      reference,
      minima: minima.map(({ point, value }) => {
        return { point: point[0], value, deltaChi2: value - reference };
      }),
      points: nodes.map(({ point, value }) => [point, value - reference] as const),
      allowed: levels.map((level) => {
        const deltaChi2 = level.deltaChi2(1);
        const intervals = allowedIntervals(nodes, objective, reference + deltaChi2);
        return { level: level.label, deltaChi2, intervals };
      }),
    };
  });
}

function noMinimum(combination: string): NumericalError {
  return new NumericalError(
    "no-minimum",
    `χ² of ${combination} is not finite anywhere on the axis, so that there is no minimum to measure Δχ² from. Check the range of the axis.`,
    { combination },
  );
}

function chiSquareAlong(chi2: ChiSquare, base: Float64Array, index: number) {
  const at = base.slice();
  return (value: number): number => {
    at[index] = value;
    return chi2.value(at);
  };
}
