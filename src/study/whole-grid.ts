import { type Audit, auditGrid } from "../engine/audit.js";
import type { Engine, EngineProblem, GridAxis } from "../engine/engine.js";
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
  engine: Pick<Engine, "name">,
  problem: EngineProblem,
  axes: readonly GridAxis[],
  profiles: GridProfiles,
): Promise<Audit | undefined> {
  if (engine.name === "cpu") return undefined;
  return auditGrid(problem, axes, wholeGrid(profiles));
}
