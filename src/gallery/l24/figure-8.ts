import type { Region } from "../../contour/regions.js";
import { datasetLabel } from "../../experiments/labels.js";
import { parameterIndex } from "../../model/parameters.js";
import type { GalleryFigure, Statement } from "../figure.js";
import { L24 } from "../papers.js";
import { allowedAt, type StudiedPlane, studyOf } from "../plane.js";
import { againstPaper } from "../published.js";
import { bestRadii, circleCentre } from "./circles.js";
import { ALL_THREE, EMPTY, planesContent, type Rows, WHY } from "./planes.js";

/** A region about the Standard Model smaller than this, in ε, is a small one near it. */
const SMALL = 0.15;

/** Within the small neighbourhood of the Standard Model. */
const isNear = ({ x, y }: Region) => [...x, ...y].every((value) => Math.abs(value) < SMALL);

/** A nucleus of each data set: Cs and I differ by less than a thousandth in ε. */
const NUCLEUS = { csi: "Cs", lar: "Ar", ge: "Ge" } as const;
/** Spread of radii that still is a circle: CsI has two nuclei. */
const ROUND = 0.01;

function circlesStatement(plane: StudiedPlane): Statement {
  const sin2ThetaW = plane.evaluated.base[parameterIndex("sin2_theta_w")];
  const circles = (["csi", "lar", "ge"] as const).map((dataset) => {
    const centre = circleCentre(NUCLEUS[dataset], sin2ThetaW);
    const radii = bestRadii(plane, dataset, centre);
    const mean = radii.reduce((sum, radius) => sum + radius, 0) / radii.length;
    const spread = (Math.max(...radii) - Math.min(...radii)) / mean;
    return { label: datasetLabel(dataset), centre, mean, spread };
  });
  const apart = (values: readonly number[]) => new Set(values.map((v) => v.toFixed(3))).size === 3;
  const differ = apart(circles.map(({ centre }) => centre)) && apart(circles.map((c) => c.mean));
  return {
    paper:
      "The best couplings (ε^d_μμ, ε^d_μτ) of each detector lie on a circle, whose centre and radius depend on the nucleus.",
    ours: circles
      .map(
        ({ label, centre, mean, spread }) =>
          `${label}: centre (${centre.toFixed(3)}, 0), radius ${mean.toFixed(3)}, the same in all directions within ${(100 * spread).toFixed(1)} %`,
      )
      .join("; ")
      .concat("."),
    verdict: differ && circles.every(({ spread }) => spread <= ROUND) ? "holds" : "differs",
  };
}

const ranges = ({ x, y }: Region) =>
  [x, y].map(([from, to]) => `${from.toFixed(3)} … ${to.toFixed(3)}`.replaceAll("-", "−"));

/** "At 2σ a small region near the SM value, and at 3σ a ring" (L24, section IV B). */
function ringStatements(upper: StudiedPlane): Statement[] {
  const [two, three] = ["2σ", "3σ"].map((level) => allowedAt(upper, ALL_THREE, level));
  const holes = ({ rings }: typeof two) => rings.filter(({ hole }) => hole).length;
  const isRing = (one: typeof two) => one.regions.length === 1 && holes(one) === 1;
  const places = two.regions.map((region) => ranges(region).join(" by "));
  const shown =
    places.length === 0
      ? "Nothing is allowed at 2σ."
      : isRing(two)
        ? `It still goes all the way round: a thin ring, ${places[0]} in ε^d_μμ and ε^d_μτ.`
        : `${places.length === 1 ? "One region" : `${places.length} regions`}: ${places.join("; ")}.`;
  return [
    {
      paper: "The 3σ region of (ε^d_μμ, ε^d_μτ) is a ring.",
      ours: `Regions at 3σ: ${three.regions.length}, with ${holes(three)} ${holes(three) === 1 ? "hole" : "holes"}.`,
      verdict: isRing(three) ? "holds" : "differs",
    },
    {
      paper: "The 2σ region of (ε^d_μμ, ε^d_μτ) is small, near the Standard Model.",
      ours: shown,
      verdict: two.regions.length > 0 && two.regions.every(isNear) ? "holds" : "differs",
      why: two.regions.length === 0 ? `${EMPTY} ${WHY}` : WHY,
    },
  ];
}

/** Four minima, and at 2σ "two small disconnected regions, with the larger one near the SM value (0, 0)". */
function minimaStatements(lower: StudiedPlane): Statement[] {
  const { minima } = studyOf(lower, ALL_THREE);
  const two = allowedAt(lower, ALL_THREE, "2σ");
  const three = allowedAt(lower, ALL_THREE, "3σ");
  const below = minima.filter(({ deltaChi2 }) => deltaChi2 <= two.deltaChi2);
  const place = ([x, y]: readonly number[]) =>
    `(${x.toFixed(3)}, ${y.toFixed(3)})`.replaceAll("-", "−");
  const heights = (list: typeof minima) =>
    list.map(({ point, deltaChi2 }) => `${place(point)} at ${deltaChi2.toFixed(2)}`).join(", ");
  const [largest] = [...two.regions].sort((a, b) => b.area - a.area);
  const level = two.deltaChi2.toFixed(2);
  return [
    {
      paper: "χ² of (ε^d_ee, ε^d_μμ) has four minima, the two signs of each flavour's charge.",
      ours: `${minima.length}: ${heights(minima)}.`,
      ...againstPaper([{ id: "l24.figure-8-lower.minima", value: minima.length }]),
    },
    {
      paper: "At 2σ, (ε^d_ee, ε^d_μμ) has two small separate regions.",
      ours:
        below.length === 0
          ? `None: the lowest minimum is ${heights(minima.slice(0, 1))}, above ${level}.`
          : `Minima below ${level}: ${heights(below)}. At 3σ there are ${three.regions.length} regions.`,
      ...againstPaper([{ id: "l24.figure-8-lower.within-2-sigma", value: below.length }]),
    },
    {
      paper: "The larger of these regions is near (0, 0).",
      ours:
        largest === undefined
          ? "Nothing is allowed at 2σ."
          : `The ${two.regions.length === 1 ? "one" : "largest"} that there is: ${ranges(largest).join(" by ")}.`,
      // Of one region, none is the larger.
      verdict:
        largest === undefined || !isNear(largest)
          ? "differs"
          : two.regions.length > 1
            ? "holds"
            : "in part",
      why: largest === undefined ? `${EMPTY} ${WHY}` : WHY,
    },
  ];
}

export function figure8Statements({ upper, lower }: Rows): Statement[] {
  return [circlesStatement(upper), ...ringStatements(upper), ...minimaStatements(lower)];
}

export const figure8: GalleryFigure = {
  id: "l24-8",
  paper: L24,
  number: "Figure 8",
  title: "NSI of down quarks, two flavours",
  caption:
    "Allowed regions of ε^d_μμ and ε^d_μτ (upper) and of ε^d_ee and ε^d_μμ (lower). Left: each data set at 90 %; right: all three combined at 2σ and 3σ, and CsI + LAr at 2σ.",
  make: (options) => planesContent(8, options, figure8Statements),
};
