import { analysisNamed } from "../../analysis/registry.js";
import { SINGLE_COLUMN } from "../../figures/style.js";
import { bestFit } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { barycentricWeights, cardinalValues } from "../../numerics/interpolation.js";
import { NUCLEI } from "../../physics/nuclei.js";
import { averageCrossSection, mixedTerm } from "../../validation/liao-2024/charges.js";
import { originHere } from "../evaluate.js";
import type { GalleryFigure } from "../figure.js";
import { L24 } from "../papers.js";
import { againstPaper } from "../published.js";
import { ANALYSIS } from "./analysis.js";
import {
  type MeasuredCrossSection,
  measuredCrossSections,
  publishedMeasurement,
  UNITS,
} from "./cross-sections.js";

/** The nuclei of the paper's curve, lightest first. */
const NODES = ["Na", "Ar", "Ge", "I", "Cs"] as const;
const N_AXIS = { from: 0, to: 90 } as const;
const CURVE_POINTS = 121;
/** Where each nucleus is named, from its point: Δ N, Δ ⟨σ⟩ and what of the text stands there. */
const NAMES = {
  Na: [0, 7, "middle"],
  Ar: [1, -13, "start"],
  Ge: [-2, 4, "end"],
  I: [-2, 4, "end"],
  Cs: [2, -3, "start"],
} as const;
/** In N: published points stand beside ours, so that neither hides the other. */
const SHIFT = 1.1;

const OURS = { color: "series1", width: 1 } as const;
const PAPER = { color: "series3", width: 0.9 } as const;
const BEST = { color: "foreground", width: 1 } as const;
const SQUARE = { color: "series1", width: 1, dash: "dashed" } as const;
const DOT = { shape: "dot", color: "series1", size: 4 } as const;
const DIAMOND = { shape: "diamond", color: "series3", size: 4.6 } as const;
const NODE = { shape: "cross", color: "foreground", size: 4 } as const;

/** Through the five nuclei, a polynomial of ln σ in ln N: the cross section is close to a power of N. */
function interpolated(values: readonly number[]): (neutrons: number) => number {
  const nodes = Float64Array.from(NODES, (name) => Math.log(NUCLEI[name].N));
  const weights = barycentricWeights(nodes);
  return (neutrons) => {
    const cardinal = cardinalValues(nodes, weights, Math.log(neutrons));
    return Math.exp(cardinal.reduce((sum, l, i) => sum + l * Math.log(values[i]), 0));
  };
}

function bestExponent(): number {
  const scanned = analysisNamed(ANALYSIS).compile({}, "scanned");
  const free = [{ name: "exponent_x", lower: 1.5, upper: 2.5 }];
  const { parameters } = bestFit(new ChiSquare(scanned), standardModelPoint(), free);
  return parameters[parameterIndex("exponent_x")];
}

/** Nuclei of the detectors, with the id of their mixed term. */
const MEASURED = [
  { name: "Ar", id: "l24.mixed-term.lar" },
  { name: "Ge", id: "l24.mixed-term.ge" },
  { name: "I", id: "l24.mixed-term.i" },
  { name: "Cs", id: "l24.mixed-term.cs" },
] as const;

/**
 * How far measured points lie from ⟨σ⟩ at an exponent, CsI from the mean of Cs and I:
 * Σ ((measured − ⟨σ⟩)/error)² with the error towards it.
 */
function distance(measured: readonly MeasuredCrossSection[], exponent: number): number {
  return measured.reduce((sum, { detector: { nuclei }, measured: [value, up, down] }) => {
    const total = nuclei.reduce((s, name) => s + averageCrossSection(name, exponent), 0);
    const expected = total / nuclei.length;
    return sum + ((value - expected) / (expected > value ? up : down)) ** 2;
  }, 0);
}

