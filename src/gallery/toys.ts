import type { Level } from "../contour/levels.js";
import { SINGLE_COLUMN } from "../figures/style.js";
import type { AxisSpec, FigureSpec, Layer, PanelSpec, Position } from "../figures/types.js";
import { parameter } from "../model/parameters.js";
import {
  chi2Density,
  chi2Quantile,
  chi2Survival,
  sigmaToProbability,
} from "../numerics/special.js";
import { coverage } from "../toys/coverage.js";
import type { ToySet } from "../toys/set.js";
import { type Bin, histogram } from "./histogram.js";

/** Height over width of the distribution, and of the coverage below it. */
const ASPECTS = [0.78, 0.44];
/** Points of a smooth curve. */
const STEPS = 240;
/** Room beyond the highest and the lowest thing shown. */
const ROOM = 1.15;

const TOYS = { color: "series1", width: 0.8 } as const;
const DOT = { shape: "dot", color: "series1", size: 3 } as const;
const BARS = { color: "series1", opacity: 0.15 } as const;
const WILKS = { color: "series3", width: 1.1 } as const;
const BAND = { color: "series3", opacity: 0.22 } as const;
const LEVEL_BAR = { color: "foreground", width: 0.9 } as const;
const LEVEL_DOT = { ...DOT, color: "foreground" } as const;
const LEVEL = { color: "muted", width: 0.6, dash: "dotted" } as const;

/**
 * C22's test of Wilks' theorem. Above: the distribution of Δχ² in pseudo-experiments, with Poisson
 * errors, against χ² with a degree of freedom per free parameter. Below: how much more often than that
 * Δχ² is below a value, with what chance alone would do (one binomial deviation), and at the levels
 * with its error.
 */
export function toysFigure(toys: ToySet, levels: readonly Level[]): FigureSpec {
  const symbols = toys.free.map(({ name }) => `$${parameter(name).symbol}$`).join(", ");
  const n = toys.deltaChi2.length;
  const highest = Math.max(...levels.map((level) => level.deltaChi2(toys.free.length)));
  const bins = histogram(toys.deltaChi2, highest);
  const end = bins[bins.length - 1].high;
  const beyond = toys.deltaChi2.filter((value) => value > end).length;
  const x: AxisSpec = { domain: [0, end], scale: "linear" };
  return {
    description: `Δχ² of ${n} pseudo-experiments of ${toys.analysis} and the coverage of ${levels.map(({ label }) => label).join(", ")}.`,
    title: `${toys.analysis}: ${symbols} free`,
    width: SINGLE_COLUMN,
    aspects: ASPECTS,
    panels: [
      [distribution(toys, levels, bins, beyond, { ...x, numbers: false })],
      [excess(toys, levels, { ...x, label: "\\Delta\\chi^2" })],
    ],
  };
}

/** Central interval at 1σ for the mean of a Poisson count (Garwood 1936), as errors down and up. */
function poissonErrors(count: number): readonly [number, number] {
  const tail = (1 - sigmaToProbability(1)) / 2;
  const low = count === 0 ? 0 : chi2Quantile(tail, 2 * count) / 2;
  return [count - low, chi2Quantile(1 - tail, 2 * count + 2) / 2 - count];
}

