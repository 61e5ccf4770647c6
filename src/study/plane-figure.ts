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
import type { AllowedRegion, CombinationStudy } from "./plane.js";

const SERIES: readonly RegionStyle[] = ["series1", "series2", "series3", "series4", "series5"];

interface Drawn {
  readonly study: CombinationStudy;
  readonly allowed: AllowedRegion;
  /** Number of levels that the panel draws of this combination. */
  readonly levels: number;
  readonly combinations: number;
}

/**
 * One combination at two levels: two shades; what is drawn beside it at one level: a dashed outline.
 * Several combinations at one level: a colour each.
 */
function styleOf(panel: Panel, region: number, level: number): RegionStyle {
  const shaded = panel.regions.findIndex(({ levels }) => levels.length > 1);
  if (shaded < 0) return SERIES[region % SERIES.length];
  if (region !== shaded) return "outline";
  return level === 0 ? "inner" : "outer";
}

function labelOf({ study, allowed, levels, combinations }: Drawn): string {
  const name = datasetLabel(study.combination.name);
  if (combinations > 1 && levels === 1 && allowed.level.label.endsWith("%")) return name;
  return `${name}, $${allowed.level.texLabel}$`;
}

function planeRegion(drawn: Drawn, styleKey: RegionStyle): PlaneRegion {
  const { rings, lines } = drawn.allowed;
  return {
    label: labelOf(drawn),
    styleKey,
    fill: rings.map(({ points }) => points),
    lines: lines.map(({ points }) => points),
  };
}

function panelOf(
  scan: ResolvedScan,
  studies: readonly CombinationStudy[],
  panel: Panel,
): PlanePanel {
  const [x, y] = scan.axes.map(({ parameter: name, from, to }) => {
    return { symbol: parameter(name).symbol, from, to };
  });
  const regions = panel.regions.flatMap(({ combination, levels }, index) => {
    const study = studies.find((one) => one.combination.name === combination);
    if (!study) return [];
    const wanted = study.allowed
      .filter(({ level }) => levels.includes(level.label))
      .sort((a, b) => a.deltaChi2 - b.deltaChi2);
    return wanted.map((allowed, rank) => {
      const sizes = { levels: levels.length, combinations: panel.regions.length };
      return planeRegion({ study, allowed, ...sizes }, styleOf(panel, index, rank));
    });
  });
  return { title: panel.title, x, y, regions, markers: standardModel(scan) };
}

/** The Standard Model point, where it lies in the plane. */
function standardModel(scan: ResolvedScan): NonNullable<PlanePanel["markers"]> {
  const at = scan.axes.map((axis) => parameter(axis.parameter).standardModel);
  const inside = scan.axes.every((axis, i) => at[i] >= axis.from && at[i] <= axis.to);
  return inside ? [{ label: "SM", at, shape: "dot" }] : [];
}

/** The contour figure of a scanned plane, with the panels that the scan asks for. */
export function scanPlaneFigure(
  scan: ResolvedScan,
  studies: readonly CombinationStudy[],
): FigureSpec {
  return planeFigure({
    ...(scan.figure.title !== undefined && { title: scan.figure.title }),
    description: `Allowed regions of ${scan.axes.map((axis) => axis.parameter).join(" and ")} (${scan.analysis}).`,
    panels: scan.figure.panels.map((panel) => panelOf(scan, studies, panel)),
  });
}
