import type { GalleryFigure, Statement } from "../figure.js";
import { L24 } from "../papers.js";
import { allowedAt, studyOf } from "../plane.js";
import { ALL_THREE, areaAt, planesContent, type Rows, WHY, WITHOUT_GE } from "./planes.js";

/** Sizes within this factor of each other are comparable. */
const COMPARABLE = 2;

function statements({ upper, lower }: Rows): Statement[] {
  const planes = [upper, lower];
  const twoSigma = planes.map((plane) => allowedAt(plane, ALL_THREE, "2σ").regions);
  const without = planes.map((plane) => allowedAt(plane, WITHOUT_GE, "2σ").regions);
  const lowest = planes.map((plane) => studyOf(plane, ALL_THREE).minima[0].deltaChi2);
  const ratio = planes.map(
    (plane) => areaAt(plane, ALL_THREE, "3σ") / areaAt(plane, WITHOUT_GE, "2σ"),
  );
  const threshold = allowedAt(upper, ALL_THREE, "2σ").deltaChi2;
  const broken = twoSigma.every(
    (regions) => regions.length <= 1 && regions.every(({ touchesFrame }) => !touchesFrame),
  );
  return [
    {
      paper: "All three together break the degeneracy between sin²θ_W and the couplings at 2σ.",
      ours: `CsI + LAr leave ${without.map((regions) => regions.length).join(" (upper) and ")} (lower) 2σ regions, all three ${twoSigma.map((regions) => regions.length).join(" and ")}.`,
      verdict: broken ? "holds" : "differs",
    },
    {
      paper: "Both right panels show a 2σ region of all three.",
      ours: `The lowest Δχ² is ${lowest.map((value) => value.toFixed(2)).join(" (upper) and ")} (lower); 2σ is ${threshold.toFixed(2)}.`,
      verdict: twoSigma.every((regions) => regions.length > 0)
        ? "holds"
        : twoSigma.some((regions) => regions.length > 0)
          ? "in part"
          : "differs",
      why: WHY,
    },
    {
      paper: "The 3σ regions of all three are comparable in size to the 2σ regions without Ge.",
      ours: `Their areas are in the ratio ${ratio.map((value) => value.toFixed(2)).join(" (upper) and ")} (lower).`,
      verdict: ratio.every((value) => value > 1 / COMPARABLE && value < COMPARABLE)
        ? "holds"
        : "differs",
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
  make: (options) => planesContent(6, options, statements),
};
