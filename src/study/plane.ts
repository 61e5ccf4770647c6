import type { CompiledAnalysis } from "../analysis/analysis.js";
import { isolines, type Polyline, type Ring, regionRings } from "../contour/isolines.js";
import type { Level } from "../contour/levels.js";
import {
  type FurtherStarts,
  gridMinimum,
  type LocalMinimum,
  localMinima,
} from "../contour/minima.js";
import type { Objective, PlaneGrid, Point } from "../contour/plane.js";
import {
  jointReference,
  type Reference,
  type Surface,
  separateReference,
} from "../contour/references.js";
import { FineValues } from "../contour/refine-plane.js";
import { regions } from "../contour/regions.js";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import { ChargeSurrogate } from "../fit/charge-surrogate.js";
import { ChiSquare } from "../fit/chi-square.js";
import { dataOf } from "../likelihood/data.js";
import type { Combination } from "../likelihood/description.js";
import { LikelihoodEvaluator } from "../likelihood/evaluator.js";
import { parameterIndex } from "../model/parameters.js";
import { type RegionsAndBeads, withoutBeads } from "./beads.js";
import { ChargeCells } from "./charge-cells.js";
import { followRegions, isWithin, type Resolution, UNSEEN } from "./follow-regions.js";
import { naturalScale, planeStarts } from "./plane-starts.js";
import { requireLowest } from "./require-lowest.js";
import { unresolvedMinima } from "./unresolved.js";

/** A plane that an engine has evaluated. */
export interface EvaluatedPlane {
  readonly analysis: CompiledAnalysis;
  readonly axes: readonly [GridAxis, GridAxis];
  /** The parameter vector of everything that is no axis, [PARAMETERS]. */
  readonly base: Float64Array;
  readonly combinations: readonly Combination[];
  /** [points × combinations], points row-major with the second axis fastest. */
  readonly chi2: Float64Array;
}

/** The allowed region of one combination at one level. */
export interface AllowedRegion extends RegionsAndBeads {
  readonly level: Level;
  readonly deltaChi2: number;
  /** Whether its pieces are those of χ² itself; absent where the grid alone was asked. */
  readonly resolution?: Resolution;
  /** Isolines, open where they leave the plane. */
  readonly lines: readonly Polyline[];
  /** The same closed along the frame, for even-odd fills. */
  readonly rings: readonly Ring[];
  /** Minima below the level that no vertex of the grid sees: a finer grid would show their region. */
  readonly unresolved: readonly LocalMinimum[];
}

/** What a plane says of one combination. */
export interface CombinationStudy {
  readonly combination: Combination;
  readonly reference: Reference;
  /** Polished local minima, their Δχ² above the reference. */
  readonly minima: readonly LocalMinimum[];
  readonly allowed: readonly AllowedRegion[];
}

/** χ² of one combination on the grid. */
function gridOf({ axes, combinations, chi2 }: EvaluatedPlane, index: number): PlaneGrid {
  const [x, y] = axes.map(axisValues);
  const values = new Float64Array(x.length * y.length);
  for (let point = 0; point < values.length; point++) {
    values[point] = chi2[point * combinations.length + index];
  }
  return { x, y, values };
}

/** χ² of one combination over the plane: on its grid, anywhere else, and what its charges tell of it. */
interface StudiedSurface extends Required<Surface> {
  readonly cells: ChargeCells;
  readonly fine: FineValues;
}

/** Regions whose deepest points are followed to minima, the deepest ones. */
const MOST_REGIONS = 40;

