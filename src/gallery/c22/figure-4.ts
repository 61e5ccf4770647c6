import { axisValues } from "../../engine/points.js";
import { curveFigure } from "../../figures/curve.js";
import type { FigureSpec, Layer } from "../../figures/types.js";
import { bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIntervals } from "../../fit/intervals.js";
import { standardModelPoint } from "../../model/parameters.js";
import { expectations } from "../../validation/coherent-2022/expectation.js";
import { crossSectionFit } from "../../validation/coherent-2022/fit.js";
import { evaluateScan, scanOf } from "../evaluate.js";
import type { GalleryFigure, MakeOptions, Statement } from "../figure.js";
import { C22 } from "../papers.js";
import { againstPaper, chosen, printedAs } from "../published.js";
import type { DataTable } from "../table.js";
import { ANALYSIS, compiled } from "./analysis.js";
import { type Prediction, standardModel, UNITS } from "./cross-sections.js";

const RANGE = { from: 0.3, to: 1.7, points: 141 } as const;
const MAXIMUM = 12;
const CURVES = [
  { systematics: true, label: "with systematics", styleKey: "total" },
  { systematics: false, label: "without systematics", styleKey: "series3" },
] as const;
const BAND = { color: "muted", opacity: 0.3 } as const;
const LINE = { color: "muted", width: 0.9 } as const;

const scanText = (systematics: boolean) => `
version: 1
analysis: ${ANALYSIS}
options: { systematics: ${systematics} }
axes:
  - { parameter: sigma_scale, from: ${RANGE.from}, to: ${RANGE.to}, points: ${RANGE.points} }
`;

/** Fitted scale with its 1σ errors upward and downward. */
interface MeasuredScale {
  readonly scale: readonly [number, number, number];
  readonly chi2: number;
}

function measured(systematics: boolean): MeasuredScale {
  const chi2 = new ChiSquare(compiled(systematics));
  const free = [defaultRange("sigma_scale")];
  const best = bestFit(chi2, standardModelPoint(), free);
  const [{ value, lower, upper }] = parameterIntervals(chi2, best, free, 1);
  return {
    scale: [value, (upper ?? Infinity) - value, value - (lower ?? 0)],
    chi2: best.chi2,
  };
}

async function curve(systematics: boolean, options: MakeOptions) {
  const scan = scanOf(scanText(systematics), "c22-4", options.points);
  const evaluated = await evaluateScan(scan, options);
  const fit = measured(systematics);
  return {
    fit,
    scales: Array.from(axisValues(evaluated.scan.axes[0])),
    deltas: Array.from(evaluated.chi2, (value) => value - fit.chi2),
    origin: evaluated.origin,
  };
}

type Curve = Awaited<ReturnType<typeof curve>>;

function figureOf(curves: readonly Curve[], sm: Prediction): FigureSpec {
  const drawn = curveFigure({
    panels: [
      {
        x: {
          symbol: "\\langle\\sigma\\rangle_\\Phi\\ (10^{-40}\\ \\mathrm{cm}^2)",
          from: 80,
          to: 300,
        },
        curves: curves.map(({ scales, deltas }, i) => ({
          label: CURVES[i].label,
          styleKey: CURVES[i].styleKey,
          points: scales.map((scale, k) => [scale * sm.value, deltas[k]]),
        })),
        levels: [1, 2, 3].map((n) => ({ value: n * n, label: `$${n}\\sigma$` })),
        maximum: MAXIMUM,
        legend: "above",
      },
    ],
  });
  const expectation: Layer[] = [
    {
      kind: "band",
      x: [sm.low, sm.high],
      lower: [0, 0],
      upper: [MAXIMUM, MAXIMUM],
      fill: BAND,
    },
    { kind: "reference", axis: "x", value: sm.value, stroke: LINE },
  ];
  const panels = drawn.panels.map((row) =>
    row.map((panel) => {
      if (panel === null) return null;
      const entries = [...(panel.legend?.entries ?? []), { label: "SM", fill: BAND, stroke: LINE }];
      return {
        ...panel,
        layers: [...expectation, ...panel.layers],
        legend: { entries, position: "above" as const },
      };
    }),
  );
  return { ...drawn, panels };
}

