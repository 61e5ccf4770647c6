import { type CurveFigure, curveFigure } from "../../src/figures/curve.js";
import { type PlaneFigure, planeFigure } from "../../src/figures/plane.js";
import type { FigureSpec } from "../../src/figures/types.js";

type Field = (x: number, y: number) => number;

interface Contour {
  readonly fill: number[][][];
  readonly lines: number[][][];
}

/**
 * The region f ≤ level as one small polygon per grid cell (exact for the bilinear corners' linear
 * interpolation), merged into columns of cells wholly inside, and its isoline segments. Crude on
 * purpose: it shares nothing with the project's own contours.
 */
function crudeContour(f: Field, level: number, axes: { x: number[]; y: number[] }): Contour {
  const fill: number[][][] = [];
  const segments: [number[], number[]][] = [];
  for (let i = 0; i + 1 < axes.x.length; i += 1) {
    for (let j = 0; j + 1 < axes.y.length; j += 1) {
      const corners = [
        [axes.x[i], axes.y[j]],
        [axes.x[i + 1], axes.y[j]],
        [axes.x[i + 1], axes.y[j + 1]],
        [axes.x[i], axes.y[j + 1]],
      ];
      const ring: number[][] = [];
      const cuts: number[][] = [];
      corners.forEach((a, k) => {
        const b = corners[(k + 1) % 4];
        const [fa, fb] = [f(a[0], a[1]) - level, f(b[0], b[1]) - level];
        if (fa <= 0) ring.push(a);
        if (fa <= 0 !== fb <= 0) {
          const t = fa / (fa - fb);
          const cut = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
          ring.push(cut);
          cuts.push(cut);
        }
      });
      if (ring.length > 2) fill.push(ring);
      for (let k = 0; k + 1 < cuts.length; k += 2) segments.push([cuts[k], cuts[k + 1]]);
    }
  }
  return { fill: mergeCells(fill), lines: join(segments) };
}

/** Removes edges that two cells share, and joins what is left into rings. */
function mergeCells(cells: number[][][]): number[][][] {
  const edges = new Map<string, [number[], number[]]>();
  for (const ring of cells) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length];
      const key = [String(a), String(b)].sort().join("|");
      if (edges.has(key)) edges.delete(key);
      else edges.set(key, [a, b]);
    });
  }
  return join([...edges.values()]);
}

function join(segments: [number[], number[]][]): number[][][] {
  const at = new Map<string, Set<number>>();
  segments.forEach((ends, i) => {
    for (const end of ends) {
      const key = String(end);
      at.set(key, (at.get(key) ?? new Set()).add(i));
    }
  });
  const used = new Set<number>();
  const lines: number[][][] = [];
  const grow = (line: number[][]) => {
    for (;;) {
      const tail = line[line.length - 1];
      const next = [...(at.get(String(tail)) ?? [])].find((i) => !used.has(i));
      if (next === undefined) return line;
      used.add(next);
      const [a, b] = segments[next];
      line.push(String(a) === String(tail) ? b : a);
    }
  };
  segments.forEach((segment, i) => {
    if (used.has(i)) return;
    used.add(i);
    lines.push(grow(grow([...segment]).reverse()));
  });
  return lines;
}

export function linspace(from: number, to: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
}

/** χ² that, like CEvNS, sees couplings only through (q + a x + b y)²: two parallel bands. */
function bands(a: number, b: number, sigma: number): Field {
  const q = 1;
  return (x, y) => (((q + a * x + b * y) ** 2 - q ** 2 * 1.02) / sigma) ** 2;
}

const csi = bands(-2.9, -3.2, 0.35);
const lar = bands(-2.9, -2.95, 0.55);
const ge = bands(-2.9, -3.1, 0.75);
const sum: Field = (x, y) => csi(x, y) + lar(x, y) + ge(x, y);
const both: Field = (x, y) => csi(x, y) + lar(x, y);