function surfaceOf(
  evaluated: EvaluatedPlane,
  index: number,
  levels: readonly Level[],
): StudiedSurface {
  const { analysis, axes, base, combinations } = evaluated;
  const { name, datasets } = combinations[index];
  const { description } = analysis;
  const evaluator = new LikelihoodEvaluator({
    description,
    combinations: [{ name, datasets }],
    ...dataOf(analysis),
  });
  const chi2 = new ChiSquare(analysis, datasets, evaluator);
  const [i, j] = axes.map(({ parameter }) => parameterIndex(parameter));
  const at = base.slice();
  const objective: Objective = ([x, y]) => {
    at[i] = x;
    at[j] = y;
    return chi2.value(at);
  };
  const plane = gridOf(evaluated, index);
  const cells = new ChargeCells(evaluated, evaluator, datasets);
  const fine = new FineValues(plane, objective);
  const starts = planeStarts(evaluated, combinations[index]);
  const highest = Math.max(0, ...levels.map((level) => level.deltaChi2(2)));
  let regionsAreFollowed = false;
  /** Images first; then the deepest point of every region, off the grid too: each holds a minimum. */
  const further: FurtherStarts = (found, round) => {
    if (round === 0 || regionsAreFollowed) return starts(found, round);
    regionsAreFollowed = true;
    const [{ value }] = found;
    const { refined } = followRegions({ cells, fine, minima: found }, value, highest, analysis);
    const deepest = regions(refined.plane, value + highest)
      .slice(0, MOST_REGIONS)
      .map((region) => region.minimum.point);
    return [...starts(found, round), ...deepest];
  };
  /** χ² as a quadratic in the squared charges about those of a point. */
  const estimate = ([x, y]: Point): Objective => {
    const centre = base.slice();
    centre[i] = x;
    centre[j] = y;
    const surrogate = new ChargeSurrogate(chi2, centre);
    const scratch = new Float64Array(base.length);
    return ([px, py]) => {
      centre[i] = px;
      centre[j] = py;
      return surrogate.fall(centre, scratch);
    };
  };
  const scale = naturalScale(axes);
  const minima = localMinima(plane, objective, { starts: further, scale, estimate });
  if (minima.length === 0) return { name, plane, objective, cells, fine, minima };
  requireLowest(name, minima[0].value, gridMinimum(plane).value);
  return { name, plane, objective, cells, fine, minima };
}

/**
 * References, minima, contours and regions of every combination, Δχ² with two degrees of freedom.
 * @param kind `separate` needs each data set alone among the combinations
 */
export function studyPlane(
  evaluated: EvaluatedPlane,
  kind: Reference["kind"],
  levels: readonly Level[],
): CombinationStudy[] {
  const { combinations, analysis } = evaluated;
  const surfaces = combinations.map((_, index) => surfaceOf(evaluated, index, levels));
  const alone = (dataset: string) => {
    const index = combinations.findIndex(({ datasets }) => datasets.join() === dataset);
    return surfaces[index];
  };
  return combinations.map((combination, index) => {
    const surface = surfaces[index];
    const reference =
      kind === "joint"
        ? jointReference(surface)
        : separateReference(combination.datasets.map(alone));
    const minima = surface.minima.map(({ point, value }): LocalMinimum => {
      return { point, value, deltaChi2: value - reference.value };
    });
    const allowed = levels.map((level) => {
      const deltaChi2 = level.deltaChi2(2);
      const { refined, resolution } = followRegions(surface, reference.value, deltaChi2, analysis);
      return allowedRegion(refined.plane, minima, reference.value, level, resolution);
    });
    return { combination, reference, minima, allowed };
  });
}

/** The region of a χ² plane allowed at a level above the reference. */
export function allowedRegion(
  plane: PlaneGrid,
  minima: readonly LocalMinimum[],
  reference: number,
  level: Level,
  resolution?: Resolution,
): AllowedRegion {
  const deltaChi2 = level.deltaChi2(2);
  const height = reference + deltaChi2;
  const found = regions(plane, height);
  return {
    level,
    deltaChi2,
    ...(resolution && { resolution }),
    lines: isolines(plane, height),
    rings: regionRings(plane, height),
    // Pieces that are certain are regions however small.
    ...(resolution?.isCertain ? { regions: found, beads: [] } : withoutBeads(found, plane, minima)),
    unresolved: resolution?.isCertain
      ? minima.filter(
          ({ point, value }) =>
            value < height - UNSEEN && !found.some((region) => isWithin(region, point)),
        )
      : unresolvedMinima(plane, minima, height),
  };
}
