import { DOUBLE_COLUMN } from "../figures/style.js";
import type { AxisSpec, FigureSpec, Layer, PanelSpec, Polyline } from "../figures/types.js";
import type { Impact } from "../fit/impacts.js";
import type { ParameterInterval } from "../fit/intervals.js";
import { parameter } from "../model/parameters.js";

/** A fitted parameter and the ends of the range around it. */
type FittedValue = Pick<ParameterInterval, "name" | "value" | "lower" | "upper">;

/** Height of a nuisance's row over the width of a frame. */
const ROW_ASPECT = 0.078;
/** Of the bars, in rows. */
const BAR_HEIGHT = 0.6;
/** mm of page per panel beyond those that two columns of a page hold. */
const MORE_WIDTH = 60;
const ROOM = 1.12;

const UP = { color: "inner" } as const;
const DOWN = { color: "outer" } as const;
const OUTLINE = { color: "foreground", width: 0.4 } as const;
const PULL = { color: "foreground", width: 0.9 } as const;
const DOT = { shape: "dot", color: "foreground", size: 3.4 } as const;
const PRIOR = { color: "muted", opacity: 0.18 } as const;
const NOTHING = { color: "muted", width: 0.5, dash: "dotted" } as const;
const ZERO: Layer = { kind: "reference", axis: "x", value: 0, stroke: NOTHING };

/**
 * The ranking of nuisances: their pulls in units of their prior (with what the fit leaves of its width;
 * a free one by its value) and, for each parameter, its shift with the nuisance at ±1σ.
 * @param impacts at least one, in the order to be shown, the largest first
 * @param intervals of the parameters, in the order of the impacts' shifts
 */
export function rankingFigure(
  impacts: readonly Impact[],
  intervals: readonly FittedValue[],
): FigureSpec {
  const n = impacts.length;
  const names: AxisSpec = {
    domain: [0.3, n + 0.7],
    scale: "linear",
    ticks: impacts.map(({ nuisance }, rank) => ({ value: n - rank, label: nuisance })),
  };
  const unnamed: AxisSpec = { ...names, numbers: false };
  const parameters = intervals.map(({ name }) => name).join(", ");
  return {
    description: `Pulls of the nuisances and their impacts on ${parameters}.`,
    width: DOUBLE_COLUMN + MORE_WIDTH * Math.max(0, intervals.length - 2),
    aspects: [ROW_ASPECT * (n + 0.4)],
    panels: [
      [
        pullPanel(impacts, names),
        ...intervals.map((interval, which) => impactPanel(impacts, interval, which, unnamed)),
      ],
    ],
  };
}

function pullPanel(impacts: readonly Impact[], y: AxisSpec): PanelSpec {
  const n = impacts.length;
  const constrained = impacts.flatMap(({ value, sigma, prior }, rank) => {
    return prior === null ? [] : [{ pull: value / prior, width: sigma / prior, at: n - rank }];
  });
  const reach = Math.max(1.5, ...constrained.map(({ pull, width }) => Math.abs(pull) + width));
  return {
    x: {
      label: "pull $\\hat\\theta / \\sigma_{\\mathrm{prior}}$",
      domain: [-ROOM * reach, ROOM * reach],
      scale: "linear",
    },
    y,
    layers: [
      { kind: "region", rings: [bar(-1, 1, (n + 1) / 2, n + 1)], fill: PRIOR },
      {
        kind: "lines",
        lines: constrained.map(({ at }) => [
          [0, at - 0.5],
          [0, at + 0.5],
        ]),
        stroke: NOTHING,
      },
      {
        kind: "errorbars",
        points: constrained.map(({ pull, at }) => [pull, at]),
        xErrors: constrained.map(({ width }) => [width, width]),
        stroke: PULL,
        marker: DOT,
      },
      ...impacts.flatMap(({ value, sigma, prior }, rank): Layer[] => {
        if (prior !== null) return [];
        const text = `free: $${digits(value, sigma)} \\pm ${digits(sigma, sigma)}$`;
        return [{ kind: "annotation", text, at: [0, n - rank - 0.2], anchor: "middle" }];
      }),
    ],
    legend: {
      position: "above",
      entries: [
        { label: "fit", stroke: PULL, marker: DOT },
        { label: "prior, $\\pm 1\\sigma$", fill: PRIOR },
      ],
    },
  };
}

function impactPanel(
  impacts: readonly Impact[],
  { name, value, lower, upper }: FittedValue,
  which: number,
  y: AxisSpec,
): PanelSpec {
  const n = impacts.length;
  const { symbol } = parameter(name);
  const largest = Math.max(
    ...impacts.flatMap(({ up, down }) => [up[which], down[which]].map(Math.abs)),
  );
  // Where nothing shifts the parameter at all, the bars have no length but the axis must have one.
  const reach = largest > 0 ? ROOM * largest : 1;
  const error = Math.min(
    (upper ?? Number.POSITIVE_INFINITY) - value,
    value - (lower ?? Number.NEGATIVE_INFINITY),
  );
  const bounds = [
    upper === null ? "" : `^{+${digits(upper - value, error)}}`,
    lower === null ? "" : `_{-${digits(value - lower, error)}}`,
  ];
  return {
    title: `$${symbol} = ${digits(value, error)}${bounds.join("")}$`,
    x: { label: `shift of $${symbol}$`, domain: [-reach, reach], scale: "linear" },
    y,
    layers: [
      ...impacts.flatMap(({ up, down }, rank): Layer[] => {
        const bars = [
          { shift: up[which], fill: UP },
          { shift: down[which], fill: DOWN },
        ].sort((a, b) => Math.abs(b.shift) - Math.abs(a.shift));
        // The longer one first, so that both are seen where they go the same way.
        return bars.flatMap(({ shift, fill }): Layer[] => {
          const ring = bar(0, shift, n - rank);
          return [
            { kind: "region", rings: [ring], fill },
            { kind: "lines", lines: [[...ring, ring[0]]], stroke: OUTLINE },
          ];
        });
      }),
      ZERO,
    ],
    legend: {
      position: "above",
      entries: [
        { label: "$\\theta$ at $+1\\sigma$", fill: UP, stroke: OUTLINE },
        { label: "$-1\\sigma$", fill: DOWN, stroke: OUTLINE },
      ],
    },
  };
}

/** A rectangle over x, centred at y. */
function bar(from: number, to: number, y: number, height = BAR_HEIGHT): Polyline {
  const [low, high] = [y - height / 2, y + height / 2];
  return [
    [from, low],
    [to, low],
    [to, high],
    [from, high],
  ];
}

/** A number to two digits of its error. */
function digits(value: number, error: number): string {
  const places = Number.isFinite(error) && error > 0 ? 1 - Math.floor(Math.log10(error)) : 3;
  return value.toFixed(Math.min(Math.max(places, 0), 12));
}
