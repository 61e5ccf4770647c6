import type { Fill, Layer, LegendSpec, PaletteName, PanelSpec } from "../figures/types.js";
import { type FittedTerm, projected } from "./spectrum.js";
import type { DataTable } from "./table.js";

/** A part of the expectation, drawn as one colour of the stack. */
export interface Part {
  readonly name: string;
  readonly label: string;
  readonly color: PaletteName;
  readonly counts: Float64Array;
  /** Belongs to the signal, which the lower panel shows alone. */
  readonly signal: boolean;
}

/** How a projection is drawn: its axis, and the label per unit of it. */
export interface Projection {
  readonly axis: number;
  readonly name: string;
  /** In captions, where that differs from its name. */
  readonly shown?: string;
  readonly units: string;
  readonly label: string;
  /** `PE` in `counts / PE`. */
  readonly per: string;
}

interface Projected {
  readonly edges: readonly (readonly [number, number])[];
  readonly observed: readonly number[];
  readonly sigma: readonly number[];
  readonly parts: readonly { readonly part: Part; readonly counts: readonly number[] }[];
}

const sum = (columns: readonly (readonly number[])[], row: number) =>
  columns.reduce((total, column) => total + column[row], 0);

function project(fitted: FittedTerm, parts: readonly Part[], { axis }: Projection): Projected {
  const { term, observed, variance } = fitted;
  return {
    edges: term.axes[axis].edges,
    observed: projected(term, observed, axis),
    sigma: projected(term, variance, axis).map(Math.sqrt),
    parts: parts.map((part) => ({ part, counts: projected(term, part.counts, axis) })),
  };
}

const DOT = { shape: "dot", color: "foreground", size: 3.4 } as const;
const BAR = { color: "foreground", width: 0.8 } as const;
const fillOf = ({ color }: Pick<Part, "color">): Fill => ({ color });

/** Room beyond the outermost error bar, of the height shown. */
const HEADROOM = 0.07;

/** Data with errors over the stack of the given parts, both per unit of the axis. */
function stackPanel(
  { edges, observed, sigma }: Projected,
  stacked: Projected["parts"],
  subtracted: Projected["parts"],
): { layers: Layer[]; domain: readonly [number, number] } {
  const density = (counts: readonly number[]) =>
    counts.map((count, bin) => count / (edges[bin][1] - edges[bin][0]));
  const less = subtracted.map(({ counts }) => counts);
  const data = density(observed.map((count, bin) => count - sum(less, bin)));
  const errors = density(sigma);
  let below = edges.map(() => 0);
  const layers: Layer[] = stacked.map(({ part, counts }) => {
    const baseline = below;
    const heights = density(counts).map((height, bin) => height + baseline[bin]);
    below = heights;
    return { kind: "steps", edges, heights, baseline, fill: fillOf(part) };
  });
  layers.push({
    kind: "steps",
    edges,
    heights: below,
    stroke: { color: "foreground", width: 0.8 },
  });
  const lows = data.map((value, bin) => value - errors[bin]);
  const low = Math.min(0, ...lows);
  const high = Math.max(...below, ...data.map((value, bin) => value + errors[bin]));
  if (low < 0) {
    const zero = { kind: "reference", axis: "y", value: 0 } as const;
    layers.push({ ...zero, stroke: { color: "foreground", width: 0.5 } });
  }
  layers.push({
    kind: "errorbars",
    points: data.map((value, bin) => [(edges[bin][0] + edges[bin][1]) / 2, value]),
    yErrors: errors.map((error) => [error, error]),
    stroke: BAR,
    marker: DOT,
  });
  const room = HEADROOM * (high - low);
  return { layers, domain: [low < 0 ? low - room : 0, high + room] };
}

/** Data and everything expected above; below, data less backgrounds and the signal alone. */
export function spectrumPanels(
  fitted: FittedTerm,
  parts: readonly Part[],
  projection: Projection,
  legends: { readonly above?: LegendSpec; readonly below?: LegendSpec } = {},
): readonly [PanelSpec, PanelSpec] {
  const shown = project(fitted, parts, projection);
  const { edges } = shown;
  const signal = shown.parts.filter(({ part }) => part.signal);
  const background = shown.parts.filter(({ part }) => !part.signal);
  const x = {
    domain: [edges[0][0], edges[edges.length - 1][1]] as const,
    scale: "linear" as const,
  };
  const above = stackPanel(shown, [...background, ...signal], []);
  const below = stackPanel(shown, signal, background);
  const label = `counts / ${projection.per}`;
  return [
    {
      x: { ...x, numbers: false },
      y: { label, domain: above.domain, scale: "linear" },
      layers: above.layers,
      ...(legends.above && { legend: legends.above }),
    },
    {
      x: { ...x, label: projection.label },
      y: { label: "less background", domain: below.domain, scale: "linear" },
      layers: below.layers,
      ...(legends.below && { legend: legends.below }),
    },
  ];
}

/** Legend of data and parts, the top of the stack first. */
export function spectrumLegend(parts: readonly Part[]): LegendSpec {
  return {
    position: "auto",
    entries: [
      { label: "data", stroke: BAR, marker: DOT },
      ...[...parts].reverse().map((part) => ({ label: part.label, fill: fillOf(part) })),
    ],
  };
}

/** The projection as a table: data with errors, each part and their sum, in events per bin. */
export function spectrumTable(
  fitted: FittedTerm,
  parts: readonly Part[],
  projection: Projection,
  about: Pick<DataTable, "name" | "title" | "location" | "description">,
): DataTable {
  const { edges, observed, sigma, parts: columns } = project(fitted, parts, projection);
  const units = "events";
  return {
    ...about,
    observables: ["N"],
    coordinates: [{ name: projection.name, units: projection.units, bins: edges }],
    quantities: [
      {
        name: "data",
        units,
        values: observed,
        errors: [{ label: "stat", minus: sigma, plus: sigma }],
      },
      ...columns.map(({ part, counts }) => ({ name: part.name, units, values: counts })),
      {
        name: "total expected",
        units,
        values: edges.map((_, bin) =>
          sum(
            columns.map(({ counts }) => counts),
            bin,
          ),
        ),
      },
    ],
  };
}
