import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseLevel } from "../contour/levels.js";
import type { PlaneGrid, Point } from "../contour/plane.js";
import { axisValues } from "../engine/points.js";
import { type AllowedRegion, type CombinationStudy, studyPlane } from "../study/plane.js";
import { type EvaluatedScan, evaluateScan, scanOf } from "./evaluate.js";
import type { MakeOptions } from "./figure.js";
import { refined } from "./refine.js";
import { simplified } from "./simplify.js";

/** A scanned plane with what it says. */
export interface StudiedPlane {
  readonly evaluated: EvaluatedScan;
  readonly studies: readonly CombinationStudy[];
}

/** Level that statements ask for beyond those drawn. */
const ONE_SIGMA = "1σ";

/** Evaluates and studies the plane of a scan file in `scans/`. */
export async function studyScan(name: string, options: MakeOptions): Promise<StudiedPlane> {
  const file = fileURLToPath(new URL(`../../scans/${name}.yaml`, import.meta.url));
  return studyText(readFileSync(file, "utf8"), `scans/${name}.yaml`, options);
}

/** Evaluates and studies a plane from what its scan file would say. */
export async function studyText(
  text: string,
  name: string,
  options: MakeOptions,
): Promise<StudiedPlane> {
  const scan = scanOf(text, name, options.points);
  const evaluated = await evaluateScan(scan, options);
  const { analysis, base, chi2 } = evaluated;
  const axes = [scan.axes[0], scan.axes[1]] as const;
  const plane = { analysis, axes, base, combinations: scan.combinations, chi2 };
  const levels = [...new Set([ONE_SIGMA, ...scan.levels])].map(parseLevel);
  const studies = studyPlane(plane, scan.reference, levels);
  const exact = studies.map((study) => refined(evaluated, study));
  return { evaluated, studies: exact.map((study) => withFewerVertices(evaluated, study)) };
}

/** Of the plane's sides: a few µm on paper, a hundredth of a line's width. */
const TOLERANCE = 5e-5;

/** Contours without the vertices that straight lines replace. */
function withFewerVertices({ scan }: EvaluatedScan, study: CombinationStudy): CombinationStudy {
  const [width, height] = scan.axes.map(({ from, to }) => to - from);
  const fewer = <Line extends { readonly points: readonly Point[] }>(line: Line): Line => {
    return { ...line, points: simplified(line.points, [width, height], TOLERANCE) };
  };
  const allowed = study.allowed.map((one) => {
    return { ...one, lines: one.lines.map(fewer), rings: one.rings.map(fewer) };
  });
  return { ...study, allowed };
}

export function studyOf({ studies }: StudiedPlane, combination: string): CombinationStudy {
  const found = studies.find((study) => study.combination.name === combination);
  if (!found) throw new RangeError(`the scan has no combination ${combination}`);
  return found;
}

/** The allowed region of a combination at a level, by the level's label. */
export function allowedAt(plane: StudiedPlane, combination: string, level: string): AllowedRegion {
  const found = studyOf(plane, combination).allowed.find((one) => one.level.label === level);
  if (!found) throw new RangeError(`${combination} was not studied at ${level}`);
  return found;
}

/** χ² of one combination on the plane's grid. */
export function gridOf({ evaluated }: StudiedPlane, combination: string): PlaneGrid {
  const { scan, chi2 } = evaluated;
  const [x, y] = scan.axes.map(axisValues);
  const width = scan.combinations.length;
  const column = scan.combinations.findIndex(({ name }) => name === combination);
  const values = Float64Array.from({ length: x.length * y.length }, (_, point) => {
    return chi2[point * width + column];
  });
  return { x, y, values };
}
