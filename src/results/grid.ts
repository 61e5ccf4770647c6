import { axisValues, gridSize } from "../engine/points.js";
import type { ResolvedScan } from "../scan/scan.js";

/** χ² over a scan's grid. */
export interface GridResult {
  readonly scan: ResolvedScan;
  /** [points × combinations], points row-major over the scan's axes, the last fastest. */
  readonly chi2: Float64Array;
}

/** The grid's axes with their values. @throws RangeError when χ² is not the size of the grid */
export function gridCoordinates({ scan, chi2 }: GridResult): readonly Float64Array[] {
  const size = gridSize(scan.axes) * scan.combinations.length;
  if (chi2.length !== size)
    throw new RangeError(`χ² has ${chi2.length} values in place of ${size}`);
  return scan.axes.map(axisValues);
}
