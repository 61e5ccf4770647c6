import type { Region } from "../../contour/regions.js";
import { datasetLabel } from "../../experiments/labels.js";
import { NUCLEI, type NucleusName } from "../../physics/nuclei.js";
import type { GalleryFigure, Statement } from "../figure.js";
import { L24 } from "../papers.js";
import { allowedAt, gridOf, type StudiedPlane } from "../plane.js";
import { slopeOf, valley } from "../valley.js";
import { verdictOfParts } from "../verdicts.js";
import { ALL_THREE, areaAt, EMPTY, planesContent, type Rows, WHY, WITHOUT_GE } from "./planes.js";

/** L24 eq. (14): Q stays the same along dε^u/dε^d = −(Z + 2N)/(2Z + N). */
function expectedSlope(name: NucleusName): number {
  const { Z, N } = NUCLEI[name];
  return -(Z + 2 * N) / (2 * Z + N);
}

/** The nuclei of each data set; the slope of CsI lies between those of Cs and I. */
const NUCLEI_OF = { csi: ["Cs", "I"], lar: ["Ar"], ge: ["Ge"] } as const;
/** The valleys are measured on the grid, from a least-squares line. */
const SLOPE_TOLERANCE = 0.003;

export interface Slope {
  readonly dataset: keyof typeof NUCLEI_OF;
  readonly measured: number;
  readonly from: number;
  readonly to: number;
}

/** Slope of the valley through the Standard Model's neighbourhood in each data set's plane. */
export function valleySlopes(plane: StudiedPlane): Slope[] {
  return (["csi", "lar", "ge"] as const).map((dataset) => {
    const expected = NUCLEI_OF[dataset].map(expectedSlope);
    const measured = slopeOf(valley(gridOf(plane, dataset), [0, 0]));
    return { dataset, measured, from: Math.min(...expected), to: Math.max(...expected) };
  });
}

/** Slopes of the valleys in both planes, which the paper relates to the nucleus without printing any. */
function slopeStatement({ upper, lower }: Rows): Statement {
  const slopes = { upper: valleySlopes(upper), lower: valleySlopes(lower) };
  const text = (value: number) =>
    Number.isFinite(value) ? value.toFixed(3).replace("-", "−") : "none found";
  const each = (show: (slope: Slope) => string, list: readonly Slope[]) =>
    list.map((slope) => `${datasetLabel(slope.dataset)} ${show(slope)}`).join(", ");
  const expected = ({ from, to }: Slope) =>
    from === to ? text(from) : `${text(from)} … ${text(to)}`;
  const measured = ({ measured: value }: Slope) => text(value);
  const agrees = Object.values(slopes)
    .flat()
    .map(
      ({ measured: value, from, to }) =>
        value > from - SLOPE_TOLERANCE && value < to + SLOPE_TOLERANCE,
    );
  return {
    paper:
      "The best couplings lie on straight lines, eq. (14), whose slope depends on the neutrons and protons of the nucleus.",
    ours: `Eq. (14) has the slope −(Z + 2N)/(2Z + N): ${each(expected, slopes.upper)}. Measured along the valleys: ${each(measured, slopes.upper)} (upper), ${each(measured, slopes.lower)} (lower).`,
    verdict: verdictOfParts(agrees),
  };
}

/** Whether a region runs across the plane, so that nothing limits the two couplings along it. */
export function runsAcross({ x, y }: Region, { evaluated }: StudiedPlane): boolean {
  const [ax, ay] = evaluated.scan.axes;
  const cell = (axis: typeof ax) => (axis.to - axis.from) / (axis.points - 1);
  const upperLeft = x[0] <= ax.from + cell(ax) || y[1] >= ay.to - cell(ay);
  const lowerRight = x[1] >= ax.to - cell(ax) || y[0] <= ay.from + cell(ay);
  return upperLeft && lowerRight;
}

