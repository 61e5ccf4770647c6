import type { CompiledAnalysis } from "../analysis/analysis.js";
import { interval } from "../contour/intervals.js";
import type { Level } from "../contour/levels.js";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import { ChiSquare } from "../fit/chi-square.js";
import type { Combination } from "../likelihood/description.js";
import { parameterIndex } from "../model/parameters.js";
import { brentMinimum } from "../numerics/root.js";

/** A scan of one parameter that an engine has evaluated. */
export interface EvaluatedCurve {
  readonly analysis: CompiledAnalysis;
  readonly axis: GridAxis;
  readonly base: Float64Array;
  readonly combinations: readonly Combination[];
  /** [points × combinations]. */
  readonly chi2: Float64Array;
}

/** The connected interval around the minimum at one level. */
export interface LevelInterval {
  readonly level: string;
  readonly deltaChi2: number;
  /** In the separate reference even the minimum may lie above the level. */
  readonly empty: boolean;
  /** null: the end of the axis comes first, or the interval is empty. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** What the curve says of one combination. */
export interface CurveStudy {
  readonly combination: Combination;
  readonly reference: number;
  readonly minimum: { readonly point: number; readonly value: number };
  /** [parameter, Δχ²] of every grid point, in order. */
  readonly points: readonly (readonly [number, number])[];
  readonly intervals: readonly LevelInterval[];
}

/** Minimum, Δχ² curve and intervals of every combination, Δχ² with one degree of freedom. */
export function studyCurve(
  evaluated: EvaluatedCurve,
  kind: "joint" | "separate",
  levels: readonly Level[],
): CurveStudy[] {
  const { analysis, axis, base, combinations, chi2 } = evaluated;
  const x = axisValues(axis);
  const index = parameterIndex(axis.parameter);
  const curves = combinations.map(({ datasets }, k) => {
    const objective = chiSquareAlong(new ChiSquare(analysis, datasets), base, index);
    const values = x.map((_, point) => chi2[point * combinations.length + k]);
    const best = values.indexOf(Math.min(...values));
    const [from, to] = [x[Math.max(best - 1, 0)], x[Math.min(best + 1, x.length - 1)]];
    const polished = brentMinimum(objective, from, to);
    const minimum =
      polished.value < values[best]
        ? { point: polished.x, value: polished.value }
        : { point: x[best], value: values[best] };
    return { datasets, objective, values, minimum };
  });
  return combinations.map((combination, k) => {
    const { objective, values, minimum } = curves[k];
    const alone = curves.filter(
      ({ datasets }) => datasets.length === 1 && combination.datasets.includes(datasets[0]),
    );
    const reference =
      kind === "joint" ? minimum.value : alone.reduce((sum, curve) => sum + curve.minimum.value, 0);
    const ends = [axis.from, axis.to] as const;
    const step = (axis.to - axis.from) / (axis.points - 1);
    return {
      combination,
      reference,
      minimum,
      points: Array.from(x, (value, point) => [value, values[point] - reference] as const),
      intervals: levels.map((level) => {
        const deltaChi2 = level.deltaChi2(1);
        const rise = reference + deltaChi2 - minimum.value;
        const empty = rise <= 0;
        const found = empty
          ? { lower: null, upper: null }
          : interval(objective, minimum.point, rise, ends, step);
        return { level: level.label, deltaChi2, empty, ...found };
      }),
    };
  });
}

function chiSquareAlong(chi2: ChiSquare, base: Float64Array, index: number) {
  const at = base.slice();
  return (value: number): number => {
    at[index] = value;
    return chi2.value(at);
  };
}
