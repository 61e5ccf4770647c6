import { axisValue, gridCoordinate, pointAt } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import type { FigureSpec } from "../figures/types.js";
import type { ContourSet } from "../results/contours.js";
import type { ResolvedScan } from "../scan/scan.js";
import { scanCurveFigure } from "./curve-figure.js";
import type { Findings } from "./findings.js";
import type { GridMinimum } from "./follow.js";
import { type GridStudy, studyGrid } from "./grid.js";
import { frameText, onFrame } from "./on-frame.js";

import { scanPlaneFigure } from "./plane-figure.js";
import { contourSets, frameWarning, regionsOf } from "./plane-results.js";
import type { PreparedScan } from "./prepare.js";

/** What a scan of three or more axes found. */
export interface GridFindings extends Omit<Findings, "figure"> {
  /** By file name without ending: `figure-<x>-<y>` of planes, `figure-<x>` of lines. */
  readonly figures: Readonly<Record<string, FigureSpec>>;
  /** Lowest grid point and lowest minimum of every combination. */
  readonly best: unknown;
}

const digits = (value: number): string => value.toFixed(3);
/** A grid whose profiles are farther than this above the true ones is called coarse. */
const COARSE = 0.5;

/** Contours, regions, intervals, minima and figures of every plane asked for and of every axis. */
export function gridResults(prepared: PreparedScan, profiles: GridProfiles): GridFindings {
  const { scan, levels } = prepared;
  const study = studyGrid(prepared, profiles);
  const names = scan.axes.map(({ parameter }) => parameter);
  const named = (point: readonly number[]) =>
    Object.fromEntries(names.map((name, axis) => [name, point[axis]]));
  const minimum = ({ point, value, converged }: GridMinimum) => {
    return { point: named(point), chi2: value, converged, ...onFrame(scan.axes, point) };
  };
  return {
    contours: study.planes.flatMap(({ axes: [x, y], studies }): ContourSet[] =>
      contourSets([x.parameter, y.parameter], studies),
    ),
    regions: {
      references: study.references.map(({ kind, value, minima }, k) => ({
        combination: scan.combinations[k].name,
        kind,
        value,
        minima: minima.map(({ name, ...one }) => ({ name, ...minimum(one) })),
      })),
      planes: study.planes.map(({ axes: [x, y], studies }) => ({
        plane: [x.parameter, y.parameter],
        combinations: regionsOf([x, y], studies),
      })),
      lines: study.lines.map(({ axis, studies }) => ({
        axis: axis.parameter,
        combinations: studies.map(({ combination, allowed }) => ({
          combination: combination.name,
          levels: allowed,
        })),
      })),
    },
    minima: study.minima.map(({ combination, minima }, k) => ({
      combination: combination.name,
      reference: study.references[k].kind,
      minima: minima.map((one) => ({
        ...minimum(one),
        deltaChi2: one.value - study.references[k].value,
      })),
    })),
    best: scan.combinations.map(({ name }, k) => {
      const { chi2, index } = profiles.best[k];
      const places = scan.axes.map((_, axis) => gridCoordinate(scan.axes, index, axis));
      const grid = { point: named(pointAt(scan.axes, index)), index, places, chi2 };
      return { combination: name, grid, minimum: minimum(study.minima[k].minima[0]) };
    }),
    figures: Object.fromEntries([
      ...study.planes.map(({ axes, studies }) => [
        `figure-${axes[0].parameter}-${axes[1].parameter}`,
        scanPlaneFigure({ ...scan, axes }, studies),
      ]),
      ...study.lines.map(({ axis, studies }) => [
        `figure-${axis.parameter}`,
        scanCurveFigure({ ...scan, axes: [axis] }, studies, levels),
      ]),
    ]),
    summary: [
      ["combination", "χ² min", "Δχ² min", `(${names.join(", ")})`, "too high by"],
      ...study.minima.map(({ combination, minima: [best], coarseness }, k) => [
        combination.name,
        digits(best.value),
        digits(best.value - study.references[k].value),
        `(${best.point.map(digits).join(", ")})${frameText(scan.axes, best.point)}`,
        digits(coarseness.excess),
      ]),
    ],
    warnings: warnings(scan, study),
    uncertain: [],
  };
}

function warnings({ axes }: ResolvedScan, { minima, planes }: GridStudy): string[] {
  const coarse = minima.flatMap(({ combination, coarseness: { excess, axis, place } }) => {
    if (excess <= COARSE) return [];
    const { parameter } = axes[axis];
    const where = `${parameter} = ${digits(axisValue(axes[axis], place))}`;
    return `Between the grid's points χ² of ${combination.name} is lower by up to ${digits(excess)} (found at ${where}), so its profiles are about that much too high, and contours and intervals too narrow: scan more points.`;
  });
  const missed = planes.flatMap(({ axes: [x, y], studies }) =>
    studies.flatMap(({ combination, allowed }) =>
      allowed.flatMap(({ level, unresolved }) =>
        unresolved.map(
          ({ point }) =>
            `The ${level.label} region of ${combination.name} at (${x.parameter}, ${y.parameter}) = (${point.map(digits).join(", ")}) is smaller than a grid cell and missing from contours and figure: scan more points there.`,
        ),
      ),
    ),
  );
  const specks = planes.flatMap(({ axes: [x, y], studies }) =>
    studies.flatMap(({ combination, allowed }) =>
      allowed.flatMap(({ level, regions, beads }) =>
        beads.length === 0
          ? []
          : `The ${level.label} region of ${combination.name} in (${x.parameter}, ${y.parameter}) has ${beads.length} specks smaller than a grid cell beside the ${regions.length} counted: it is thinner than a cell there, and more points would join or part its pieces.`,
      ),
    ),
  );
  return [...coarse, ...missed, ...specks, ...frameWarning(axes, minima)];
}
