import { SINGLE_COLUMN } from "../../figures/style.js";
import type { Fill, Layer, PanelSpec, Polyline } from "../../figures/types.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameter, standardModelPoint } from "../../model/parameters.js";
import type { GalleryFigure, Statement } from "../figure.js";
import { C22 } from "../papers.js";
import { allowedAt, gridOf, planeTables, type StudiedPlane, studyOf, studyText } from "../plane.js";
import type { DataTable } from "../table.js";
import { ANALYSIS, CSI } from "./analysis.js";
import { CHARM, charmChi2, charmDisc, charmRatio } from "./charm.js";
import { alongTotal } from "./equal-counts.js";
import { lmaDark, SOLAR_NEUTRONS } from "./lma-dark.js";
import { nested } from "./nested.js";

const NINETY = "90%";
const LEVELS = ["1σ", "2σ", "3σ"] as const;

const SCANS = {
  upper: `
version: 1
analysis: ${ANALYSIS}
axes:
  - { parameter: eps_ee_u, from: -1.25, to: 1.25, points: 201 }
  - { parameter: eps_ee_d, from: -1, to: 1.5, points: 201 }
levels: [${NINETY}]
`,
  lower: `
version: 1
analysis: ${ANALYSIS}
axes:
  - { parameter: eps_ee_u, from: -0.5, to: 0.7, points: 161 }
  - { parameter: eps_mumu_u, from: -0.3, to: 0.9, points: 161 }
levels: [${LEVELS.join(", ")}]
`,
} as const;

const OURS = {
  fill: { color: "series1", opacity: 0.75 },
  stroke: { color: "series1", width: 0.9 },
} as const;
const THEIRS = {
  fill: { color: "series2", opacity: 0.35 },
  stroke: { color: "series2", width: 1, dash: "dashed" },
} as const;
const DARK: Fill = { color: "series3", opacity: 0.45 };
const BEST = { shape: "star", color: "foreground", size: 6.5 } as const;
const EXPECTED = { shape: "dot", color: "series2", size: 4.4 } as const;
const ORIGIN = { shape: "dot", color: "foreground", size: 4.2 } as const;
/** Points of a circle. */
const CIRCLE = 240;

function axesOf({ evaluated }: StudiedPlane): Pick<PanelSpec, "x" | "y"> {
  const [x, y] = evaluated.scan.axes.map(({ parameter: name, from, to }) => ({
    label: `$${parameter(name).symbol}$`,
    domain: [from, to] as const,
    scale: "linear" as const,
  }));
  return { x, y };
}

