import { analysisNamed } from "../../analysis/registry.js";
import { originHere } from "../evaluate.js";
import type { GalleryFigure, Statement, TextTable } from "../figure.js";
import { L24 } from "../papers.js";
import { againstPaper, printedAs, printedValue } from "../published.js";
import type { DataTable } from "../table.js";
import { ANALYSIS } from "./analysis.js";
import {
  type Detector,
  idsOf,
  type MeasuredCrossSection,
  measuredCrossSections,
  publishedMeasurement,
  UNITS,
} from "./cross-sections.js";

type Triple = readonly [number, number, number];

const three = (value: number) => (value >= 99.5 ? value.toFixed(0) : value.toFixed(1));
const plain = ([value, up, down]: Triple) => `${three(value)} +${three(up)} −${three(down)}`;
const tex = ([value, up, down]: Triple) => `$${three(value)}^{+${three(up)}}_{-${three(down)}}$`;

/** Value and errors with the digits that the paper prints. */
function printedParts(detector: Detector): readonly string[] {
  const { value, up, down } = idsOf(detector);
  return [value, up, down].map((id) => printedAs(id).replace("−", ""));
}
function printedMeasurement(detector: Detector): string {
  const [value, up, down] = printedParts(detector);
  return `${value} +${up} −${down}`;
}
function printedTex(detector: Detector): string {
  const [value, up, down] = printedParts(detector);
  return `$${value}^{+${up}}_{-${down}}$`;
}

function textOf(rows: readonly MeasuredCrossSection[]): TextTable {
  const cells = (pick: (row: MeasuredCrossSection) => string) => rows.map(pick);
  const lines = [
    ["⟨σ⟩ SM, ours", ...cells((row) => three(row.standardModel))],
    ["⟨σ⟩ SM, L24", ...cells(({ detector }) => printedAs(idsOf(detector).standardModel))],
    ["⟨σ⟩ measured, ours", ...cells((row) => plain(row.measured))],
    ["⟨σ⟩ measured, L24", ...cells(({ detector }) => printedMeasurement(detector))],
    [
      "fitted scale, ours",
      ...cells(
        ({ scale: [s, up, down] }) => `${s.toFixed(2)} +${up.toFixed(2)} −${down.toFixed(2)}`,
      ),
    ],
  ];
  const header = ["in 10⁻⁴⁰ cm²", ...rows.map(({ detector }) => detector.label)];
  const latex = [
    `\\begin{tabular}{l${"c".repeat(rows.length)}}`,
    "\\hline\\hline",
    ` & ${rows.map(({ detector }) => detector.label).join(" & ")} \\\\`,
    "\\hline",
    ...[
      ["$\\langle\\sigma\\rangle_{\\rm SM}$", ...cells((row) => three(row.standardModel))],
      ["\\quad L24", ...cells(({ detector }) => printedAs(idsOf(detector).standardModel))],
      ["$\\langle\\sigma\\rangle_{\\rm meas}$", ...cells((row) => tex(row.measured))],
      ["\\quad L24", ...cells(({ detector }) => printedTex(detector))],
    ].map((row) => `${row.join(" & ")} \\\\`),
    "\\hline\\hline",
    "\\end{tabular}",
    "% in units of 10^{-40} cm^2; CsI is the plain mean of Cs and I; measured: fitted scale times the SM value of L24",
  ].join("\n");
  return { header, rows: lines, latex };
}

function tableOf(rows: readonly MeasuredCrossSection[]): DataTable {
  const error = (triples: readonly Triple[]) => [
    {
      label: "total",
      plus: triples.map(([, up]) => up),
      minus: triples.map(([, , down]) => down),
    },
  ];
  const column = (triples: readonly Triple[]) => ({
    values: triples.map(([value]) => value),
    errors: error(triples),
  });
  return {
    name: "cross-sections",
    title: "Flux-weighted cross sections",
    location: "Table I",
    description:
      "Flux-weighted CEvNS cross section of each detector in the Standard Model and as measured, ours being the fitted scale times the published Standard Model value; CsI is the plain mean of Cs and I.",
    observables: ["SIG"],
    coordinates: [{ name: "detector", values: rows.map(({ detector }) => detector.label) }],
    quantities: [
      { name: "<sigma> SM", units: UNITS, values: rows.map((row) => row.standardModel) },
      {
        name: "<sigma> SM, published",
        units: UNITS,
        values: rows.map(({ detector }) => printedValue(idsOf(detector).standardModel)),
      },
      { name: "<sigma> measured", units: UNITS, ...column(rows.map((row) => row.measured)) },
      {
        name: "<sigma> measured, published",
        units: UNITS,
        ...column(rows.map(({ detector }) => publishedMeasurement(detector))),
      },
      { name: "fitted scale", ...column(rows.map((row) => row.scale)) },
    ],
  };
}

function statementsOf(rows: readonly MeasuredCrossSection[]): Statement[] {
  const list = (values: readonly string[]) =>
    values.map((value, i) => `${rows[i].detector.label} ${value}`).join(", ");
  const ids = rows.map(({ detector }) => idsOf(detector));
  const away = rows.map(({ scale: [value, up, down] }) => {
    return Math.abs(1 - value) / (value < 1 ? up : down);
  });
  const parts = rows.flatMap(({ measured: [value, up, down] }, i) => [
    { id: ids[i].value, value },
    { id: ids[i].up, value: up },
    { id: ids[i].down, value: -down },
  ]);
  return [
    {
      paper: `⟨σ⟩ in the Standard Model: ${list(ids.map((id) => printedAs(id.standardModel)))} (10⁻⁴⁰ cm²).`,
      ours: `${list(rows.map((row) => row.standardModel.toFixed(2)))}.`,
      ...againstPaper(
        rows.map(({ standardModel }, i) => ({ id: ids[i].standardModel, value: standardModel })),
      ),
    },
    {
      paper: `⟨σ⟩ measured: ${list(rows.map(({ detector }) => printedMeasurement(detector)))} (10⁻⁴⁰ cm²).`,
      ours: `${list(rows.map((row) => plain(row.measured)))}.`,
      ...againstPaper(parts),
    },
    {
      paper: "Except for Ge, the measured cross sections agree with the Standard Model within 1σ.",
      ours: `Away from it by ${list(away.map((sigma) => `${sigma.toFixed(1)}σ`))}.`,
      ...againstPaper(away.map((value, i) => ({ id: ids[i].fromSm, value }))),
    },
  ];
}

export const table1: GalleryFigure = {
  id: "l24-table-1",
  paper: L24,
  number: "Table I",
  title: "Flux-weighted cross sections, expected and measured",
  caption:
    "Flux-weighted CEvNS cross section of LAr, Ge and CsI: in the Standard Model, and as measured. Ours as measured is the fitted scale of each detector times the paper's Standard Model value, so that it is scales that are compared.",
  make: async () => {
    const analysis = analysisNamed(ANALYSIS).compile();
    const rows = measuredCrossSections(analysis);
    return {
      text: textOf(rows),
      tables: [tableOf(rows)],
      statements: statementsOf(rows),
      origin: originHere(analysis, 1),
    };
  },
};
