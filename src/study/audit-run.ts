import { type Audit, auditProfiles, sampleOf } from "../engine/audit.js";
import type { Engine, EngineProblem, GridAxis } from "../engine/engine.js";
import type { GridProfiles } from "../engine/profiles.js";

/**
 * Holds a run's profiles against the float64 reference, unless that is what made them.
 * @throws NumericalError beyond SPEC's bound: nothing of the run may be published
 */
export async function auditRun(
  engine: Engine,
  problem: EngineProblem,
  axes: readonly GridAxis[],
  profiles: GridProfiles,
): Promise<Audit | undefined> {
  const { accuracy, switches } = await engine.route(axes);
  if (accuracy === "exact") return undefined;
  return auditProfiles(problem, axes, profiles, sampleOf(engine, axes), switches);
}
