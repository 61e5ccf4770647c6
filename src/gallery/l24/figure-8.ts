import type { Region } from "../../contour/regions.js";
import { datasetLabel } from "../../experiments/labels.js";
import { parameterIndex } from "../../model/parameters.js";
import type { GalleryFigure, Statement } from "../figure.js";
import { L24 } from "../papers.js";
import { allowedAt, type StudiedPlane, studyOf } from "../plane.js";
import { bestRadii, circleCentre } from "./circles.js";
import { ALL_THREE, planesContent, type Rows, WHY } from "./planes.js";

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

function statements({ upper, lower }: Rows): Statement[] {
  const ring = { two: allowedAt(upper, ALL_THREE, "2σ"), three: allowedAt(upper, ALL_THREE, "3σ") };
  const holes = (level: "two" | "three") => ring[level].rings.filter(({ hole }) => hole).length;
  const extent = ring.two.regions.map(({ x, y }) =>
    [x, y].map(([from, to]) => `${from.toFixed(2)} … ${to.toFixed(2)}`.replaceAll("-", "−")),
  );
  const { minima } = studyOf(lower, ALL_THREE);
  const four = { two: allowedAt(lower, ALL_THREE, "2σ"), three: allowedAt(lower, ALL_THREE, "3σ") };
  const below = minima.filter(({ deltaChi2 }) => deltaChi2 <= four.two.deltaChi2);
  const place = ([x, y]: readonly number[]) =>
    `(${x.toFixed(3)}, ${y.toFixed(3)})`.replaceAll("-", "−");
  const isRing = ring.three.regions.length === 1 && holes("three") === 1;
  const isClosed = ring.two.regions.length === 1 && holes("two") === 1;
  return [
    circlesStatement(upper),
    {
      paper: "The 3σ region of (ε^d_μμ, ε^d_μτ) is a ring.",
      ours: `${ring.three.regions.length} region with ${holes("three")} hole.`,
      verdict: isRing ? "holds" : "differs",
    },
    {
      paper: "The 2σ region of (ε^d_μμ, ε^d_μτ) is small, near the Standard Model.",
      ours: isClosed
        ? `It still goes all the way round: a thin ring, ε^d_μμ in ${extent[0][0]}, ε^d_μτ in ${extent[0][1]}.`
        : `${ring.two.regions.length} regions: ${extent.map((one) => one.join(" by ")).join("; ")}.`,
      verdict: ring.two.regions.every(isNear) ? "holds" : "differs",
      why: WHY,
    },
    {
      paper: "χ² of (ε^d_ee, ε^d_μμ) has four minima, the two signs of each flavour's charge.",
      ours: `${minima.length}: ${minima.map(({ point, deltaChi2 }) => `${place(point)} at ${deltaChi2.toFixed(2)}`).join(", ")}.`,
      verdict: minima.length === 4 ? "holds" : "differs",
    },
    {
      paper: "At 2σ, (ε^d_ee, ε^d_μμ) has two small separate regions, the larger one near (0, 0).",
      ours: `${four.two.regions.length}, ${below.map(({ point }) => place(point)).join(" and ")}, barely below the level of ${four.two.deltaChi2.toFixed(2)}; ${four.three.regions.length} at 3σ.`,
      verdict:
        four.two.regions.length === 2
          ? "holds"
          : four.two.regions.length === 1 && isNear(four.two.regions[0])
            ? "in part"
            : "differs",
      why: WHY,
    },
  ];
}

export const figure8: GalleryFigure = {
  id: "l24-8",
  paper: L24,
  number: "Figure 8",
  title: "NSI of down quarks, two flavours",
  caption:
    "Allowed regions of ε^d_μμ and ε^d_μτ (upper) and of ε^d_ee and ε^d_μμ (lower). Left: each data set at 90 %; right: all three combined at 2σ and 3σ, and CsI + LAr at 2σ.",
  make: (options) => planesContent(8, options, statements),
};
