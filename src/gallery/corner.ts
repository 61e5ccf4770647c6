import { isolines, regionRings } from "../contour/isolines.js";
import type { Level } from "../contour/levels.js";
import type { PlaneGrid } from "../contour/plane.js";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import type { GridProfiles } from "../engine/profiles.js";
import { DOUBLE_COLUMN, SINGLE_COLUMN } from "../figures/style.js";
import type { FigureSpec, Layer, LegendEntry, PanelSpec } from "../figures/types.js";
import { parameter } from "../model/parameters.js";

/** All profiles of one combination of data sets over a scan's grid. */
export interface CornerData {
  readonly axes: readonly GridAxis[];
  readonly profiles: GridProfiles;
  /** Index of the combination in the profiles. */
  readonly combination: number;
  /** χ² that Δχ² counts from. */
  readonly reference: number;
  /** The minimum over all axes, off the grid; the lowest grid point when absent. */
  readonly best?: readonly number[] | undefined;
  /** How its star is called in the legend. */
  readonly bestLabel?: string;
  /** How the combination is called in the legend. */
  readonly label: string;
}

/** Room above the highest level of the 1-D profiles. */
const HEADROOM = 1.4;
const OUTLINE = { color: "inner", width: 0.6 } as const;
const CURVE = { color: "inner", width: 1.1 } as const;
const STANDARD_MODEL = { shape: "dot", color: "foreground", size: 3 } as const;
const BEST = { shape: "star", color: "foreground", size: 5 } as const;

/** Fills from the outermost level inwards: the two shades of a combination, alternating. */
const shade = (rank: number) => ({ color: rank % 2 === 0 ? "outer" : "inner" }) as const;

/**
 * Every 1-D profile (on the diagonal) and every 2-D profile of a scan in one triangle: Δχ² minimised
 * over all axes but those shown.
 * @param levels drawn with one degree of freedom on the diagonal, two below it
 */
export function cornerFigure(data: CornerData, levels: readonly Level[]): FigureSpec {
  const { axes, label } = data;
  const n = axes.length;
  const outermost = [...levels].sort((a, b) => b.deltaChi2(2) - a.deltaChi2(2));
  const panels = axes.map((_, row) =>
    axes.map((_, column) => {
      if (column > row) return null;
      const bare =
        column === row ? linePanel(data, row, outermost) : planePanel(data, column, row, outermost);
      return onOuterAxes(bare, row === n - 1, column === 0);
    }),
  );
  const entries: LegendEntry[] = [
    ...outermost
      .map(({ texLabel }, rank) => ({
        label: `${label}, $${texLabel}$`,
        fill: shade(rank),
        stroke: OUTLINE,
      }))
      .reverse(),
    { label: data.bestLabel ?? "best fit", marker: BEST },
    { label: "SM", marker: STANDARD_MODEL },
  ];
  const [first, ...rest] = panels;
  return {
    description: `Profiles of ${label} over ${axes.map((axis) => axis.parameter).join(", ")}.`,
    width: n > 2 ? DOUBLE_COLUMN : SINGLE_COLUMN,
    panels: [
      first.map((panel, column) =>
        panel && column === 0 ? { ...panel, legend: { position: "above", entries } } : panel,
      ),
      ...rest,
    ],
  };
}

/** Numbers and labels only along the triangle's left and lower sides. */
function onOuterAxes(panel: PanelSpec, bottom: boolean, left: boolean): PanelSpec {
  const inner = ({ label: _, ...axis }: PanelSpec["x"]) => ({ ...axis, numbers: false });
  return {
    ...panel,
    x: bottom ? panel.x : inner(panel.x),
    y: left ? panel.y : inner(panel.y),
  };
}

function axisOf({ parameter: name, from, to }: GridAxis): PanelSpec["x"] {
  return { label: `$${parameter(name).symbol}$`, domain: [from, to], scale: "linear" };
}

/** Coordinates of the combination's best point. */
function bestPoint({ axes, profiles, combination, best }: CornerData): readonly number[] {
  if (best) return best;
  let rest = profiles.best[combination].index;
  return [...axes]
    .reverse()
    .map((axis) => {
      const value = axisValues(axis)[rest % axis.points];
      rest = Math.floor(rest / axis.points);
      return value;
    })
    .reverse();
}

function linePanel(data: CornerData, index: number, levels: readonly Level[]): PanelSpec {
  const { axes, profiles, combination, reference } = data;
  const axis = axes[index];
  const { chi2 } = profiles.lines[index][combination];
  const maximum = HEADROOM * levels[0].deltaChi2(1);
  const points = Array.from(axisValues(axis), (x, i) => [x, chi2[i] - reference]);
  // What is far above the frame need not be finite.
  const cap = 4 * maximum;
  const capped = points.map(([x, y]) => [x, Math.min(y, cap)]);
  const { standardModel } = parameter(axis.parameter);
  const inside = standardModel > axis.from && standardModel < axis.to;
  return {
    x: axisOf(axis),
    y: { label: "$\\Delta\\chi^2$", domain: [0, maximum], scale: "linear" },
    layers: [
      ...levels.map(
        (level): Layer => ({
          kind: "reference",
          axis: "y",
          value: level.deltaChi2(1),
          stroke: { color: "muted", width: 0.5, dash: "dotted" },
        }),
      ),
      ...(inside
        ? [
            {
              kind: "reference",
              axis: "x",
              value: standardModel,
              stroke: { color: "muted", width: 0.5 },
            } as const,
          ]
        : []),
      { kind: "lines", lines: [capped], stroke: CURVE },
    ],
  };
}

/** The plane of two axes, `across` on x and `up` on y. */
function planePanel(
  data: CornerData,
  across: number,
  up: number,
  levels: readonly Level[],
): PanelSpec {
  const { axes, profiles, combination, reference } = data;
  const found = profiles.planes.find(({ x, y }) => x === across && y === up);
  if (!found) throw new RangeError(`the profiles have no plane of axes ${across} and ${up}`);
  const [x, y] = [axes[across], axes[up]];
  const plane: PlaneGrid = {
    x: axisValues(x),
    y: axisValues(y),
    values: found.profiles[combination].chi2,
  };
  const heights = levels.map((level) => reference + level.deltaChi2(2));
  const best = bestPoint(data);
  const standardModel = [x, y].map((axis) => parameter(axis.parameter).standardModel);
  return {
    x: axisOf(x),
    y: axisOf(y),
    layers: [
      ...heights.map((height, rank): Layer => {
        const rings = regionRings(plane, height).map(({ points }) => points);
        return { kind: "region", rings, fill: shade(rank) };
      }),
      ...heights.map((height): Layer => {
        const lines = isolines(plane, height).map(({ points }) => points);
        return { kind: "lines", lines, stroke: OUTLINE };
      }),
      { kind: "markers", points: [standardModel], marker: STANDARD_MODEL },
      { kind: "markers", points: [[best[across], best[up]]], marker: BEST },
    ],
  };
}
