import { type Audit, auditGrid } from "../engine/audit.js";
import type { Accuracy, EngineProblem, GridAxis } from "../engine/engine.js";
import type { GridProfiles } from "../engine/profiles.js";

/** χ² of a line or plane, [points × combinations], from its profiles, which are the grid itself. */
export function wholeGrid({ lines, planes }: GridProfiles): Float64Array {
  const byCombination = planes.length > 0 ? planes[0].profiles : lines[0];
  const width = byCombination.length;
  const chi2 = new Float64Array(width * byCombination[0].chi2.length);
  byCombination.forEach((profile, k) => {
    profile.chi2.forEach((value, point) => {
      chi2[point * width + k] = value;
    });
  });
  return chi2;
}

/**
 * Holds a line or plane against the float64 reference, unless that is what evaluated its points.
 * @throws NumericalError beyond SPEC's bound
 */
export async function auditWholeGrid(
  accuracy: Accuracy,
  problem: EngineProblem,
  axes: readonly GridAxis[],
  profiles: GridProfiles,
): Promise<Audit | undefined> {
  if (accuracy === "exact") return undefined;
  return auditGrid(problem, axes, wholeGrid(profiles));
}