/** The likeness of L24 fig. 7. */
export function planeExample(n = 161): PlaneFigure {
  const axes = { x: linspace(-1, 1.2, n), y: linspace(-1, 1.2, n) };
  const at = (f: Field, level: number) => crudeContour(f, level, axes);
  const x = { symbol: "\\varepsilon^{uV}_{\\mu\\mu}", from: -1, to: 1.2 };
  const y = { symbol: "\\varepsilon^{dV}_{\\mu\\mu}", from: -1, to: 1.2 };
  const sm = { at: [0, 0], shape: "dot", label: "SM" } as const;
  return {
    description: "Allowed regions of the muon-flavour couplings.",
    panels: [
      {
        title: "90% C.L.",
        x,
        y,
        regions: [
          { label: "Ge", styleKey: "series2", ...at(ge, 4.61) },
          { label: "LAr", styleKey: "series3", ...at(lar, 4.61) },
          { label: "CsI", styleKey: "series1", ...at(csi, 4.61) },
        ],
        markers: [sm],
      },
      {
        title: "CsI + LAr + Ge",
        x,
        y,
        regions: [
          { label: "2\\sigma\\ \\text{combined}", styleKey: "inner", ...at(sum, 6.18) },
          { label: "$3\\sigma$ combined", styleKey: "outer", ...at(sum, 11.83) },
          { label: "$2\\sigma$ CsI + LAr", styleKey: "outline", lines: at(both, 6.18).lines },
        ],
        markers: [{ at: [0.02, -0.01], shape: "star", label: "best fit" }, sm],
      },
    ],
  };
}

/** One panel whose corners are all covered: its legend must leave the frame. */
function crowdedExample(): PlaneFigure {
  const axes = { x: linspace(-3e-5, 3e-5, 61), y: linspace(-1, 1, 61) };
  const ring: Field = (x, y) => Math.abs(Math.hypot(x / 3e-5, y) - 1);
  const hole = crudeContour(ring, 0.55, axes);
  const { fill } = crudeContour((x, y) => -ring(x, y), -0.2, axes);
  return {
    title: "Regions with holes, crowded",
    panels: [
      {
        title: "One column",
        x: { symbol: "a_{\\bar\\nu}\\ [\\mathrm{MeV}^{-1}]", from: -3e-5, to: 3e-5 },
        y: { symbol: "\\langle\\sigma\\rangle_\\mu / \\langle\\sigma\\rangle_e", from: -1, to: 1 },
        regions: [
          { label: "outside", styleKey: "outer", fill },
          { label: "a ring, with a long name", styleKey: "series3", ...hole },
        ],
        markers: [{ at: [0, 0], shape: "cross", label: "best fit" }],
      },
    ],
  };
}

export function curveExample(): CurveFigure {
  const x = linspace(0.1, 0.4, 241);
  const parabola = (mean: number, sigma: number) =>
    x.map((v) => [v, ((v - mean) / sigma) ** 2 * (1 + 2 * (v - mean))]);
  const sets = [parabola(0.22, 0.027), parabola(0.26, 0.05), parabola(0.25, 0.07)];
  return {
    description: "Weak mixing angle.",
    panels: [
      {
        x: { symbol: "\\sin^2\\theta_W", from: 0.1, to: 0.4 },
        maximum: 12,
        curves: [
          { label: "CsI", styleKey: "series1", points: sets[0] },
          { label: "LAr", styleKey: "series2", points: sets[1] },
          { label: "Ge", styleKey: "series3", points: sets[2] },
          {
            label: "combined",
            styleKey: "total",
            points: x.map((v, i) => [v, sets.reduce((s, set) => s + set[i][1], -0.9)]),
          },
        ],
        levels: [
          { value: 1, label: "$1\\sigma$" },
          { value: 4, label: "$2\\sigma$" },
          { value: 9, label: "$3\\sigma$" },
        ],
      },
    ],
  };
}

