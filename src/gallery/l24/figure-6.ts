import type { Region } from "../../contour/regions.js";
import type { GalleryFigure, Statement } from "../figure.js";
import { L24 } from "../papers.js";
import { allowedAt, studyOf } from "../plane.js";
import { againstPaper } from "../published.js";
import { verdictOfParts } from "../verdicts.js";
import { ALL_THREE, areaAt, EMPTY, planesContent, type Rows, WHY, WITHOUT_GE } from "./planes.js";

const ROWS = ["upper", "lower"] as const;

/** Number of regions; of none it is said. */
const count = (regions: readonly Region[]) => (regions.length === 0 ? "none" : regions.length);

/** "There are no 1σ allowed regions in the right panels because the Ge data are slightly discrepant". */
function noOneSigma(rows: Rows): Statement {
  const minima = ROWS.map((row) => studyOf(rows[row], ALL_THREE).minima);
  const level = allowedAt(rows.upper, ALL_THREE, "1σ").deltaChi2;
  const lowest = minima.map(([first]) => first.deltaChi2.toFixed(2));
  const without = ROWS.map((row) => studyOf(rows[row], WITHOUT_GE).minima[0].deltaChi2);
  return {
    paper:
      "The combination of all three data sets has no 1σ region, as the Ge data disagree a little.",
    ours: `Its lowest Δχ² is ${lowest[0]} (upper) and ${lowest[1]} (lower), above ${level.toFixed(2)}; without Ge it is ${without[0].toFixed(2)} and ${without[1].toFixed(2)}.`,
    ...againstPaper(
      minima.map((all, i) => ({
        id: `l24.figure-6-${ROWS[i]}.within-1-sigma`,
        value: all.filter(({ deltaChi2 }) => deltaChi2 <= level).length,
      })),
      { parts: without.map((deltaChi2) => deltaChi2 <= level) },
    ),
  };
}

/** A degeneracy is broken where one closed region is left of several, or of a band; where none is, it is not seen. */
const isBroken = (regions: readonly Region[]) =>
  regions.length === 1 && regions.every(({ touchesFrame }) => !touchesFrame);

export function figure6Statements(rows: Rows): Statement[] {
  const planes = ROWS.map((row) => rows[row]);
  const twoSigma = planes.map((plane) => allowedAt(plane, ALL_THREE, "2σ").regions);
  const without = planes.map((plane) => allowedAt(plane, WITHOUT_GE, "2σ").regions);
  const lowest = planes.map((plane) => studyOf(plane, ALL_THREE).minima[0].deltaChi2);
  const threshold = allowedAt(rows.upper, ALL_THREE, "2σ").deltaChi2;
  const within = planes.map((plane) => {
    return studyOf(plane, ALL_THREE).minima.filter(({ deltaChi2 }) => deltaChi2 <= threshold)
      .length;
  });
  const sizes = planes.map((plane) => ({
    three: areaAt(plane, ALL_THREE, "3σ"),
    two: areaAt(plane, WITHOUT_GE, "2σ"),
  }));
  const size = ({ three, two }: (typeof sizes)[number]) =>
    two === 0 || three === 0 ? "none to compare" : (three / two).toFixed(2);
  return [
    noOneSigma(rows),
    {
      paper: "All three together break the degeneracy between sin²θ_W and the couplings at 2σ.",
      ours: `CsI + LAr leave ${count(without[0])} (upper) and ${count(without[1])} (lower) 2σ regions, all three ${count(twoSigma[0])} and ${count(twoSigma[1])}.`,
      verdict: verdictOfParts(twoSigma.map(isBroken)),
      why: twoSigma.some((regions) => regions.length === 0) ? `${EMPTY} ${WHY}` : WHY,
    },
    {
      paper: "Both right panels show a 2σ region of all three.",
      ours: `The lowest Δχ² is ${lowest.map((value) => value.toFixed(2)).join(" (upper) and ")} (lower); 2σ is ${threshold.toFixed(2)}.`,
      ...againstPaper(
        within.map((value, i) => ({ id: `l24.figure-6-${ROWS[i]}.within-2-sigma`, value })),
      ),
    },
    {
      paper: "The 3σ regions of all three are comparable in size to the 2σ regions without Ge.",
      ours: `Their areas are in the ratio ${sizes.map(size).join(" (upper) and ")} (lower).`,
      ...againstPaper(
        sizes.map(({ three, two }, i) => {
          return { id: `l24.figure-6-${ROWS[i]}.size`, value: two > 0 ? three / two : Infinity };
        }),
      ),
    },
  ];
}

export const figure6: GalleryFigure = {
  id: "l24-6",
  paper: L24,
  number: "Figure 6",
  title: "Weak mixing angle and NSI of up quarks",
  caption:
    "Allowed regions of sin²θ_W and ε^u_ee (upper) and of sin²θ_W and ε^u_μμ (lower). Left: each data set at 90 %; right: all three combined at 2σ and 3σ, and CsI + LAr at 2σ.",
  make: (options) => planesContent(6, options, figure6Statements),
};
