import type { Point } from "../contour/plane.js";
import type { Layer, PanelSpec } from "../figures/types.js";
import type { CombinationStudy } from "../study/plane.js";
import { scanPlaneFigure } from "../study/plane-figure.js";
import type { EvaluatedScan } from "./evaluate.js";
import type { StudiedPlane } from "./plane.js";

const BEST = { shape: "star", color: "foreground", size: 6.5 } as const;

/** Whether a point lies clear of the plane's frame: a minimum on it is only where the plane ends. */
function isInside({ scan }: EvaluatedScan, point: readonly number[]): boolean {
  return scan.axes.every(({ from, to }, axis) => {
    const place = (point[axis] - from) / (to - from);
    return place > FRAME && place < 1 - FRAME;
  });
}
const FRAME = 0.01;

/** Of the plane's sides: the star is half as large. */
const ROOM = 0.07;

/** Whether the smallest region about a point is larger than the star that would stand on it. */
function hasRoom(
  { scan }: EvaluatedScan,
  { allowed }: CombinationStudy,
  levels: readonly string[],
  point: Point,
) {
  const around = allowed
    .filter(({ level }) => levels.includes(level.label))
    .flatMap(({ regions }) => regions)
    .filter(({ x, y }) => [x, y].every(([from, to], i) => point[i] >= from && point[i] <= to))
    .sort((a, b) => a.area - b.area);
  const [smallest] = around;
  if (smallest === undefined) return true;
  return [smallest.x, smallest.y].every(([from, to], i) => {
    const axis = scan.axes[i];
    return to - from > ROOM * (axis.to - axis.from);
  });
}

/** The best point, where a star on it says more than it hides. */
function starsOf(
  evaluated: EvaluatedScan,
  study: CombinationStudy,
  levels: readonly string[],
): readonly Point[] {
  const { point } = study.minima[0];
  return isInside(evaluated, point) && hasRoom(evaluated, study, levels, point) ? [point] : [];
}

/**
 * The panels of the scan's figure without titles, their legend above; those of a combination also
 * show its best point.
 */
export function planePanels({ evaluated, studies }: StudiedPlane): readonly PanelSpec[] {
  const untitled = { ...evaluated.scan.figure };
  const panels = untitled.panels.map((panel) => ({ ...panel, title: "" }));
  const scan = { ...evaluated.scan, figure: { ...untitled, panels } };
  const [drawn] = scanPlaneFigure(scan, studies, false).panels;
  return drawn.flatMap((panel, index) => {
    if (panel === null) return [];
    const { title: _, ...rest } = panel;
    const layered = panels[index].regions.find(({ levels }) => levels.length > 1);
    const study = studies.find(({ combination }) => combination.name === layered?.combination);
    const points = study && layered ? starsOf(evaluated, study, layered.levels) : [];
    const best: Layer[] = points.length > 0 ? [{ kind: "markers", points, marker: BEST }] : [];
    const entries = panel.legend?.entries ?? [];
    return [
      {
        ...rest,
        layers: [...panel.layers, ...best],
        legend: {
          position: "above" as const,
          entries: study ? [...entries, { label: "best fit", marker: BEST }] : entries,
        },
      },
    ];
  });
}
