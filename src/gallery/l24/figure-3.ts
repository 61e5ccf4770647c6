import { analysisNamed } from "../../analysis/registry.js";
import { loadGeData } from "../../experiments/data/load.js";
import { DOUBLE_COLUMN } from "../../figures/style.js";
import type { LegendSpec, PanelSpec } from "../../figures/types.js";
import { standardModelPoint } from "../../model/parameters.js";
import { geEventsInFullRange } from "../../validation/liao-2024/standard-model.js";
import { originHere } from "../evaluate.js";
import type { GalleryFigure } from "../figure.js";
import { L24 } from "../papers.js";
import { againstPaper, printedAs } from "../published.js";
import { type FittedTerm, fitStatement, fittedDataset } from "../spectrum.js";
import type { DataTable } from "../table.js";
import { ANALYSIS } from "./analysis.js";

/** COHERENT's count of Ge events with the error towards the Standard Model (L24 section II C). */
const OBSERVED = { events: 20.6, error: 7.1 } as const;

const DOT = { shape: "dot", color: "foreground", size: 3.4 } as const;
const BAR = { color: "foreground", width: 0.8 } as const;
const OURS = { color: "series1", width: 1.3 } as const;
const THEIRS = { color: "series3", width: 1.1, dash: "dashed" } as const;
const LEFT_OUT = { color: "muted", opacity: 0.18 } as const;

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** Stretches of an axis between its bins. */
function gaps(edges: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return edges
    .slice(1)
    .map(([low], i) => [edges[i][1], low] as const)
    .filter(([from, to]) => to > from);
}

function panelOf(
  { term, observed, variance }: FittedTerm,
  ours: readonly number[],
  theirs: readonly number[],
  labels: { readonly x: string; readonly y: string },
  legend?: LegendSpec,
): PanelSpec {
  const [{ edges }] = term.axes;
  const sigma = Array.from(variance, Math.sqrt);
  const low = Math.min(...sigma.map((error, bin) => observed[bin] - error));
  const high = Math.max(...ours, ...theirs, ...sigma.map((error, bin) => observed[bin] + error));
  const room = 0.06 * (high - low);
  const domain = [low - room, high + room] as const;
  return {
    x: { label: labels.x, domain: [edges[0][0], edges[edges.length - 1][1]], scale: "linear" },
    y: { label: labels.y, domain, scale: "linear" },
    layers: [
      ...gaps(edges).map((gap) => ({
        kind: "band" as const,
        x: gap,
        lower: [domain[0], domain[0]],
        upper: [domain[1], domain[1]],
        fill: LEFT_OUT,
      })),
      { kind: "reference", axis: "y", value: 0, stroke: { color: "foreground", width: 0.5 } },
      { kind: "steps", edges, heights: ours, stroke: OURS },
      { kind: "steps", edges, heights: theirs, stroke: THEIRS },
      {
        kind: "errorbars",
        points: edges.map(([a, b], bin) => [(a + b) / 2, observed[bin]]),
        yErrors: sigma.map((error) => [error, error]),
        stroke: BAR,
        marker: DOT,
      },
    ],
    ...(legend && { legend }),
  };
}

function tableOf(
  { term, observed, variance }: FittedTerm,
  ours: readonly number[],
  theirs: readonly number[],
  about: Pick<DataTable, "name" | "title" | "location" | "description">,
): DataTable {
  const [{ name, unit, edges }] = term.axes;
  const sigma = Array.from(variance, Math.sqrt);
  const units = "events";
  const quantity = (what: string, values: readonly number[]) => ({ name: what, units, values });
  return {
    ...about,
    observables: ["N"],
    coordinates: [{ name, units: unit === "μs" ? "us" : unit, bins: edges }],
    quantities: [
      {
        ...quantity("background-subtracted data", Array.from(observed)),
        errors: [{ label: "stat", minus: sigma, plus: sigma }],
      },
      quantity("SM best fit", ours),
      quantity("signal fitted freely by COHERENT", theirs),
    ],
  };
}

/** @param factor what the dashed line in energy is our spectrum times */
function captionOf(factor: string): string {
  return `Background-subtracted counts of the germanium detectors in energy and in time. Solid: the Standard Model at its best fit; dashed: the signal as COHERENT fitted it, with signal and background counts free, which it prints in time only: in energy, the dashed line is ours times ${factor}. The shaded energies are left out of the fit.`;
}