export const figure5: GalleryFigure = {
  id: "l24-5",
  paper: L24,
  number: "Figure 5",
  title: "Flux-weighted cross section against neutron number",
  caption: `Flux-weighted CEvNS cross section against the number of neutrons: the Standard Model (x = 2, crosses) for Na, Ar, Ge, I and Cs and the best exponent, each interpolated between the nuclei; and what the three detectors measure, ours (the fitted scales times the paper's Standard Model values) drawn ${SHIFT} to the left of their N and the paper's as much to the right, so that neither hides the other. CsI stands at the mean N of Cs and I.`,
  make: async () => {
    const analysis = analysisNamed(ANALYSIS).compile();
    const best = bestExponent();
    const neutrons = NODES.map((name) => NUCLEI[name].N);
    const nodes = {
      two: NODES.map((n) => averageCrossSection(n)),
      best: NODES.map((n) => averageCrossSection(n, best)),
    };
    const curves = { two: interpolated(nodes.two), best: interpolated(nodes.best) };
    const [first, last] = [neutrons[0], neutrons[neutrons.length - 1]];
    const grid = Array.from(
      { length: CURVE_POINTS },
      (_, i) => first + ((last - first) * i) / (CURVE_POINTS - 1),
    );
    const measured = measuredCrossSections(analysis);
    const published = measured.map(({ detector }) => publishedMeasurement(detector));
    const line = (curve: (n: number) => number) => [grid.map((n) => [n, curve(n)])];
    const [far, near] = [distance(measured, 2), distance(measured, best)];
    const x = best.toFixed(2);
    return {
      figure: {
        width: SINGLE_COLUMN,
        aspects: [0.8],
        panels: [
          [
            {
              x: { label: "neutron number $N$", domain: [N_AXIS.from, N_AXIS.to], scale: "linear" },
              y: {
                label: "$\\langle\\sigma\\rangle_\\Phi$ ($10^{-40}$ cm$^2$)",
                domain: [0, 225],
                scale: "linear",
              },
              layers: [
                { kind: "lines", lines: line(curves.two), stroke: SQUARE },
                { kind: "lines", lines: line(curves.best), stroke: BEST },
                {
                  kind: "markers",
                  points: neutrons.map((n, i) => [n, nodes.two[i]]),
                  marker: NODE,
                },
                ...NODES.map((name, i) => ({
                  kind: "annotation" as const,
                  text: name,
                  at: [neutrons[i] + NAMES[name][0], nodes.two[i] + NAMES[name][1]],
                  anchor: NAMES[name][2],
                })),
                {
                  kind: "errorbars",
                  points: measured.map(({ neutrons: n, measured: [value] }) => [n - SHIFT, value]),
                  yErrors: measured.map(({ measured: [, up, down] }) => [down, up]),
                  stroke: OURS,
                  marker: DOT,
                },
                {
                  kind: "errorbars",
                  points: measured.map(({ neutrons: n }, i) => [n + SHIFT, published[i][0]]),
                  yErrors: published.map(([, up, down]) => [down, up]),
                  stroke: PAPER,
                  marker: DIAMOND,
                },
              ],
              legend: {
                position: "auto",
                entries: [
                  { label: "SM, $x = 2$", stroke: SQUARE, marker: NODE },
                  { label: `best fit, $x = ${x}$`, stroke: BEST },
                  { label: "measured, ours", stroke: OURS, marker: DOT },
                  { label: "measured, L24 table I", stroke: PAPER, marker: DIAMOND },
                ],
              },
            },
          ],
        ],
      },
      tables: [
        {
          name: "nuclei",
          title: "Cross section of five nuclei",
          location: "Figure 5, points and curves",
          description:
            "Flux-weighted CEvNS cross section of the five nuclei that the curves go through, in the Standard Model and at the best exponent x.",
          observables: ["SIG"],
          coordinates: [
            { name: "nucleus", values: NODES },
            { name: "N", values: neutrons },
          ],
          quantities: [
            { name: "<sigma>, x = 2", units: UNITS, values: nodes.two },
            {
              name: "<sigma>, best x",
              units: UNITS,
              values: nodes.best,
              qualifiers: [{ name: "x", value: best }],
            },
          ],
        },
        {
          name: "curves",
          title: "Cross section against neutron number",
          location: "Figure 5, curves",
          description:
            "The same interpolated between the nuclei, ln sigma as a polynomial of ln N.",
          observables: ["SIG"],
          coordinates: [{ name: "N", values: grid }],
          quantities: [
            { name: "<sigma>, x = 2", units: UNITS, values: grid.map(curves.two) },
            { name: "<sigma>, best x", units: UNITS, values: grid.map(curves.best) },
          ],
        },
      ],
      statements: [
        {
          paper:
            "The term of the weak charge that mixes protons and neutrons is below 8 % of that of neutrons, so that the cross section goes nearly as N².",
          ours: `${MEASURED.map(({ name }) => `${name} ${mixedTerm(name).toFixed(1)} %`).join(", ")}.`,
          ...againstPaper(MEASURED.map(({ name, id }) => ({ id, value: mixedTerm(name) }))),
        },
        {
          paper:
            "The curve of the best exponent agrees better with the measured points than x = 2.",
          ours: `Σ((measured − ⟨σ⟩)/error)² over the three points is ${near.toFixed(2)} for x = ${x} and ${far.toFixed(2)} for x = 2.`,
          ...againstPaper([{ id: "l24.figure-5.distance", value: near / far }]),
        },
      ],
      notes: [
        "The curves are right at the five nuclei only. Table I compares the measured points with the paper's.",
      ],
      origin: originHere(analysis, 1),
    };
  },
};
