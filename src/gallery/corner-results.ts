import type { Level } from "../contour/levels.js";
import { parseLevel } from "../contour/levels.js";
import { InputError } from "../errors.js";
import { datasetLabel } from "../experiments/labels.js";
import type { FigureSpec } from "../figures/types.js";
import { cornerFigure } from "./corner.js";
import type { ProfiledScan } from "./corner-source.js";

export interface CornerOptions {
  /** Name of the combination; the largest one when absent. */
  readonly combination?: string | undefined;
  /** Confidence levels; the scan's two highest when absent. */
  readonly levels?: readonly string[] | undefined;
}

/** The χ² that Δχ² of a combination counts from: the scan's, or that of the grid's own minima. */
function referenceOf({ scan, profiles, minima }: ProfiledScan, index: number): number {
  if (minima) return minima[index].reference;
  if (scan.reference === "joint") return profiles.best[index].chi2;
  return scan.combinations[index].datasets.reduce((sum, dataset) => {
    const alone = scan.combinations.findIndex(({ datasets }) => datasets.join() === dataset);
    return sum + profiles.best[alone].chi2;
  }, 0);
}

/** @throws InputError naming the combinations that there are */
function indexOf({ scan }: ProfiledScan, name: string | undefined): number {
  const sizes = scan.combinations.map(({ datasets }) => datasets.length);
  if (name === undefined) return sizes.indexOf(Math.max(...sizes));
  const index = scan.combinations.findIndex((one) => one.name === name);
  if (index >= 0) return index;
  const names = scan.combinations.map((one) => one.name).join(", ");
  throw new InputError(
    "unknown-combination",
    `The scan has no combination "${name}". It has: ${names}.`,
    { combination: name },
  );
}

const HIGHEST = 2;

/** The triangle of all profiles of one combination of a finished scan. */
export function scanCorner(profiled: ProfiledScan, options: CornerOptions = {}): FigureSpec {
  const { scan, profiles } = profiled;
  const combination = indexOf(profiled, options.combination);
  const all = [...new Set(options.levels ?? scan.levels)].map(parseLevel);
  const ascending = all.sort((a, b) => a.deltaChi2(2) - b.deltaChi2(2));
  const levels: readonly Level[] = options.levels ? ascending : ascending.slice(-HIGHEST);
  const reference = referenceOf(profiled, combination);
  const label = datasetLabel(scan.combinations[combination].name);
  const best = profiled.minima?.[combination];
  const bestLabel = best?.onFrame ? "minimum, on the frame" : "best fit";
  const { axes } = scan;
  const star = { best: best?.point, bestLabel };
  return cornerFigure({ axes, profiles, combination, reference, label, ...star }, levels);
}