const withErrors = (values: readonly number[]) =>
  `${values[0].toFixed(1)} +${values[1].toFixed(1)} −${values[2].toFixed(1)}`;

function statements([full, bare]: readonly Curve[], sm: Prediction): Statement[] {
  const analysis = compiled();
  const fit = crossSectionFit(analysis);
  const measuredNumbers = chosen(fit, ["c22.sigma.value", "c22.sigma.up", "c22.sigma.down"]);
  const [rejection] = chosen(fit, ["c22.rejection"]);
  const [away] = chosen(fit, ["c22.consistency"]);
  const model = chosen(expectations(analysis), ["c22.sigma-sm", "c22.sigma-sm.error"]);
  const [value, up, down] = measuredNumbers.map((one) => one.value);
  const theirs = ["c22.sigma.value", "c22.sigma.up", "c22.sigma.down"].map((id) => printedAs(id));
  const axis = withErrors(full.fit.scale.map((scale) => scale * sm.value));
  const width = ({ fit: { scale } }: Curve) => scale[1] + scale[2];
  return [
    {
      paper: `⟨σ⟩ = ${theirs[0]} +${theirs[1]} ${theirs[2]} (1e-40 cm²).`,
      ours: `The fitted scale times the paper's Standard Model value is ${withErrors([value, up, -down])}; times ours, as drawn, ${axis}.`,
      ...againstPaper(measuredNumbers),
    },
    {
      paper: `The Standard Model gives ${printedAs("c22.sigma-sm")} ± ${printedAs("c22.sigma-sm.error")}, the error that of the form factor.`,
      ours: `${model[0].value.toFixed(1)} ± ${model[1].value.toFixed(1)}.`,
      ...againstPaper(model),
    },
    {
      paper: "The measurement agrees with the Standard Model within 1σ.",
      ours: `It lies ${away.value.toFixed(1)}σ below.`,
      ...againstPaper([away]),
    },
    {
      paper: `No CEvNS is rejected at ${printedAs("c22.rejection")}σ.`,
      ours: `At ${rejection.value.toFixed(2)}σ.`,
      ...againstPaper([rejection]),
    },
    {
      paper: "The curve is wider with systematic effects than without.",
      ours: `The 1σ interval is ${(width(full) / width(bare)).toFixed(1)} times as wide as without them, when all but the onset stay nominal: ${withErrors(bare.fit.scale.map((scale) => scale * sm.value))}.`,
      verdict: width(full) > width(bare) ? "holds" : "differs",
    },
  ];
}

export const figure4: GalleryFigure = {
  id: "c22-4",
  paper: C22,
  number: "Figure 4",
  title: "Δχ² of the CEvNS cross section",
  caption:
    "Δχ² against the flux-averaged CEvNS cross section of CsI, with systematic effects and without; the cross section is the fitted scale times our Standard Model value. Grey: the Standard Model, its band that of the form factor.",
  make: async (options) => {
    const sm = standardModel("all");
    const curves = [];
    for (const { systematics } of CURVES) curves.push(await curve(systematics, options));
    const [{ scales, origin }] = curves;
    const table: DataTable = {
      name: "cross-section",
      title: "Delta chi2 against the cross section",
      location: "Figure 4",
      description: `Delta chi2 above its minimum against the flux-averaged CEvNS cross section of CsI: the fitted scale times the Standard Model value ${sm.value.toFixed(2)}e-40 cm^2.`,
      observables: ["DELTA CHI2"],
      coordinates: [
        { name: "<sigma>", units: UNITS, values: scales.map((scale) => scale * sm.value) },
      ],
      quantities: curves.map(({ fit, deltas }, i) => ({
        name: `Delta chi2, ${CURVES[i].label}`,
        values: deltas,
        qualifiers: [
          { name: "best <sigma>", units: UNITS, value: fit.scale[0] * sm.value },
          { name: "chi2 at the best <sigma>", value: fit.chi2 },
        ],
      })),
    };
    return {
      figure: figureOf(curves, sm),
      tables: [table],
      statements: statements(curves, sm),
      notes: [
        "⟨σ⟩ is the plain mean of Cs and I. The 10 % on the flux stays beside the free cross section, as in the paper.",
      ],
      origin: { ...origin, points: curves.reduce((sum, one) => sum + one.origin.points, 0) },
    };
  },
};
