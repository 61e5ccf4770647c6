import type { Region } from "../../contour/regions.js";
import { DOUBLE_COLUMN } from "../../figures/style.js";
import type { FigureContent, MakeOptions, Statement } from "../figure.js";
import { allowedAt, type StudiedPlane, studyScan } from "../plane.js";
import { planePanels } from "../plane-panels.js";
import { planeTables } from "../plane-tables.js";
import { againstPaper } from "../published.js";
import { GE_POINTS } from "./analysis.js";

/** Combinations that the paper's right panels compare. */
export const ALL_THREE = "csi+lar+ge";
export const WITHOUT_GE = "csi+lar";

/** How we read from where the paper counts, which it does not say. */
const READING =
  "Δχ² counts from the sum of the minima of the data sets fitted alone within the plane shown. The paper does not say so: it is our reading of its figures, of which it says that they have no 1σ regions, and from the minimum of the sum there would be some.";

/** Why ours may differ from the paper's planes. */
export const WHY = `${GE_POINTS} By our reading of the figures Δχ² counts from the sum of the data sets' own minima, so that the combination begins at Δχ² between 4.8 and 6.2, where 2σ is 6.18, and such details decide what is drawn.`;

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
    statements: [lessWithGe(number, rows), ...statements(rows)],
    notes: [
      `${READING} Regions of a few cells are drawn on a finer grid around them; a star is left out on the frame, where a degeneracy runs on, and where it would hide the small region about it.`,
    ],
    origin: { ...origin, points },
  };
}

/** "Significantly": to at most this part. */
const SIGNIFICANT = 0.7;

/** "The Ge data are instrumental in significantly reducing the allowed NSI parameter space" (L24, section V). */
export function lessWithGe(figure: 6 | 7 | 8, rows: Rows): Statement {
  const panels = (["upper", "lower"] as const).map((row) => {
    const left = areaAt(rows[row], ALL_THREE, "2σ");
    const before = areaAt(rows[row], WITHOUT_GE, "2σ");
    return { row, left, before, ratio: left / before };
  });
  const shown = panels.map(({ row, left, before, ratio }) => {
    if (before === 0) return `CsI + LAr allow nothing (${row})`;
    return left === 0 ? `nothing is left (${row})` : `${ratio.toPrecision(2)} (${row})`;
  });
  return {
    paper: "Ge makes the allowed space significantly smaller.",
    ours: `Of the area that CsI + LAr allow at 2σ, all three leave: ${shown.join(", ")}.`,
    // Where nothing is left the data sets contradict each other, which is not what the paper says.
    ...againstPaper(
      panels
        .filter(({ before }) => before > 0)
        .map(({ row, ratio }) => ({
          id: `l24.figure-${figure}-${row}.area-with-ge`,
          value: ratio,
        })),
      {
        parts: panels.map(({ left, ratio }) => left > 0 && ratio <= SIGNIFICANT),
        why: panels.some(({ left }) => left === 0) ? `${EMPTY} ${WHY}` : undefined,
      },
    ),
  };
}

/** What it means where nothing is allowed. */
export const EMPTY =
  "Where nothing is allowed at 2σ there is no region to be smaller, closed or split: the data sets contradict each other by that much.";

const areaOf = (regions: readonly Region[]) => regions.reduce((sum, { area }) => sum + area, 0);

/** Sum of the areas of a combination's regions at a level. */
export function areaAt(plane: StudiedPlane, combination: string, level: string): number {
  return areaOf(allowedAt(plane, combination, level).regions);
}
