import type { CompiledAnalysis } from "../analysis/analysis.js";
import type { FurtherStarts } from "../contour/minima.js";
import type { Point } from "../contour/plane.js";
import type { GridAxis } from "../engine/engine.js";
import type { FreeParameter } from "../fit/free-parameter.js";
import { signImages } from "../fit/sign-images.js";
import type { Combination } from "../likelihood/description.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../model/parameters.js";

/** Minima whose images are looked for, the lowest ones. */
const MOST_MINIMA = 8;
/** Of the range in which such data have their minima: the distance over which χ² changes. */
const FRACTION = 1 / 60;

/** The distance over which χ² changes along each axis, whatever the range that is scanned, [axes]. */
export function naturalScale(axes: readonly GridAxis[]): number[] {
  return axes.map(({ parameter }) => {
    const [lower, upper] = PARAMETERS[parameterIndex(parameter)].searched;
    return FRACTION * (upper - lower);
  });
}

/** The squared charges that data sets see, by their places in the description. */
export function seenCharges(
  { description }: CompiledAnalysis,
  datasets: readonly string[],
): number[] {
  const own = description.terms.filter(({ dataset }) => datasets.includes(dataset));
  return [...new Set(own.flatMap(({ charges }) => [...charges]))].sort((a, b) => a - b);
}

export interface PlaneOfParameters {
  readonly analysis: CompiledAnalysis;
  readonly axes: readonly [GridAxis, GridAxis];
  /** The parameter vector of everything that is no axis, [PARAMETERS]. */
  readonly base: Float64Array;
}

/**
 * Where minima of a plane may lie off its grid: where the squared charges are about those of a minimum
 * that is known, or of the Standard Model, within the rectangle and along each side of its frame.
 */
export function planeStarts(
  { analysis, axes, base }: PlaneOfParameters,
  combination: Combination,
): FurtherStarts {
  const own = seenCharges(analysis, combination.datasets);
  const charges = own.map((index) => analysis.description.charges[index]);
  const indices = axes.map(({ parameter }) => parameterIndex(parameter));
  const free = axes.map(({ parameter, from, to }): FreeParameter => {
    return { name: parameter, lower: from, upper: to };
  });
  const at = (point: readonly number[]) => {
    const full = base.slice();
    indices.forEach((index, i) => {
      full[index] = point[i];
    });
    return full;
  };
  const images = (of: Float64Array, point: readonly number[]): Point[] => [
    ...signImages(charges, of, at(point), free).map(([x, y]): Point => [x, y]),
    ...free.flatMap(({ lower, upper }, held) =>
      [lower, upper].flatMap((side) => {
        const other = 1 - held;
        const beside = point.map((value, i) => (i === held ? side : value));
        return signImages(charges, of, at(beside), [free[other]]).map(([value]): Point => {
          return held === 0 ? [side, value] : [value, side];
        });
      }),
    ),
  ];
  return (minima) => {
    const standard = images(
      standardModelPoint(),
      indices.map((i) => standardModelPoint()[i]),
    );
    return [
      ...standard,
      ...minima.slice(0, MOST_MINIMA).flatMap(({ point }) => images(at(point), point)),
    ];
  };
}
