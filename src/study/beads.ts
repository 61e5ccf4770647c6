import type { LocalMinimum } from "../contour/minima.js";
import type { PlaneGrid } from "../contour/plane.js";
import type { Region } from "../contour/regions.js";

/** Regions, and what only looks like some. */
export interface RegionsAndBeads {
  readonly regions: readonly Region[];
  /**
   * Specks smaller than a grid cell that hold no minimum of their own: where a region tapers off across
   * the grid, its tip falls into beads between which χ² is below the level, unseen by any vertex.
   */
  readonly beads: readonly Region[];
}

/** Tells beads from regions; both are drawn, only regions are counted. */
export function withoutBeads(
  found: readonly Region[],
  { x, y }: PlaneGrid,
  minima: readonly LocalMinimum[],
): RegionsAndBeads {
  const [dx, dy] = [x, y].map((axis) => Math.abs(axis[1] - axis[0]));
  const holdsMinimum = (region: Region): boolean =>
    minima.some(
      ({ point: [px, py] }) =>
        px >= region.x[0] - dx &&
        px <= region.x[1] + dx &&
        py >= region.y[0] - dy &&
        py <= region.y[1] + dy,
    );
  const isBead = (region: Region) =>
    region.area < dx * dy && !region.touchesFrame && !holdsMinimum(region);
  return { regions: found.filter((one) => !isBead(one)), beads: found.filter(isBead) };
}
