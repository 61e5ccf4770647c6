import type { Engine, EvaluateOptions, FlatRange, GridAxis } from "../engine/engine.js";
import type { TileReduction } from "../engine/profiles.js";

/** Evaluates and reduces the points of one tile. */
export type TileEvaluator = (range: FlatRange, options: EvaluateOptions) => Promise<TileReduction>;

/** Whether the profiles of a grid are the grid itself: of a line and a plane. */
export function isWholeGrid(axes: readonly GridAxis[]): boolean {
  return axes.length <= 2;
}

/** How an engine does the tiles of a grid: by the very route that it names for its axes. */
export function tileEvaluator(engine: Engine, axes: readonly GridAxis[]): TileEvaluator {
  return (range, options) => engine.reduce(axes, range, options);
}
