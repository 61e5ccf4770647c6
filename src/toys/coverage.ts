import type { Level } from "../contour/levels.js";
import type { ToySet } from "./set.js";

/** How often a region at a level holds the truth. */
export interface Coverage {
  readonly level: string;
  /** The rise of χ² that bounds the region, by Wilks' theorem. */
  readonly deltaChi2: number;
  readonly nominal: number;
  readonly observed: number;
  /** Binomial standard deviation of `observed`, half a count added either side of the level. */
  readonly error: number;
  /** The rise of χ² that would have the nominal coverage here; null where too few lie beyond it. */
  readonly calibrated: number | null;
  /** Its standard deviation, from the order statistics around it; null with it. */
  readonly calibratedError: number | null;
}

/** A quantile is not told from the largest value with fewer pseudo-experiments than this beyond it. */
const FEWEST_BEYOND = 3;

/** The quantile of sorted values, and half the distance of those one binomial deviation either side. */
function quantile(sorted: readonly number[], probability: number) {
  const n = sorted.length;
  if (!(n * (1 - probability) >= FEWEST_BEYOND)) return { calibrated: null, calibratedError: null };
  const at = (rank: number) => sorted[Math.min(Math.max(Math.ceil(rank), 1), n) - 1];
  const width = Math.sqrt(n * probability * (1 - probability));
  const rank = n * probability;
  return {
    calibrated: at(rank),
    calibratedError: 0.5 * (at(rank + width) - at(rank - width)),
  };
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
      ...quantile(sorted, nominal),
    };
  });
}
