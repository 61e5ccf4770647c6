import type { CompiledAnalysis } from "../analysis/analysis.js";
import type { CurveRange } from "../contour/curve-features.js";
import type { Level } from "../contour/levels.js";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import { NumericalError } from "../errors.js";
import { ChiSquare } from "../fit/chi-square.js";
import type { Combination } from "../likelihood/description.js";
import { ExactLine } from "./exact-line.js";

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
  readonly intervals: readonly CurveRange[];
}

/** What the curve says of one combination. */
export interface CurveStudy {
  readonly combination: Combination;
  readonly reference: number;
  /** Local minima polished off the grid, lowest first. */
  readonly minima: readonly CurveMinimum[];
  /** [parameter, Δχ²] of every grid point and of what was evaluated between them, in order. */
  readonly points: readonly (readonly [number, number])[];
  readonly allowed: readonly LevelIntervals[];
  /** Whether no minimum, interval or gap can have been missed. */
  readonly isCertain: boolean;
}

interface CurveMinimum {
  readonly point: number;
  readonly value: number;
  /** Above the reference. */
  readonly deltaChi2: number;
  /** Whether it lies at an end of the axis, so that χ² may go on falling beyond. */
  readonly onFrame: boolean;
}

/** Height, in Δχ², above the levels that a figure shows: minima up to there are told. */
const HEADROOM = 5;

/** Minima, Δχ² curve and intervals of every combination, Δχ² with one degree of freedom. */
export function studyCurve(
  evaluated: EvaluatedCurve,
  kind: "joint" | "separate",
  levels: readonly Level[],
): CurveStudy[] {
  const { analysis, axis, base, combinations, chi2 } = evaluated;
  const x = axisValues(axis);
  const scanned = { name: axis.parameter, lower: axis.from, upper: axis.to };
  const rise = Math.max(0, ...levels.map((level) => level.deltaChi2(1)));
  const lines = combinations.map(({ name, datasets }, k) => {
    const values = x.map((_, point) => chi2[point * combinations.length + k]);
    if (!values.some(Number.isFinite)) throw noMinimum(name);
    const grid = { x, values };
    const exact = new ExactLine(new ChiSquare(analysis, datasets), base, scanned, grid, rise);
    return { datasets, values, exact };
  });
  return combinations.map((combination, k) => {
    const { values, exact } = lines[k];
    const alone = lines.filter(
      ({ datasets }) => datasets.length === 1 && combination.datasets.includes(datasets[0]),
    );
    const lowest = kind === "joint" ? [lines[k]] : alone;
    const reference = lowest.reduce((sum, line) => sum + line.exact.lowest.value, 0);
    const top = reference + rise + HEADROOM;
    // In the separate reference the levels lie lower above the line's own minimum, never higher.
    const allowed = levels.map((level) => {
      const deltaChi2 = level.deltaChi2(1);
      return { level: level.label, deltaChi2, intervals: exact.ranges(reference + deltaChi2) };
    });
    const points = [
      ...Array.from(x, (point, i) => [point, values[i] - reference] as const),
      ...exact.nodes
        .filter((node) => node.value <= top && !x.includes(node.x))
        .map((node) => [node.x, node.value - reference] as const),
    ].sort(([a], [b]) => a - b);
    const minima = exact.minima(top).map(({ x: point, value, isEdge }) => {
      return { point, value, deltaChi2: value - reference, onFrame: isEdge };
    });
    return { combination, reference, minima, points, allowed, isCertain: exact.isCertain };
  });
}

function noMinimum(combination: string): NumericalError {
  return new NumericalError(
    "no-minimum",
    `χ² of ${combination} is not finite anywhere on the axis, so that there is no minimum to measure Δχ² from. Check the range of the axis.`,
    { combination },
  );
}