function across(plane: StudiedPlane, combination: string, level: string): number {
  const { regions } = allowedAt(plane, combination, level);
  return regions.filter((region) => runsAcross(region, plane)).length;
}

/** What a panel shows of a degeneracy at 2σ: a band that reaches the frame is open. */
function stateOf(regions: readonly Region[]): "nothing allowed" | "closed" | "open" {
  if (regions.length === 0) return "nothing allowed";
  return regions.some(({ touchesFrame }) => touchesFrame) ? "open" : "closed";
}

function brokenStatement({ upper, lower }: Rows): Statement {
  const planes = [upper, lower];
  const without = planes.map((plane) => across(plane, WITHOUT_GE, "2σ"));
  const left = planes.map((plane) => across(plane, ALL_THREE, "2σ"));
  const states = planes.map((plane) => stateOf(allowedAt(plane, ALL_THREE, "2σ").regions));
  const shown = {
    "nothing allowed": "nothing is allowed",
    closed: "its regions are closed",
    open: "what is left of each band still reaches the frame at one end",
  };
  const closed = states.map((state) => state === "closed");
  // Bands that no longer run across are broken at one end, which is part of it.
  const shorter = states.map((state, i) => state === "open" && left[i] < without[i]);
  const verdict = closed.every(Boolean)
    ? "holds"
    : [...closed, ...shorter].some(Boolean)
      ? "in part"
      : "differs";
  return {
    paper: "The combination breaks the degeneracy of ε^d and ε^u at 2σ.",
    ours: `Bands across the whole plane at 2σ: ${without[0]} (upper) and ${without[1]} (lower) for CsI + LAr, ${left[0]} and ${left[1]} for all three; upper: ${shown[states[0]]}, lower: ${shown[states[1]]}.`,
    verdict,
    why: `${states.includes("nothing allowed") ? `${EMPTY} ` : ""}${WHY} The slopes differ by 1 to 5 % only, so that the bands part slowly along the line.`,
  };
}

export function figure7Statements(rows: Rows): Statement[] {
  const { upper, lower } = rows;
  const areas = ["2σ", "3σ"].map((level) => ({
    level,
    muon: areaAt(lower, ALL_THREE, level),
    electron: areaAt(upper, ALL_THREE, level),
  }));
  const ratios = areas.map(({ level, muon, electron }) => {
    if (muon === 0 || electron === 0) return `none to compare at ${level}`;
    return `${(muon / electron).toFixed(2)} at ${level}`;
  });
  const three = [upper, lower].map((plane) => across(plane, ALL_THREE, "3σ"));
  const any = allowedAt(lower, ALL_THREE, "3σ").regions.length > 0;
  return [
    slopeStatement(rows),
    brokenStatement(rows),
    {
      paper:
        "The constraints on the muon couplings (lower) are stronger than on the electron ones.",
      ours: `The allowed area is, of that of the electron couplings, ${ratios.join(" and ")}.`,
      verdict: verdictOfParts(areas.map(({ muon, electron }) => muon > 0 && muon < electron)),
    },
    {
      paper: "The degeneracy of the muon couplings is slightly broken even at 3σ.",
      ours: any
        ? `At 3σ, ${three[1]} of the bands of the muon couplings run across the plane (${three[0]} of those of the electron couplings).`
        : "Nothing is allowed at 3σ.",
      verdict: any && three[1] < BANDS ? "holds" : "differs",
      why: WHY,
    },
  ];
}

/** Of either sign of the charge, L24 eq. (14). */
const BANDS = 2;

export const figure7: GalleryFigure = {
  id: "l24-7",
  paper: L24,
  number: "Figure 7",
  title: "NSI of up and down quarks",
  caption:
    "Allowed regions of ε^d_ee and ε^u_ee (upper) and of ε^d_μμ and ε^u_μμ (lower). Left: each data set at 90 %; right: all three combined at 2σ and 3σ, and CsI + LAr at 2σ.",
  make: (options) => planesContent(7, options, figure7Statements),
};
