import { SINGLE_COLUMN } from "../../figures/style.js";
import type { Fill, Layer, PanelSpec } from "../../figures/types.js";
import { parameter } from "../../model/parameters.js";
import type { GalleryFigure } from "../figure.js";
import { C22 } from "../papers.js";
import { allowedAt, type StudiedPlane, studyOf, studyText } from "../plane.js";
import { planeTables } from "../plane-tables.js";
import { CSI } from "./analysis.js";
import { CHARM, CHARM_DELTA_CHI2, charmDisc } from "./charm.js";
import { lmaDark, SOLAR_NEUTRONS } from "./lma-dark.js";
import { nested } from "./nested.js";
import { charmRings, comparisonTables, NINETY, SCANS } from "./nsi-planes.js";
import { lowerStatements, upperStatements } from "./nsi-statements.js";

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
function axesOf({ evaluated }: StudiedPlane): Pick<PanelSpec, "x" | "y"> {
  const [x, y] = evaluated.scan.axes.map(({ parameter: name, from, to }) => ({
    label: `$${parameter(name).symbol}$`,
    domain: [from, to] as const,
    scale: "linear" as const,
  }));
  return { x, y };
}

function upperPanel(plane: StudiedPlane): PanelSpec {
  const { rings, lines } = allowedAt(plane, CSI, NINETY);
  const charm = charmRings();
  const layers: Layer[] = [
    { kind: "region", rings: charm, fill: THEIRS.fill },
    { kind: "region", rings: rings.map(({ points }) => points), fill: OURS.fill },
    { kind: "lines", lines: charm, stroke: THEIRS.stroke },
    { kind: "lines", lines: lines.map(({ points }) => points), stroke: OURS.stroke },
    { kind: "markers", points: [[0, 0]], marker: EXPECTED },
  ];
  return {
    ...axesOf(plane),
    layers,
    legend: {
      position: "above",
      entries: [
        { label: "CsI, $90\\,\\%$", ...OURS },
        { label: "CHARM, $90\\,\\%$", ...THEIRS },
        { label: "SM", marker: EXPECTED },
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

export const figure6: GalleryFigure = {
  id: "c22-6",
  paper: C22,
  number: "Figure 6",
  title: "NSI from CsI",
  caption:
    "Upper: allowed couplings ε^u_ee and ε^d_ee at 90 %, of CsI and of CHARM, whose region is computed here from its one ratio. Lower: ε^u_ee and ε^u_μμ of CsI at 1σ, 2σ and 3σ, and where the LMA-Dark solution of solar oscillations would be, computed here too.",
  make: async (options) => {
    const upper = await studyText(SCANS.upper, "c22-6-upper", options);
    const lower = await studyText(SCANS.lower, "c22-6-lower", options);
    const figure = "Figure 6";
    const twoParameters = allowedAt(upper, CSI, NINETY).deltaChi2;
    const { origin } = upper.evaluated;
    return {
      figure: { width: SINGLE_COLUMN, panels: [[upperPanel(upper)], [lowerPanel(lower)]] },
      tables: [
        ...planeTables(upper, { figure, row: "upper" }),
        ...planeTables(lower, { figure, row: "lower" }),
        ...comparisonTables(),
      ],
      statements: [...upperStatements(upper), ...lowerStatements(lower)],
      notes: [
        `CHARM's region is ours: R^e = Σ_q [(g_V + ε^V)² + g_A²]/2 at tree level, with ε^L = ε^R (no axial coupling), within its own 90 % interval, ${CHARM.ratio} ± 1.645 × ${CHARM.error}: one number was measured. At the level of two parameters, Δχ² = ${twoParameters.toFixed(2)}, its radius would be ${charmDisc(twoParameters).radius.toFixed(2)} in place of ${charmDisc(CHARM_DELTA_CHI2).radius.toFixed(2)}.`,
        "LMA-Dark: ε^u_ee − ε^u_μμ = −2/(2 + Y_n), ε_ττ = ε_μμ, with Y_n = 1/6 … 1/2 neutrons per electron between the surface and the centre of the Sun.",
        "The paper's caption names ε^d_ee for the lower plot; its axis and text have ε^u_μμ.",
      ],
      origin: { ...origin, points: origin.points + lower.evaluated.origin.points },
    };
  },
};