function circle([x, y]: readonly number[], radius: number): Polyline {
  return Array.from({ length: CIRCLE + 1 }, (_, k) => {
    const angle = (2 * Math.PI * (k % CIRCLE)) / CIRCLE;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** CHARM's 90 % region as rings. */
function charmRings(plane: StudiedPlane): Polyline[] {
  const { deltaChi2 } = allowedAt(plane, CSI, NINETY);
  const { centre, radius, hole } = charmDisc(deltaChi2);
  return [radius, hole].filter((one) => one > 0).map((one) => circle(centre, one));
}

function upperPanel(plane: StudiedPlane): PanelSpec {
  const { rings, lines } = allowedAt(plane, CSI, NINETY);
  const charm = charmRings(plane);
  const layers: Layer[] = [
    { kind: "region", rings: charm, fill: THEIRS.fill },
    { kind: "region", rings: rings.map(({ points }) => points), fill: OURS.fill },
    { kind: "lines", lines: charm, stroke: THEIRS.stroke },
    { kind: "lines", lines: lines.map(({ points }) => points), stroke: OURS.stroke },
    { kind: "markers", points: [[0, 0]], marker: ORIGIN },
  ];
  return {
    ...axesOf(plane),
    layers,
    legend: {
      position: "above",
      entries: [
        { label: "CsI, $90\\,\\%$", ...OURS },
        { label: "CHARM, $90\\,\\%$", ...THEIRS },
        { label: "SM", marker: ORIGIN },
      ],
    },
  };
}

function lowerPanel(plane: StudiedPlane): PanelSpec {
  const { layers, entries } = nested(studyOf(plane, CSI));
  const { x, y } = axesOf(plane);
  const [surface, centre] = SOLAR_NEUTRONS.map(lmaDark);
  return {
    x,
    y,
    layers: [
      ...layers,
      {
        kind: "band",
        x: x.domain,
        lower: x.domain.map((ee) => ee - centre),
        upper: x.domain.map((ee) => ee - surface),
        fill: DARK,
      },
      { kind: "markers", points: [[0, 0]], marker: EXPECTED },
      { kind: "markers", points: [studyOf(plane, CSI).minima[0].point], marker: BEST },
    ],
    legend: {
      position: "above",
      entries: [
        ...entries,
        { label: "LMA-Dark", fill: DARK },
        { label: "best fit", marker: BEST },
        { label: "SM", marker: EXPECTED },
      ],
    },
  };
}

function comparisonTables(plane: StudiedPlane): DataTable[] {
  const points = charmRings(plane).flat();
  const { deltaChi2 } = allowedAt(plane, CSI, NINETY);
  return [
    {
      name: "upper-charm-90percent",
      title: "CHARM 90%, eps_ee_u and eps_ee_d",
      location: "Figure 6, upper",
      description: `Contour of 90% (two degrees of freedom) of R^e = ${CHARM.ratio} +- ${CHARM.error} of CHARM, Phys. Lett. B 180 (1986) 303, for vector couplings (left equal to right).`,
      observables: ["CONTOUR"],
      coordinates: [{ name: "eps_ee_u", values: points.map(([u]) => u) }],
      quantities: [
        {
          name: "eps_ee_d",
          values: points.map(([, d]) => d),
          qualifiers: [{ name: "Delta chi2", value: deltaChi2 }],
        },
      ],
    },
    {
      name: "lower-lma-dark",
      title: "Band of the LMA-Dark solution",
      location: "Figure 6, lower",
      description:
        "eps_ee_u − eps_mumu_u of the exact degeneracy of solar oscillations, for the neutrons per electron at the surface and in the centre of the Sun.",
      observables: ["EPSILON"],
      coordinates: [{ name: "neutrons per electron", values: SOLAR_NEUTRONS }],
      quantities: [{ name: "eps_ee_u − eps_mumu_u", values: SOLAR_NEUTRONS.map(lmaDark) }],
    },
  ];
}

/** Share of CHARM's region in the plane that CsI allows as well, both at 90 %. */
function sharedFraction(plane: StudiedPlane): number {
  const { x, y, values } = gridOf(plane, CSI);
  const { deltaChi2 } = allowedAt(plane, CSI, NINETY);
  const height = studyOf(plane, CSI).reference.value + deltaChi2;
  let [inside, shared] = [0, 0];
  Array.from(values).forEach((value, p) => {
    if (charmChi2(x[Math.floor(p / y.length)], y[p % y.length]) > deltaChi2) return;
    inside++;
    if (value <= height) shared++;
  });
  return shared / inside;
}

/** Least Δχ² in the band of the LMA-Dark solution, within the plane shown. */
function leastInBand(plane: StudiedPlane): number {
  const { x, y, values } = gridOf(plane, CSI);
  const [surface, centre] = SOLAR_NEUTRONS.map(lmaDark);
  const inBand = Array.from(values).filter((_, p) => {
    const difference = x[Math.floor(p / y.length)] - y[p % y.length];
    return difference >= surface && difference <= centre;
  });
  return Math.min(...inBand) - studyOf(plane, CSI).reference.value;
}

function upperStatements(plane: StudiedPlane): Statement[] {
  const { regions } = allowedAt(plane, CSI, NINETY);
  const shared = sharedFraction(plane);
  const origin = charmRatio(0, 0);
  return [
    {
      paper: "CsI limits (ε^u_ee, ε^d_ee) much more than CHARM does, at 90 %.",
      ours: `CsI allows ${(100 * shared).toFixed(0)} % of CHARM's region, in ${regions.length === 1 ? "one band" : `${regions.length} bands`} along which ν_e's charge on Cs and I stays the same; CHARM ends them. (CHARM's ratio is ${CHARM.ratio} ± ${CHARM.error}, in the Standard Model ${origin.toFixed(3)}.)`,
      verdict: shared < 0.5 ? "holds" : "differs",
    },
  ];
}

function lowerStatements(plane: StudiedPlane): Statement[] {
  const study = studyOf(plane, CSI);
  const counts = LEVELS.map((level) => {
    const { regions, rings } = allowedAt(plane, CSI, level);
    return { level, parts: regions.length, holes: rings.filter(({ hole }) => hole).length };
  });
  const { most } = alongTotal(plane.evaluated.analysis, study.minima[0]);
  const expected =
    new ChiSquare(plane.evaluated.analysis).value(standardModelPoint()) - study.minima[0].value;
  const three = allowedAt(plane, CSI, "3σ").deltaChi2;
  const dark = leastInBand(plane);
  const place = ([x, y]: readonly number[]) =>
    `(${x.toFixed(2)}, ${y.toFixed(2)})`.replaceAll("-", "−");
  return [
    {
      paper:
        "With the total cross section alone the regions of (ε^u_ee, ε^u_μμ) would be rings; the flavours break them.",
      ours: `${counts.map(({ level, parts, holes }) => `${level}: ${parts} ${parts === 1 ? "region" : "regions"}, ${holes} ${holes === 1 ? "hole" : "holes"}`).join("; ")}. Along the ring of equal counts, Δχ² rises to ${most.toFixed(1)} (3σ is ${three.toFixed(1)}).`,
      verdict: counts.slice(0, 2).every(({ holes }) => holes === 0) ? "holds" : "differs",
    },
    {
      paper: "The Standard Model is allowed.",
      ours: `Δχ² = ${expected.toFixed(2)} there; the lowest minima are ${study.minima
        .slice(0, 4)
        .map(({ point, deltaChi2 }) => `${place(point)} at ${deltaChi2.toFixed(2)}`)
        .join(", ")}.`,
      verdict: expected <= allowedAt(plane, CSI, "1σ").deltaChi2 ? "holds" : "differs",
    },
    {
      paper: "The plane is compared with the couplings that LMA-Dark needs.",
      ours: `In the band of that degeneracy Δχ² is at least ${dark.toFixed(1)}${dark > three ? ", beyond 3σ" : ""}.`,
      verdict: "in part",
      why: "The paper's band follows from a fit to oscillation data and comes with no formula; ours is where the degeneracy is exact, whose width is only the change of neutrons per electron within the Sun.",
    },
  ];
}

export const figure6: GalleryFigure = {
  id: "c22-6",
  paper: C22,
  number: "Figure 6",
  title: "NSI from CsI",
  caption:
    "Upper: allowed couplings ε^u_ee and ε^d_ee at 90 %, of CsI and of CHARM. Lower: ε^u_ee and ε^u_μμ of CsI at 1σ, 2σ and 3σ, and where the LMA-Dark solution of solar oscillations would be.",
  make: async (options) => {
    const upper = await studyText(SCANS.upper, "c22-6-upper", options);
    const lower = await studyText(SCANS.lower, "c22-6-lower", options);
    const figure = "Figure 6";
    const { origin } = upper.evaluated;
    return {
      figure: { width: SINGLE_COLUMN, panels: [[upperPanel(upper)], [lowerPanel(lower)]] },
      tables: [
        ...planeTables(upper, { figure, row: "upper" }),
        ...planeTables(lower, { figure, row: "lower" }),
        ...comparisonTables(upper),
      ],
      statements: [...upperStatements(upper), ...lowerStatements(lower)],
      notes: [
        "CHARM's region is ours: R^e = Σ_q [(g_V + ε^V)² + g_A²]/2 at tree level, with ε^L = ε^R (no axial coupling), Δχ² from its least value 0.",
        "LMA-Dark: ε^u_ee − ε^u_μμ = −2/(2 + Y_n) with Y_n = 1/6 … 1/2 neutrons per electron between the surface and the centre of the Sun.",
        "The paper's caption names ε^d_ee for the lower plot; its axis and text have ε^u_μμ.",
      ],
      origin: { ...origin, points: origin.points + lower.evaluated.origin.points },
    };
  },
};
