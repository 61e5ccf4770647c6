import { isolines, regionRings } from "../contour/isolines.js";
import type { LocalMinimum } from "../contour/minima.js";
import type { Rectangle } from "../contour/plane.js";
import { regions } from "../contour/regions.js";
import { axisValues } from "../engine/points.js";
import { ChiSquare } from "../fit/chi-square.js";
import { parameterIndex } from "../model/parameters.js";
import type { AllowedRegion, CombinationStudy } from "../study/plane.js";
import type { EvaluatedScan } from "./evaluate.js";

/** Regions of fewer cells a side look ragged: they are drawn on a patch of their own. */
const FEW_CELLS = 24;
/** Cells around such a region, or around a minimum that has none on the grid. */
const MARGIN = 2;
const PATCH_POINTS = 61;

/** Whether a point, or all of a line, lies in the rectangle. */
const holds = ({ x, y }: Rectangle, [px, py]: readonly [number, number]) =>
  px >= x[0] && px <= x[1] && py >= y[0] && py <= y[1];

function widened({ x, y }: Rectangle, [dx, dy]: readonly number[], cells: number): Rectangle {
  return {
    x: [x[0] - cells * dx, x[1] + cells * dx],
    y: [y[0] - cells * dy, y[1] + cells * dy],
  };
}

/** Where a patch is due: around each minimum below the level whose region is small or missing. */
function patches(
  { regions: found, deltaChi2, unresolved }: AllowedRegion,
  minima: readonly LocalMinimum[],
  step: readonly number[],
): Rectangle[] {
  const point = ([x, y]: LocalMinimum["point"]): Rectangle => ({ x: [x, x], y: [y, y] });
  const missing = unresolved.map((minimum) => widened(point(minimum.point), step, MARGIN));
  const small = minima
    .filter(({ deltaChi2: depth }) => depth < deltaChi2)
    .flatMap((minimum) => {
      const region = found.find((one) => holds(widened(one, step, 1), minimum.point));
      if (!region || region.touchesFrame) return [];
      const cells = [(region.x[1] - region.x[0]) / step[0], (region.y[1] - region.y[0]) / step[1]];
      return cells.every((count) => count < FEW_CELLS) ? [widened(region, step, MARGIN)] : [];
    });
  return [...missing, ...small];
}

/** The allowed region with the contours inside a patch replaced by those of a finer grid there. */
function patched(
  allowed: AllowedRegion,
  patch: Rectangle,
  reference: number,
  chi2: (x: number, y: number) => number,
): AllowedRegion {
  const [x, y] = [patch.x, patch.y].map(([from, to]) =>
    axisValues({ parameter: "", from, to, points: PATCH_POINTS }),
  );
  const values = Float64Array.from({ length: x.length * y.length }, (_, index) =>
    chi2(x[Math.floor(index / y.length)], y[index % y.length]),
  );
  const plane = { x, y, values };
  const height = reference + allowed.deltaChi2;
  const lines = isolines(plane, height);
  // A line that leaves the patch belongs to more than a small region.
  if (lines.length === 0 || lines.some(({ closed }) => !closed)) return allowed;
  const outside = ({ points }: { readonly points: readonly (readonly [number, number])[] }) =>
    !points.every((point) => holds(patch, point));
  return {
    ...allowed,
    lines: [...allowed.lines.filter(outside), ...lines],
    rings: [...allowed.rings.filter(outside), ...regionRings(plane, height)],
    regions: [
      ...allowed.regions.filter((one) => !holds(patch, one.minimum.point)),
      ...regions(plane, height),
    ],
    unresolved: allowed.unresolved.filter(({ point }) => !holds(patch, point)),
  };
}

/** Small regions drawn as exactly as large ones: by a finer grid around them. */
export function refined(
  { scan, analysis, base }: EvaluatedScan,
  study: CombinationStudy,
): CombinationStudy {
  const chi2 = new ChiSquare(analysis, study.combination.datasets);
  const at = base.slice();
  const [i, j] = scan.axes.map(({ parameter }) => parameterIndex(parameter));
  const step = scan.axes.map(({ from, to, points }) => (to - from) / (points - 1));
  const value = (x: number, y: number): number => {
    at[i] = x;
    at[j] = y;
    return chi2.value(at);
  };
  const { minima, reference } = study;
  const allowed = study.allowed.map((one) =>
    patches(one, minima, step).reduce(
      (so, patch) => patched(so, patch, reference.value, value),
      one,
    ),
  );
  return { ...study, allowed };
}
