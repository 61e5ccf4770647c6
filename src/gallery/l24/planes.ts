import type { Region } from "../../contour/regions.js";
import { DOUBLE_COLUMN } from "../../figures/style.js";
import type { FigureContent, MakeOptions, Statement } from "../figure.js";
import { allowedAt, type StudiedPlane, studyOf, studyScan } from "../plane.js";
import { planePanels } from "../plane-panels.js";
import { planeTables } from "../plane-tables.js";
import { GE_POINTS } from "./analysis.js";

/** Combinations that the paper's right panels compare. */
export const ALL_THREE = "csi+lar+ge";
export const WITHOUT_GE = "csi+lar";

/** Why ours may differ from the paper's planes. */
export const WHY = `${GE_POINTS} Δχ² counts from the sum of the data sets' own minima, so that the combination begins at Δχ² between 4.8 and 6.2, where 2σ is 6.18, and such details decide what is drawn.`;

export interface Rows {
  readonly upper: StudiedPlane;
  readonly lower: StudiedPlane;
}

/** A figure of the paper's form: two planes, each with the data sets on the left, combined on the right. */
export async function planesContent(
  number: 6 | 7 | 8,
  options: MakeOptions,
  statements: (rows: Rows) => readonly Statement[],
): Promise<FigureContent> {
  const rows: Rows = {
    upper: await studyScan(`figure-${number}-upper`, options),
    lower: await studyScan(`figure-${number}-lower`, options),
  };
  const figure = `Figure ${number}`;
  const [upper, lower] = [planePanels(rows.upper), planePanels(rows.lower)];
  // The legends above the upper row serve both.
  const plain = lower.map(({ legend: _, ...panel }) => panel);
  const { origin } = rows.upper.evaluated;
  const points = origin.points + rows.lower.evaluated.origin.points;
  return {
    figure: { width: DOUBLE_COLUMN, panels: [upper, plain] },
    tables: [
      ...planeTables(rows.upper, { figure, row: "upper" }),
      ...planeTables(rows.lower, { figure, row: "lower" }),
    ],
    statements: [noOneSigma(rows), lessWithGe(rows), ...statements(rows)],
    notes: [
      "Δχ² counts from the sum of the minima of the data sets fitted alone within the plane shown, as in the paper. Regions of a few cells are drawn on a finer grid around them; a star is left out on the frame, where a degeneracy runs on, and where it would hide the small region about it.",
    ],
    origin: { ...origin, points },
  };
}

/** "There are no 1σ allowed regions in the right panels" (L24, section IV A). */
function noOneSigma({ upper, lower }: Rows): Statement {
  const lowest = [upper, lower].map((plane) => studyOf(plane, ALL_THREE).minima[0].deltaChi2);
  const oneSigma = allowedAt(upper, ALL_THREE, "1σ").deltaChi2;
  const without = [upper, lower].map((plane) => studyOf(plane, WITHOUT_GE).minima[0].deltaChi2);
  const numbers = (values: readonly number[]) =>
    `${values.map((value) => value.toFixed(2)).join(" (upper) and ")} (lower)`;
  const none = lowest.every((value) => value > oneSigma);
  return {
    paper:
      "The combination of all three data sets has no 1σ region, as the Ge data disagree a little.",
    ours: `Its lowest Δχ² is ${numbers(lowest)}, above ${oneSigma.toFixed(2)}; without Ge it is ${numbers(without)}.`,
    verdict: none && without.every((value) => value <= oneSigma) ? "holds" : "differs",
  };
}

/** "Significantly": by at least this factor. */
const SIGNIFICANT = 0.7;

/** "The Ge data are instrumental in significantly reducing the allowed NSI parameter space" (L24, section V). */
function lessWithGe({ upper, lower }: Rows): Statement {
  const [above, below] = [upper, lower].map(
    (plane) => areaAt(plane, ALL_THREE, "2σ") / areaAt(plane, WITHOUT_GE, "2σ"),
  );
  return {
    paper: "Ge makes the allowed space significantly smaller.",
    ours: `At 2σ, the allowed area is ${above.toFixed(2)} (upper) and ${below.toFixed(2)} (lower) of that of CsI + LAr.`,
    verdict: above <= SIGNIFICANT && below <= SIGNIFICANT ? "holds" : "differs",
  };
}

const areaOf = (regions: readonly Region[]) => regions.reduce((sum, { area }) => sum + area, 0);

/** Sum of the areas of a combination's regions at a level. */
export function areaAt(plane: StudiedPlane, combination: string, level: string): number {
  return areaOf(allowedAt(plane, combination, level).regions);
}
