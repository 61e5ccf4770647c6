import type { GridAxis } from "../engine/engine.js";
import type { ContourSet } from "../results/contours.js";
import type { Evaluation, Findings } from "./findings.js";
import { frameText, onFrame } from "./on-frame.js";
import { type CombinationStudy, type EvaluatedPlane, studyPlane } from "./plane.js";
import { scanPlaneFigure } from "./plane-figure.js";

const digits = (value: number): string => value.toFixed(3);

/** Contours of a plane, named by its axes. */
export function contourSets(
  plane: ContourSet["plane"],
  studies: readonly CombinationStudy[],
): ContourSet[] {
  return studies.flatMap(({ combination, reference, allowed }) =>
    allowed.map(({ level, deltaChi2, lines }) => ({
      plane,
      combination: combination.name,
      level: level.label,
      deltaChi2,
      reference: reference.value,
      polylines: lines,
    })),
  );
}

/** Regions of a plane, as plain data. */
export const regionsOf = (axes: readonly GridAxis[], studies: readonly CombinationStudy[]) =>
  studies.map(({ combination, reference, allowed }) => ({
    combination: combination.name,
    reference: {
      ...reference,
      minima: reference.minima.map((one) => ({ ...one, ...onFrame(axes, one.point) })),
    },
    levels: allowed.map(({ level, deltaChi2, regions, beads, unresolved, resolution }) => ({
      level: level.label,
      deltaChi2,
      ...(resolution && { resolution }),
      count: regions.length,
      area: regions.reduce((sum, region) => sum + region.area, 0),
      regions,
      beads,
      unresolved: unresolved.map(({ point, deltaChi2 }) => ({ point, deltaChi2 })),
    })),
  }));

const minimaOf = (axes: readonly GridAxis[], studies: readonly CombinationStudy[]) =>
  studies.map(({ combination, reference, minima }) => ({
    combination: combination.name,
    reference: reference.kind,
    minima: minima.map(({ point, value, deltaChi2 }) => {
      return { point, chi2: value, deltaChi2, ...onFrame(axes, point) };
    }),
  }));

function summary(
  axes: readonly GridAxis[],
  { combination, minima, allowed }: CombinationStudy,
): string[] {
  const [best] = minima;
  const counts = allowed.map(({ level, regions, resolution }) => {
    return `${level.label}: ${regions.length}${resolution?.isCertain === false ? "?" : ""}`;
  });
  const where = `(${best.point.map(digits).join(", ")})${frameText(axes, best.point)}`;
  return [combination.name, digits(best.value), digits(best.deltaChi2), where, counts.join(", ")];
}

/** Minima on the frame, and regions that are missing from the contours. */
function warnings(axes: readonly GridAxis[], studies: readonly CombinationStudy[]): string[] {
  const missing = studies.flatMap(({ combination, allowed }) =>
    allowed.flatMap(({ level, unresolved }) =>
      unresolved.map(
        ({ point }) =>
          `The ${level.label} region of ${combination.name} at (${point.map(digits).join(", ")}) is smaller than a grid cell and missing from contours and figure: scan more points there.`,
      ),
    ),
  );
  return [...missing, ...frameWarning(axes, studies)];
}

/** Combinations whose lowest minimum lies on the frame. */
export function frameWarning(
  axes: readonly GridAxis[],
  studies: readonly {
    readonly combination: { readonly name: string };
    readonly minima: readonly { readonly point: readonly number[] }[];
  }[],
): string[] {
  const names = studies
    .filter(({ minima: [best] }) => onFrame(axes, best.point).onFrame)
    .map(({ combination }) => combination.name);
  if (names.length === 0) return [];
  const what = names.length > 1 ? "The minima" : "The minimum";
  return [
    `${what} of ${names.join(", ")} ${names.length > 1 ? "are" : "is"} on the frame, so that Δχ² depends on the ranges: χ² may fall further beyond.`,
  ];
}

/** Levels whose pieces are those of the grid. */
function unresolvedLevels({ combination, allowed }: CombinationStudy): string[] {
  return allowed.flatMap(({ level, regions, beads, resolution }) => {
    if (!resolution || resolution.isCertain) return [];
    const { cells, points = [] } = resolution;
    const pieces = regions.length + beads.length;
    const specks = beads.length > 0 ? `, ${beads.length} of them specks within a cell` : "";
    return `The ${level.label} region of ${combination.name} is not resolved: it is drawn in ${pieces} pieces${specks}, and ${cells} cells do not tell how they hang together. ${points.join(" × ")} points would do, or a smaller rectangle.`;
  });
}

/** Contours, regions, minima and figure of a plane. */
export function planeResults(evaluation: Evaluation): Findings {
  const { scan, analysis, base, chi2, levels } = evaluation;
  const axes: EvaluatedPlane["axes"] = [scan.axes[0], scan.axes[1]];
  const plane = { analysis, axes, base, combinations: scan.combinations, chi2 };
  const studies = studyPlane(plane, scan.reference, levels);
  return {
    contours: contourSets([axes[0].parameter, axes[1].parameter], studies),
    regions: regionsOf(axes, studies),
    minima: minimaOf(axes, studies),
    figure: scanPlaneFigure(scan, studies),
    summary: [
      [
        "combination",
        "χ² min",
        "Δχ² min",
        `(${axes.map((a) => a.parameter).join(", ")})`,
        "regions",
      ],
      ...studies.map((study) => summary(axes, study)),
    ],
    warnings: warnings(axes, studies),
    uncertain: studies.flatMap(unresolvedLevels),
  };
}