function distribution(
  toys: ToySet,
  levels: readonly Level[],
  bins: readonly Bin[],
  beyond: number,
  x: AxisSpec,
): PanelSpec {
  const dof = toys.free.length;
  const n = toys.deltaChi2.length;
  const [, end] = x.domain;
  const width = bins[0].high;
  const filled = bins.filter(({ count }) => count > 0);
  const highest = Math.max(...bins.map(({ count }) => count + poissonErrors(count)[1]));
  // A count of one has its lower end at 0.17.
  const floor = 0.15;
  const curve = Array.from({ length: STEPS }, (_, i): Position => {
    const at = ((i + 0.25) / STEPS) * end;
    return [at, n * width * chi2Density(at, dof)];
  });
  const more = beyond === 0 ? "" : `, ${beyond} beyond`;
  return {
    x,
    y: {
      label: `pseudo-experiments / ${width}`,
      domain: [floor, 3 * highest],
      scale: "log",
    },
    layers: [
      ...references(levels, dof, true),
      {
        kind: "steps",
        edges: bins.map(({ low, high }) => [low, high]),
        heights: bins.map(({ count }) => Math.max(count, floor)),
        baseline: bins.map(() => floor),
        fill: BARS,
      },
      { kind: "lines", lines: [curve], stroke: WILKS },
      {
        kind: "errorbars",
        points: filled.map((bin) => [whereDensityIsMean(bin, dof), bin.count]),
        xErrors: filled.map((bin) => {
          const at = whereDensityIsMean(bin, dof);
          return [at - bin.low, bin.high - at];
        }),
        yErrors: filled.map(({ count }) => poissonErrors(count)),
        stroke: TOYS,
        marker: DOT,
      },
    ],
    legend: {
      position: "auto",
      entries: [
        { label: `${n} pseudo-experiment${n === 1 ? "" : "s"}${more}`, stroke: TOYS, marker: DOT },
        { label: `$\\chi^2$, ${dof} d.o.f.`, stroke: WILKS },
      ],
    },
  };
}

/**
 * Where in a bin to put a point that is compared with a curve: where the curve has its mean over the
 * bin (Lafferty and Wyatt, Nucl. Instrum. Meth. A 355 (1995) 541), here where it falls there.
 */
function whereDensityIsMean({ low, high }: Bin, dof: number): number {
  const mean = (chi2Survival(low, dof) - chi2Survival(high, dof)) / (high - low);
  let [left, right] = [low, high];
  for (let i = 0; i < 50; i++) {
    const middle = (left + right) / 2;
    if (chi2Density(middle, dof) > mean) left = middle;
    else right = middle;
  }
  const falls = chi2Density(high, dof) < mean && (low === 0 || chi2Density(low, dof) > mean);
  return falls && left > low ? left : (low + high) / 2;
}

function excess(toys: ToySet, levels: readonly Level[], x: AxisSpec): PanelSpec {
  const dof = toys.free.length;
  const sorted = toys.deltaChi2.toSorted((a, b) => a - b);
  const n = sorted.length;
  const grid = Array.from({ length: STEPS + 1 }, (_, i) => (i / STEPS) * x.domain[1]);
  const chance = grid.map((value) => {
    const tail = chi2Survival(value, dof);
    return 100 * Math.sqrt((tail * (1 - tail)) / n);
  });
  let below = 0;
  const found = grid.map((value): Position => {
    while (below < n && sorted[below] <= value) below++;
    return [value, 100 * (below / n - 1 + chi2Survival(value, dof))];
  });
  const marked = coverage(toys, levels).map(({ deltaChi2, observed, nominal, error }) => {
    return { at: [deltaChi2, 100 * (observed - nominal)] as const, error: 100 * error };
  });
  const reach = Math.max(
    ...chance,
    ...found.map(([, value]) => Math.abs(value)),
    ...marked.map(({ at: [, value], error }) => Math.abs(value) + error),
  );
  return {
    x,
    y: {
      label: "coverage $-$ nominal (%)",
      domain: [-ROOM * reach, ROOM * reach],
      scale: "linear",
    },
    layers: [
      { kind: "band", x: grid, lower: chance.map((value) => -value), upper: chance, fill: BAND },
      ...references(levels, dof, false),
      { kind: "reference", axis: "y", value: 0, stroke: { ...WILKS, width: 0.7 } },
      { kind: "lines", lines: [found], stroke: { ...TOYS, width: 0.6 } },
      {
        kind: "errorbars",
        points: marked.map(({ at }) => at),
        yErrors: marked.map(({ error }) => [error, error]),
        stroke: LEVEL_BAR,
        marker: LEVEL_DOT,
      },
    ],
    legend: {
      position: "auto",
      entries: [
        { label: "at the levels", stroke: LEVEL_BAR, marker: LEVEL_DOT },
        { label: "$1\\sigma$ by chance", fill: BAND },
      ],
    },
  };
}

function references(levels: readonly Level[], dof: number, named: boolean): Layer[] {
  return levels.map((level) => ({
    kind: "reference",
    axis: "x",
    value: level.deltaChi2(dof),
    stroke: LEVEL,
    ...(named && { label: level.texLabel }),
  }));
}
