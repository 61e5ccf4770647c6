import type { CompiledAnalysis } from "../analysis/analysis.js";
import type { PlaneMinimum } from "../contour/minima.js";
import type { Point, Rectangle } from "../contour/plane.js";
import { type FineValues, type RefinedPlane, refinePlane } from "../contour/refine-plane.js";
import type { ChargeCells } from "./charge-cells.js";

/** Values that may be computed beyond the grid's for one level: a few seconds' work. */
const BUDGET = 40_000;
/** The same of analyses whose profiles morph the signal, each of which takes a millisecond or more. */
const BUDGET_OF_SLOW = 8_000;
/** χ² by which a minimum may lie below a level and its region stay unseen. */
export const UNSEEN = 2e-3;

/** Whether a region's pieces are certain, and if not, why. */
export interface Resolution {
  readonly isCertain: boolean;
  /** Cells in which it is not. */
  readonly cells?: number;
  /** Points along each axis with which it would be, [x, y]. */
  readonly points?: readonly [number, number];
}

/** Whether a point lies within the extent of a region, or on its edge by rounding. */
export function isWithin({ x, y }: Rectangle, [px, py]: Point): boolean {
  const holds = ([from, to]: readonly [number, number], value: number) => {
    const slack = 1e-3 * (to - from);
    return value >= from - slack && value <= to + slack;
  };
  return holds(x, px) && holds(y, py);
}

function isSlow({ description }: CompiledAnalysis): boolean {
  return description.terms.some(({ effects }) =>
    effects.some(({ kind }) => kind === "morph" || kind === "position"),
  );
}

interface FollowedSurface {
  readonly cells: ChargeCells;
  readonly fine: FineValues;
  readonly minima: readonly PlaneMinimum[];
}

/** The plane of a combination with its cells cut where the pieces at a level need it. */
export function followRegions(
  { cells, fine, minima: [best] }: FollowedSurface,
  reference: number,
  deltaChi2: number,
  analysis: CompiledAnalysis,
): { readonly refined: RefinedPlane; readonly resolution: Resolution } {
  const height = reference + deltaChi2;
  const { plane } = fine;
  if (!(best?.value <= height)) {
    const refined = { plane, unresolved: [], needed: 1 };
    return { refined, resolution: { isCertain: true } };
  }
  const refined = refinePlane(fine, height, {
    budget: fine.evaluations + (isSlow(analysis) ? BUDGET_OF_SLOW : BUDGET),
    ...(!cells.isFine && {
      isSmall: (box) => cells.isSmall(box),
      isAbove: cells.above(best.point, height, deltaChi2),
    }),
  });
  const { unresolved, needed: size } = refined;
  if (unresolved.length === 0) return { refined, resolution: { isCertain: true } };
  const needed = (points: number) => Math.ceil((points - 1) / Math.min(size, 0.5)) + 1;
  const points = [needed(plane.x.length), needed(plane.y.length)] as const;
  return { refined, resolution: { isCertain: false, cells: unresolved.length, points } };
}