export const figure3: GalleryFigure = {
  id: "l24-3",
  paper: L24,
  number: "Figure 3",
  title: "Ge energy and time spectra",
  caption: captionOf("its events over ours"),
  make: async () => {
    const analysis = analysisNamed(ANALYSIS).compile();
    const fit = fittedDataset(analysis, "ge", standardModelPoint());
    const [energy, time] = fit.terms;
    const totalOf = ({ signal }: FittedTerm) =>
      Array.from(signal.e, (e, bin) => e + signal.mu[bin]);
    const ours = { energy: totalOf(energy), time: totalOf(time) };
    const { prompt, delayed } = loadGeData().timeProjection;
    const fitted = prompt.map((count, bin) => count + delayed[bin]);
    const ratio = sum(fitted) / sum(ours.time);
    const theirs = { energy: ours.energy.map((count) => ratio * count), time: fitted };
    const { value: gamma, sigma: prior } = fit.pull("ge.signal_norm");
    const standardModel = sum(ours.time) / (1 + gamma);
    const events = geEventsInFullRange();
    const deviation = (events - OBSERVED.events) / OBSERVED.error;
    const overCoherent = sum(ours.time) / sum(fitted);
    const legend: LegendSpec = {
      position: "auto",
      entries: [
        { label: "data less background", stroke: BAR, marker: DOT },
        { label: "SM, best fit", stroke: OURS },
        { label: "COHERENT's fit", stroke: THEIRS },
        { label: "left out of the fit", fill: LEFT_OUT },
      ],
    };
    return {
      caption: captionOf(ratio.toFixed(2)),
      figure: {
        width: DOUBLE_COLUMN,
        aspects: [0.72],
        panels: [
          [
            panelOf(energy, ours.energy, theirs.energy, {
              x: "energy (keV$_{\\mathrm{ee}}$)",
              y: "counts / 2 keV$_{\\mathrm{ee}}$",
            }),
            panelOf(
              time,
              ours.time,
              theirs.time,
              {
                x: "time ($\\mu$s)",
                y: "counts / 2 $\\mu$s",
              },
              legend,
            ),
          ],
        ],
      },
      tables: [
        tableOf(energy, ours.energy, theirs.energy, {
          name: "ge-energy",
          title: "Ge energy spectrum",
          location: "Figure 3, left",
          description:
            "On − off counts of the Ge detectors per energy column within the fit range, all times, and the expected signal.",
        }),
        tableOf(time, ours.time, theirs.time, {
          name: "ge-time",
          title: "Ge time spectrum",
          location: "Figure 3, right",
          description:
            "Background-subtracted counts of the Ge detectors per time bin in the energies of the fit, and the expected signal.",
        }),
      ],
      statements: [
        fitStatement(fit, {
          chi2: "l24.ge.chi2",
          symbol: "γ",
          pulls: { "l24.ge.gamma0": "ge.signal_norm" },
        }),
        {
          paper:
            "The best fit, which the Standard Model holds up, has more counts than COHERENT's own fit.",
          ours: `${sum(ours.time).toFixed(1)} events against ${sum(fitted).toFixed(1)} in the fit range.`,
          ...againstPaper([{ id: "l24.ge.above-coherent", value: overCoherent }]),
        },
        {
          paper: `The Standard Model gives ${printedAs("l24.ge.events")} events.`,
          ours: `${events.toFixed(1)} in 1.5–20 keVee, of which ${standardModel.toFixed(1)} in the fit range.`,
          ...againstPaper([{ id: "l24.ge.events", value: events }]),
        },
        {
          paper: "COHERENT's 20.6 +7.1 −6.3 events lie about 2σ below the Standard Model.",
          ours: `${events.toFixed(1)} events are expected, ${deviation.toFixed(1)}σ more; the norm is pulled by ${(-gamma / prior).toFixed(1)} of its prior widths.`,
          ...againstPaper([{ id: "l24.ge.deficit", value: deviation }]),
        },
      ],
      origin: originHere(analysis, 1),
    };
  },
};