/** Every kind of layer on a page: spectra over residuals, a log axis, bands, errors. */
function spectrumExample(): FigureSpec {
  const edges = linspace(0, 30, 16)
    .slice(0, -1)
    .map((low) => [low, low + 2]);
  const centre = edges.map(([a, b]) => (a + b) / 2);
  const noise = [1.1, 0.94, 1.02, 0.9, 1.05, 0.97, 1.12, 0.85, 1, 1.2, 0.8, 1.1, 1, 0.7, 1.3];
  const background = centre.map((v) => 4 + 10 * Math.exp(-v / 8));
  const signal = centre.map((v) => 55 * Math.exp(-(((v - 11) / 5) ** 2)));
  const total = signal.map((s, i) => s + background[i]);
  const data = total.map((t, i) => Math.round(t * noise[i]));
  const x = { domain: [0, 30] as const, scale: "linear" as const };
  const bars = { color: "foreground", width: 0.7 } as const;
  const dot = { shape: "dot", color: "foreground", size: 3.2 } as const;
  const lower = centre.map((_, i) => 1 - 0.1 - 0.01 * i);
  const upper = centre.map((_, i) => 1 + 0.1 + 0.01 * i);
  return {
    width: 178,
    aspects: [0.6, 0.22],
    panels: [
      [
        {
          x: { ...x, numbers: false },
          y: { label: "counts / 2 PE", domain: [0, 90], scale: "linear" },
          layers: [
            { kind: "steps", edges, heights: background, fill: { color: "series2", opacity: 0.6 } },
            {
              kind: "steps",
              edges,
              heights: total,
              baseline: background,
              fill: { color: "series5", opacity: 0.5 },
            },
            { kind: "steps", edges, heights: total, stroke: { color: "series1" } },
            {
              kind: "errorbars",
              points: centre.map((c, i) => [c, data[i]]),
              yErrors: data.map((n) => [Math.sqrt(n), Math.sqrt(n)]),
              xErrors: centre.map(() => [1, 1]),
              stroke: bars,
              marker: dot,
            },
            { kind: "annotation", text: "CsI, $\\chi^2 = 82.6$", at: [0.05, 0.9], units: "frame" },
          ],
          legend: {
            position: "auto",
            entries: [
              { label: "data", marker: dot, stroke: bars },
              { label: "CE$\\nu$NS", fill: { color: "series5", opacity: 0.5 } },
              { label: "background", fill: { color: "series2", opacity: 0.6 } },
            ],
          },
        },
        {
          title: "Logarithmic",
          x: { ...x, domain: [1, 1000], scale: "log", label: "$T$ [keV]" },
          y: { label: "rate", domain: [1e-6, 1e3], scale: "log" },
          layers: [
            {
              kind: "lines",
              lines: [linspace(0, 3, 60).map((e) => [10 ** e, 1e2 * 10 ** (-2.5 * e)])],
              stroke: { color: "series1" },
            },
            {
              kind: "steps",
              edges: [
                [2, 5],
                [5, 20],
                [40, 100],
              ],
              heights: [30, 5, 1e-2],
              stroke: { color: "series3", dash: "dashed" },
            },
            {
              kind: "reference",
              axis: "x",
              value: 30,
              label: "cut",
              stroke: { color: "muted", dash: "dotted" },
            },
          ],
        },
      ],
      [
        {
          x: { ...x, label: "photoelectrons" },
          y: { label: "ratio", domain: [0.5, 1.5], scale: "linear" },
          layers: [
            { kind: "band", x: centre, lower, upper, fill: { color: "outer" } },
            { kind: "reference", axis: "y", value: 1, stroke: { color: "muted", width: 0.6 } },
            {
              kind: "errorbars",
              points: centre.map((c, i) => [c, data[i] / total[i]]),
              yErrors: data.map((n, i) => [Math.sqrt(n) / total[i], Math.sqrt(n) / total[i]]),
              stroke: bars,
              marker: dot,
            },
          ],
        },
        null,
      ],
    ],
  };
}

/** Every example by name. */
export function examples(): Readonly<Record<string, FigureSpec>> {
  return {
    plane: planeFigure(planeExample()),
    crowded: planeFigure(crowdedExample()),
    curve: curveFigure(curveExample()),
    spectrum: spectrumExample(),
  };
}
