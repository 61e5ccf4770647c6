import { totalmem } from "node:os";
import { parseLevel } from "../contour/levels.js";
import { gridSize } from "../engine/points.js";
import { EnvironmentError } from "../errors.js";
import type { FigureSpec } from "../figures/types.js";
import type { ResolvedScan } from "../scan/scan.js";
import { scanCurveFigure } from "./curve-figure.js";
import { checkFigure } from "./figure-files.js";
import { scanPlaneFigure } from "./plane-figure.js";

/** Up to so many axes the whole grid is kept, in memory too; of more axes their profiles. */
const WHOLE_GRID = 2;

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

/** The figures with their titles and axes, before there is anything to draw in them. */
function emptyFigures(scan: ResolvedScan): FigureSpec[] {
  const levels = scan.levels.map(parseLevel);
  const axis = (name: string) => scan.axes.filter(({ parameter }) => parameter === name);
  const planes = scan.planes.map((names) => {
    return scanPlaneFigure({ ...scan, axes: names.flatMap(axis) }, []);
  });
  if (scan.axes.length === WHOLE_GRID) return planes;
  return [
    ...planes,
    ...scan.axes.map((one) => scanCurveFigure({ ...scan, axes: [one] }, [], levels)),
  ];
}

/**
 * Finds out before hours of work what could only fail after them.
 * @throws InputError for titles that cannot be typeset; EnvironmentError for a grid that memory
 * cannot hold
 */
export function checkScan(scan: ResolvedScan): void {
  if (scan.axes.length <= WHOLE_GRID) checkMemory(scan);
  for (const figure of emptyFigures(scan)) checkFigure(figure);
}
