import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { analysisNamed } from "../../analysis/registry.js";
import { parseLevel } from "../../contour/levels.js";
import { datasetLabel } from "../../experiments/labels.js";
import { DOUBLE_COLUMN } from "../../figures/style.js";
import type { Layer, PanelSpec, Polyline } from "../../figures/types.js";
import { bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { holdNuisances } from "../../fit/hold.js";
import { parameterIntervals } from "../../fit/intervals.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { geEventsInFitRange, geFit } from "../../validation/release/ge.js";
import { larFit } from "../../validation/release/lar.js";
import { originHere } from "../evaluate.js";
import type { GalleryFigure, Statement } from "../figure.js";
import { RELEASE } from "../papers.js";
import { againstPaper, chosen, printedAs, printedValue } from "../published.js";
import type { DataTable } from "../table.js";

/** A measured number of signal events, errors as lengths. */
interface Measured {
  readonly value: number;
  readonly down: number;
  readonly up: number;
}

interface Detector {
  readonly dataset: "lar" | "ge";
  readonly what: string;
  readonly source: string;
  readonly published: Measured;
  /** Events of the Standard Model. */
  readonly expected: (chi2: ChiSquare) => number;
  /** End of the axis, in events. */
  readonly most: number;
}

const SIGNAL = "sigma_scale";
const ANALYSIS = "release";
const LAR_ERROR = "release.lar.cevns.error";
const POINTS = 121;
const MAXIMUM = 16;
const LEVELS = ["1sigma", "2sigma", "3sigma"].map(parseLevel);
const CURVE = { color: "series1", width: 1.1 } as const;
const PUBLISHED = { color: "series3", width: 1.1, dash: "dashed" } as const;
const BAND = { color: "series3", opacity: 0.18 } as const;
const GUIDE = { color: "muted", width: 0.6, dash: "dotted" } as const;
const PREDICTED = { color: "foreground", width: 0.8, dash: "dashdot" } as const;
const BEST = { shape: "dot", color: "series1", size: 3.6 } as const;

/** Events in the signal's templates at the Standard Model, its norms held at nominal. */
function larEvents(chi2: ChiSquare): number {
  const [{ signal }] = chi2.profile(standardModelPoint()).expected;
  return signal.reduce((sum, count) => sum + count, 0);
}

/** The numbers of the collaborations' papers: arXiv:2003.10630 and arXiv:2406.13806. */
const DETECTORS: readonly Detector[] = [
  {
    dataset: "lar",
    what: "CEvNS events in the LAr sample",
    source: "arXiv:2003.10630",
    published: {
      value: printedValue("release.lar.cevns"),
      down: printedValue(LAR_ERROR),
      up: printedValue(LAR_ERROR),
    },
    expected: larEvents,
    most: 360,
  },
  {
    dataset: "ge",
    what: "CEvNS events in the Ge fit range",
    source: "arXiv:2406.13806",
    published: {
      value: printedValue("release.ge.events.value"),
      down: -printedValue("release.ge.events.down"),
      up: printedValue("release.ge.events.up"),
    },
    expected: geEventsInFitRange,
    most: 60,
  },
];

interface Curve {
  readonly detector: Detector;
  readonly predicted: number;
  readonly measured: Measured;
  readonly rejection: number;
  /** [events, Δχ²]. */
  readonly points: Polyline;
}

function curveOf(detector: Detector, analysis: CompiledAnalysis, points: number): Curve {
  const { dataset, expected, most } = detector;
  const chi2 = new ChiSquare(analysis, [dataset]);
  const free = [defaultRange(SIGNAL)];
  const best = bestFit(chi2, standardModelPoint(), free);
  const [{ value, lower, upper }] = parameterIntervals(chi2, best, free, 1);
  const predicted = expected(chi2);
  const index = parameterIndex(SIGNAL);
  const rise = (events: number): number => {
    const at = standardModelPoint();
    at[index] = events / predicted;
    return chi2.value(at) - best.chi2;
  };
  const events = Array.from({ length: points }, (_, i) => (most * i) / (points - 1));
  return {
    detector,
    predicted,
    measured: {
      value: value * predicted,
      down: (value - (lower ?? Number.NaN)) * predicted,
      up: ((upper ?? Number.NaN) - value) * predicted,
    },
    rejection: Math.sqrt(rise(0)),
    points: events.map((n) => [n, rise(n)]),
  };
}

function panelOf({ detector, predicted, measured, points }: Curve): PanelSpec {
  const { dataset, what, published, most } = detector;
  const { value, down, up } = published;
  return {
    title: datasetLabel(dataset),
    x: { label: what.replace("CEvNS", "CE$\\nu$NS"), domain: [0, most], scale: "linear" },
    y: { label: "$\\Delta\\chi^2$", domain: [0, MAXIMUM], scale: "linear" },
    layers: [
      {
        kind: "band",
        x: [value - down, value + up],
        lower: [0, 0],
        upper: [MAXIMUM, MAXIMUM],
        fill: BAND,
      },
      { kind: "reference", axis: "x", value, stroke: PUBLISHED },
      { kind: "reference", axis: "x", value: predicted, stroke: PREDICTED },
      ...LEVELS.map((level): Layer => {
        const label = `$${level.texLabel}$`;
        return { kind: "reference", axis: "y", value: level.deltaChi2(1), label, stroke: GUIDE };
      }),
      { kind: "lines", lines: [points], stroke: CURVE },
      {
        kind: "errorbars",
        points: [[measured.value, 1]],
        xErrors: [[measured.down, measured.up]],
        stroke: CURVE,
        marker: BEST,
      },
    ],
    legend: {
      position: "above",
      entries: [
        { label: "ours, $1\\sigma$", stroke: CURVE, marker: BEST },
        { label: "published", fill: BAND, stroke: PUBLISHED },
        { label: "SM", stroke: PREDICTED },
      ],
    },
  };
}

function tablesOf({ detector, measured, predicted, points }: Curve): DataTable[] {
  const { dataset, what, source, published } = detector;
  const name = datasetLabel(dataset);
  const location = `Signal events, ${dataset === "lar" ? "left" : "right"}`;
  const both = [measured, published];
  return [
    {
      name: `${dataset}-delta-chi2`,
      title: `Delta chi2 of ${name} signal events`,
      location,
      description: `Rise of chi2 with the number of ${what}, all nuisances but the signal's norms profiled.`,
      observables: ["DELTA CHI2"],
      coordinates: [{ name: "CEvNS events", values: points.map(([events]) => events) }],
      quantities: [{ name: "delta chi2", values: points.map(([, rise]) => rise) }],
    },
    {
      name: `${dataset}-interval`,
      title: `Intervals of ${name} signal events`,
      location,
      description: `Number of ${what} with 1 sigma interval: ours and as published in ${source}. The Standard Model predicts ${predicted.toFixed(1)}.`,
      observables: ["N"],
      coordinates: [{ name: "source", values: ["ours", source] }],
      quantities: [
        {
          name: "CEvNS events",
          units: "events",
          values: both.map(({ value }) => value),
          errors: [
            { label: "total", minus: both.map(({ down }) => down), plus: both.map(({ up }) => up) },
          ],
        },
      ],
    },
  ];
}

const shown = ({ value, down, up }: Measured, digits: number): string =>
  `${value.toFixed(digits)} +${up.toFixed(digits)} −${down.toFixed(digits)}`;

/** What the collaborations print of LAr, beside ours. */
function larStatements(analysis: CompiledAnalysis): Statement[] {
  const fit = larFit(analysis);
  const events = chosen(fit, ["release.lar.cevns", LAR_ERROR]);
  const [rejection] = chosen(fit, ["release.lar.rejection"]);
  const [detector] = DETECTORS;
  return [
    {
      paper: `${events.map(({ id }) => printedAs(id)).join(" ± ")} ${detector.what} (${detector.source}).`,
      ours: `${events.map(({ value }) => value.toFixed(0)).join(" ± ")}.`,
      ...againstPaper(events, { why: WHY.lar }),
    },
    {
      paper: `No CEvNS is rejected in the LAr sample at ${printedAs(rejection.id)}σ (${detector.source}).`,
      ours: `At ${rejection.value.toFixed(2)}σ.`,
      ...againstPaper([rejection], { why: WHY.lar }),
    },
  ];
}

/** The same of Ge. */
function geStatement(analysis: CompiledAnalysis, { measured, rejection }: Curve): Statement {
  const ids = ["value", "up", "down"].map((part) => `release.ge.events.${part}`);
  const [value, up, down] = ids.map((id) => printedAs(id));
  const [, detector] = DETECTORS;
  return {
    paper: `${value} +${up} ${down} ${detector.what} (${detector.source}).`,
    ours: `${shown(measured, 1)}; no CEvNS is rejected by ${rejection.toFixed(1)}σ.`,
    ...againstPaper(chosen(geFit(analysis), ids), { why: WHY.ge }),
  };
}

const WHY = {
  lar: "The published error is that of the collaboration's fit; ours is the rise of χ² by one with the background norms profiled and shapes fixed.",
  ge: "No numeric release exists: ours is an on/off fit of the counts that the paper's figure prints, in columns of 2 keVee, where the collaboration fits single events.",
} as const;

/** The two data sets whose collaborations count signal events, each fitted as theirs. */
export const intervals: GalleryFigure = {
  id: "release-intervals",
  paper: RELEASE,
  number: "Signal events",
  title: "Intervals of LAr and Ge",
  caption:
    "Rise of χ² with the number of CEvNS events in liquid argon (left) and germanium (right), each fitted as by its own collaboration with nothing but the counts to constrain the signal; the published value with its error as a band. Events are the fitted scale times those of the Standard Model; the dot marks our best value and its bar our 1σ interval, at the height of Δχ² = 1.",
  make: async ({ points = POINTS }) => {
    const whole = analysisNamed(ANALYSIS).compile();
    const analysis = holdNuisances(whole, { flux: 0, "lar.signal_norm": 0, "ge.signal_norm": 0 });
    const curves = DETECTORS.map((detector) => curveOf(detector, analysis, points));
    return {
      figure: { width: DOUBLE_COLUMN, aspects: [0.72], panels: [curves.map(panelOf)] },
      tables: curves.flatMap(tablesOf),
      statements: [...larStatements(analysis), geStatement(analysis, curves[1])],
      notes: [
        "The signal's own norm and the flux are held at nominal, as the number of events is what is measured; the norms of backgrounds, and in Ge the flat background of each column, are profiled.",
      ],
      origin: originHere(whole, curves.length * points),
    };
  },
};
