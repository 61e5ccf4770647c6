import type { Level } from "../contour/levels.js";
import { datasetLabel } from "../experiments/labels.js";
import { type Curve, curveFigure } from "../figures/curve.js";
import type { FigureSpec } from "../figures/types.js";
import { parameter } from "../model/parameters.js";
import type { ResolvedScan } from "../scan/scan.js";
import type { CurveStudy } from "./curve.js";
import { figureText } from "./figure-text.js";

const SERIES = ["series1", "series2", "series3", "series4", "series5"] as const;
/** Room above the highest level drawn. */
const HEADROOM = 1.3;

/** Δχ² of each combination along the scanned parameter, with the levels of the scan. */
export function scanCurveFigure(
  scan: ResolvedScan,
  studies: readonly CurveStudy[],
  levels: readonly Level[],
): FigureSpec {
  const [axis] = scan.axes;
  const lines = levels.map((level) => {
    return { value: level.deltaChi2(1), label: `$${level.texLabel}$` };
  });
  const largest = Math.max(0, ...studies.map(({ combination }) => combination.datasets.length));
  const curves = studies.map(({ combination, points }, index): Curve => {
    const total = combination.datasets.length === largest && largest > 1;
    const styleKey = total ? "total" : SERIES[index % SERIES.length];
    return { label: datasetLabel(combination.name), points, styleKey };
  });
  return curveFigure({
    ...(scan.figure.title !== undefined && { title: figureText(scan.figure.title) }),
    description: `Δχ² along ${axis.parameter} (${scan.analysis}).`,
    panels: [
      {
        x: { symbol: parameter(axis.parameter).symbol, from: axis.from, to: axis.to },
        curves,
        levels: lines,
        maximum: HEADROOM * Math.max(...lines.map(({ value }) => value)),
      },
    ],
  });
}
