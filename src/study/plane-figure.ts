import type { Level } from "../contour/levels.js";
import { datasetLabel } from "../experiments/labels.js";
import {
  type PlanePanel,
  type PlaneRegion,
  planeFigure,
  type RegionStyle,
} from "../figures/plane.js";
import type { FigureSpec } from "../figures/types.js";
import { parameter } from "../model/parameters.js";
import type { Panel, ResolvedScan } from "../scan/scan.js";
import { figureText } from "./figure-text.js";
import { onFrame } from "./on-frame.js";
import type { CombinationStudy } from "./plane.js";

const SERIES: readonly RegionStyle[] = ["series1", "series2", "series3", "series4", "series5"];

/**
 * Where one combination is drawn at several levels: two shades, the inner one for its lowest level; what
 * is drawn beside it at one level: a dashed outline. Else a colour for each combination.
 */
function styleOf(panel: Panel, region: number, level: number): RegionStyle {
  const layered = panel.regions.filter(({ levels }) => levels.length > 1);
  if (layered.length !== 1) return SERIES[region % SERIES.length];
  if (panel.regions[region].levels.length === 1) return "outline";
  return level === 0 ? "inner" : "outer";
}

/** `CsI`, and the levels where the panel's title does not tell them already. */
function labelOf(panel: Panel, combination: string, levels: readonly Level[]): string {
  const name = datasetLabel(combination);
  if (levels.every(({ label }) => panel.title.includes(label))) {
    if (panel.regions.length > 1 && levels.length === 1) return name;
  }
  return [name, ...levels.map(({ texLabel }) => `$${texLabel}$`)].join(", ");
}

/** One combination at its levels; levels that look alike have one entry in the legend. */
function regionsOf(panel: Panel, index: number, study: CombinationStudy): PlaneRegion[] {
  const { combination, levels } = panel.regions[index];
  const drawn = study.allowed
    .filter(({ level }) => levels.includes(level.label))
    .sort((a, b) => a.deltaChi2 - b.deltaChi2)
    .map((allowed, rank) => ({ ...allowed, styleKey: styleOf(panel, index, rank) }));
  return drawn.map(({ rings, lines, styleKey }, rank) => {
    const alike = drawn.filter((other) => other.styleKey === styleKey);
    const name = labelOf(
      panel,
      combination,
      alike.map(({ level }) => level),
    );
    const isCertain = alike.every(({ resolution }) => resolution?.isCertain !== false);
    const label = isCertain ? name : `${name} (not resolved)`;
    return {
      ...(drawn[rank] === alike[0] && { label }),
      styleKey,
      fill: rings.map(({ points }) => points),
      lines: lines.map(({ points }) => points),
    };
  });
}

/** The panel's title, with data sets that it draws as papers write them. */
function titleOf({ title, regions }: Panel): string {
  const drawn = (word: string) => regions.some(({ combination }) => combination === word);
  const words = title.split(/([,;\s]+)/).map((word) => (drawn(word) ? datasetLabel(word) : word));
  return figureText(words.join(""));
}

function panelOf(
  scan: ResolvedScan,
  studies: readonly CombinationStudy[],
  panel: Panel,
  marksFrame: boolean,
): PlanePanel {
  const [x, y] = scan.axes.map(({ parameter: name, from, to }) => {
    return { symbol: parameter(name).symbol, from, to };
  });
  const regions = panel.regions.flatMap(({ combination }, index) => {
    const study = studies.find((one) => one.combination.name === combination);
    return study ? regionsOf(panel, index, study) : [];
  });
  const drawn = panel.regions.map(({ combination }) => combination);
  const onIt = marksFrame
    ? minimaOnFrame(
        scan,
        studies.filter(({ combination }) => drawn.includes(combination.name)),
      )
    : [];
  return { title: titleOf(panel), x, y, regions, markers: [...standardModel(scan), ...onIt] };
}

/** The Standard Model point, where it lies in the plane. */
function standardModel(scan: ResolvedScan): NonNullable<PlanePanel["markers"]> {
  const at = scan.axes.map((axis) => parameter(axis.parameter).standardModel);
  const inside = scan.axes.every((axis, i) => at[i] >= axis.from && at[i] <= axis.to);
  return inside ? [{ label: "SM", at, shape: "dot" }] : [];
}

/** The lowest minima that lie on the frame, where Δχ² depends on the rectangle. */
function minimaOnFrame(
  scan: ResolvedScan,
  studies: readonly CombinationStudy[],
): NonNullable<PlanePanel["markers"]> {
  return studies
    .map(({ minima: [best] }) => best.point)
    .filter((point) => onFrame(scan.axes, point).onFrame)
    .map((at, k) => ({ ...(k === 0 && { label: "minimum, on the frame" }), at, shape: "cross" }));
}

/**
 * The contour figure of a scanned plane, with the panels that the scan asks for.
 * @param marksFrame whether minima on the frame are marked
 */
export function scanPlaneFigure(
  scan: ResolvedScan,
  studies: readonly CombinationStudy[],
  marksFrame = true,
): FigureSpec {
  return planeFigure({
    ...(scan.figure.title !== undefined && { title: figureText(scan.figure.title) }),
    description: `Allowed regions of ${scan.axes.map((axis) => axis.parameter).join(" and ")} (${scan.analysis}).`,
    panels: scan.figure.panels.map((panel) => panelOf(scan, studies, panel, marksFrame)),
  });
}
