import type { LocalMinimum } from "../contour/minima.js";
import type { PlaneGrid } from "../contour/plane.js";

/** Vertices looked at on either side of a minimum: a valley's next vertex may lie a cell away. */
const REACH = 2;

/** Indices of the vertices of an ascending axis on either side of `value`. */
function around(axis: ArrayLike<number>, value: number): number[] {
  const cell = Math.floor((value - axis[0]) / (axis[1] - axis[0]));
  const near = Array.from({ length: 2 * REACH }, (_, k) => cell + 1 - REACH + k);
  return near.filter((i) => i >= 0 && i < axis.length);
}

/**
 * Minima below the level whose region falls between the grid's vertices, so that no contour shows it.
 * @param height χ² of the level
 */
export function unresolvedMinima(
  { x, y, values }: PlaneGrid,
  minima: readonly LocalMinimum[],
  height: number,
): LocalMinimum[] {
  const seen = ([px, py]: LocalMinimum["point"]) =>
    around(x, px).some((i) => around(y, py).some((j) => values[i * y.length + j] <= height));
  return minima.filter(({ point, value }) => value < height && !seen(point));
}
