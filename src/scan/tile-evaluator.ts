import type { Engine, EvaluateOptions, FlatRange, GridAxis, Route } from "../engine/engine.js";
import { GridReducer } from "../engine/grid-reducer.js";
import type { TileReduction } from "../engine/profiles.js";

/** Evaluates and reduces the points of one tile. */
export type TileEvaluator = (range: FlatRange, options: EvaluateOptions) => Promise<TileReduction>;

/** Whether the profiles of a grid are the grid itself: of a line and a plane. */
export function isWholeGrid(axes: readonly GridAxis[]): boolean {
  return axes.length <= 2;
}

/** How the points of a grid's tiles are computed. */
export function tileRoute(engine: Engine, axes: readonly GridAxis[]): Promise<Route> {
  return isWholeGrid(axes) ? engine.route() : engine.route(axes);
}

/**
 * How an engine does the tiles of a grid. A plane or a line shows every point's χ², so that it is
 * evaluated point by point; of more axes the engine makes profiles in the way that it does best.
 */
export function tileEvaluator(
  engine: Engine,
  axes: readonly GridAxis[],
  combinations: number,
): TileEvaluator {
  if (!isWholeGrid(axes)) return (range, options) => engine.reduce(axes, range, options);
  return async ({ start, count }, options) => {
    const chi2 = await engine.evaluate({ kind: "grid", axes, start, count }, options);
    const reducer = new GridReducer(axes, combinations);
    const strides = { offset: 0, pointStride: combinations, combinationStride: 1 };
    reducer.add(start, count, { chi2, ...strides });
    return reducer.profiles();
  };
}
