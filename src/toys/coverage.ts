import type { Level } from "../contour/levels.js";
import type { ToySet } from "./set.js";

/** How often a region at a level holds the truth. */
export interface Coverage {
  readonly level: string;
  /** The rise of χ² that bounds the region, by Wilks' theorem. */
  readonly deltaChi2: number;
  readonly nominal: number;
  readonly observed: number;
  /** Binomial standard deviation of `observed`. */
  readonly error: number;
  /** The rise of χ² that would have the nominal coverage here. */
  readonly calibrated: number;
}

/** Coverage of Wilks' levels in an ensemble: C22's test. */
export function coverage(toys: ToySet, levels: readonly Level[]): Coverage[] {
  const dof = toys.free.length;
  const sorted = toys.deltaChi2.toSorted((a, b) => a - b);
  const n = sorted.length;
  return levels.map((level) => {
    const deltaChi2 = level.deltaChi2(dof);
    const nominal = level.probability(dof);
    const inside = sorted.filter((value) => value <= deltaChi2).length;
    // Half an event either way keeps the error of an empty or a full count from vanishing.
    const p = (inside + 0.5) / (n + 1);
    return {
      level: level.label,
      deltaChi2,
      nominal,
      observed: inside / n,
      error: Math.sqrt((p * (1 - p)) / n),
      calibrated: sorted[Math.min(Math.ceil(nominal * n), n) - 1],
    };
  });
}
