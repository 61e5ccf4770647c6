import { SINGLE_COLUMN } from "../../figures/style.js";
import type { FigureSpec, Layer } from "../../figures/types.js";
import type { GalleryFigure } from "../figure.js";
import { C22 } from "../papers.js";
import { studyOf, studyText } from "../plane.js";
import { CSI } from "./analysis.js";
import { standardModel } from "./cross-sections.js";
import { flavourStatements, publishedBest } from "./flavour-statements.js";
import { crossSections, type FlavourPlane, flavourTables, SCAN } from "./flavours.js";
import { nested } from "./nested.js";

const BEST = { shape: "star", color: "foreground", size: 6.5 } as const;
const BAR = { color: "series2", width: 1.3 } as const;
const PUBLISHED = { shape: "diamond", color: "series3", size: 5.2 } as const;

function figureOf(drawn: FlavourPlane): FigureSpec {
  const { plane, sm } = drawn;
  const study = studyOf(plane, CSI);
  const { layers, entries } = nested(study, (points) =>
    points.map((point) => crossSections(drawn, point)),
  );
  const [x, y] = plane.evaluated.scan.axes;
  const errors = sm.map(({ value, low, high }) => [[value - low, high - value]]);
  const published = publishedBest();
  const marks: Layer[] = [
    {
      kind: "markers",
      points: [published.scales.map((scale, i) => scale * published.standardModel[i])],
      marker: PUBLISHED,
    },
    {
      kind: "markers",
      points: [crossSections(drawn, study.minima[0].point)],
      marker: BEST,
    },
    {
      kind: "errorbars",
      points: [sm.map(({ value }) => value)],
      xErrors: errors[0],
      yErrors: errors[1],
      stroke: BAR,
    },
  ];
  const axis = (flavour: string, end: number) => ({
    label: `$\\langle\\sigma\\rangle_${flavour}$ ($10^{-40}$ cm$^2$)`,
    domain: [0, end] as const,
    scale: "linear" as const,
  });
  return {
    width: SINGLE_COLUMN,
    panels: [
      [
        {
          x: axis("\\mu", x.to * sm[0].value),
          y: axis("e", y.to * sm[1].value),
          layers: [...layers, ...marks],
          legend: {
            position: "auto",
            entries: [
              ...entries,
              { label: "best fit", marker: BEST },
              { label: "best fit, C22", marker: PUBLISHED },
              { label: "SM $\\pm 1\\sigma$", stroke: BAR },
            ],
          },
        },
      ],
    ],
  };
}

export const figure5: GalleryFigure = {
  id: "c22-5",
  paper: C22,
  number: "Figure 5",
  title: "Flavoured CEvNS cross sections",
  caption:
    "Allowed regions at 1σ, 2σ and 3σ of the flux-averaged CEvNS cross sections of muon and electron neutrinos on CsI, with the best fit, the paper's, and the Standard Model with its uncertainty from the form factor. Ours are fitted scales times our Standard Model values, the paper's best fit its scales times its own.",
  make: async (options) => {
    const plane = await studyText(SCAN, "c22-5", options);
    const drawn: FlavourPlane = { plane, sm: [standardModel("mu"), standardModel("e")] };
    return {
      figure: figureOf(drawn),
      tables: flavourTables(drawn),
      statements: flavourStatements(drawn),
      notes: ["ν_μ and ν̄_μ scale together."],
      origin: plane.evaluated.origin,
    };
  },
};
