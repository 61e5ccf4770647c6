import { totalmem } from "node:os";
import { parseLevel } from "../contour/levels.js";
import { gridSize } from "../engine/points.js";
import { EnvironmentError, InputError } from "../errors.js";
import type { FigureSpec } from "../figures/types.js";
import type { ResolvedScan } from "../scan/scan.js";
import { scanCurveFigure } from "./curve-figure.js";
import { checkFigure } from "./figure-files.js";
import { scanPlaneFigure } from "./plane-figure.js";

/** Axes beyond two need profiles of their own, which this version does not make. */
const MOST_AXES = 2;

/** χ² as the engine returns it, and as the study sorts it by combination. */
const COPIES = 2;

/** @throws EnvironmentError for a grid that this machine's memory cannot hold */
function checkMemory({ axes, combinations }: ResolvedScan): void {
  const points = gridSize(axes);
  const bytes = points * combinations.length * Float64Array.BYTES_PER_ELEMENT * COPIES;
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  if (bytes < memory) return;
  const gibibytes = (size: number) => `${(size / 2 ** 30).toPrecision(3)} GiB`;
  throw new EnvironmentError(
    "not-enough-memory",
    `${points} points for ${combinations.length} combinations of data sets need ${gibibytes(bytes)} of memory, and there are ${gibibytes(memory)}. Scan fewer points or fewer combinations.`,
    { points, bytes, memory },
  );
}

/** The figure with its titles and axes, before there is anything to draw in it. */
function emptyFigure(scan: ResolvedScan): FigureSpec {
  const levels = scan.levels.map(parseLevel);
  return scan.axes.length === 1 ? scanCurveFigure(scan, [], levels) : scanPlaneFigure(scan, []);
}

/**
 * Finds out before hours of work what could only fail after them.
 * @throws InputError for more axes than can be drawn, or titles that cannot be typeset;
 * EnvironmentError for a grid that memory cannot hold
 */
export function checkScan(scan: ResolvedScan): void {
  if (scan.axes.length > MOST_AXES) {
    throw new InputError(
      "too-many-axes",
      `The scan "${scan.name}" has ${scan.axes.length} axes; this version scans one or two. Keep the other parameters at fixed values.`,
      { axes: scan.axes.length },
    );
  }
  checkMemory(scan);
  checkFigure(emptyFigure(scan));
}
