import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseLevel } from "../contour/levels.js";
import type { PlaneGrid, Point } from "../contour/plane.js";
import { axisValues } from "../engine/points.js";
import { datasetLabel } from "../experiments/labels.js";
import type { Layer, PanelSpec, Polyline } from "../figures/types.js";
import { parameter } from "../model/parameters.js";
import { type AllowedRegion, type CombinationStudy, studyPlane } from "../study/plane.js";
import { scanPlaneFigure } from "../study/plane-figure.js";
import { type EvaluatedScan, evaluateScan, scanOf } from "./evaluate.js";
import type { MakeOptions } from "./figure.js";
import { refined } from "./refine.js";
import { simplified } from "./simplify.js";
import type { DataTable } from "./table.js";

/** A scanned plane with what it says. */
export interface StudiedPlane {
  readonly evaluated: EvaluatedScan;
  readonly studies: readonly CombinationStudy[];
}

/** Level that statements ask for beyond those drawn. */
const ONE_SIGMA = "1σ";

/** Evaluates and studies the plane of a scan file in `scans/`. */
export async function studyScan(name: string, options: MakeOptions): Promise<StudiedPlane> {
  const file = fileURLToPath(new URL(`../../scans/${name}.yaml`, import.meta.url));
  return studyText(readFileSync(file, "utf8"), `scans/${name}.yaml`, options);
}

/** Evaluates and studies a plane from what its scan file would say. */
export async function studyText(
  text: string,
  name: string,
  options: MakeOptions,
): Promise<StudiedPlane> {
  const scan = scanOf(text, name, options.points);
  const evaluated = await evaluateScan(scan, options);
  const { analysis, base, chi2 } = evaluated;
  const axes = [scan.axes[0], scan.axes[1]] as const;
  const plane = { analysis, axes, base, combinations: scan.combinations, chi2 };
  const levels = [...new Set([ONE_SIGMA, ...scan.levels])].map(parseLevel);
  const studies = studyPlane(plane, scan.reference, levels);
  const exact = studies.map((study) => refined(evaluated, study));
  return { evaluated, studies: exact.map((study) => withFewerVertices(evaluated, study)) };
}

/** Of the plane's sides: a few µm on paper, a hundredth of a line's width. */
const TOLERANCE = 5e-5;

/** Contours without the vertices that straight lines replace. */
function withFewerVertices({ scan }: EvaluatedScan, study: CombinationStudy): CombinationStudy {
  const [width, height] = scan.axes.map(({ from, to }) => to - from);
  const fewer = <Line extends { readonly points: readonly Point[] }>(line: Line): Line => {
    return { ...line, points: simplified(line.points, [width, height], TOLERANCE) };
  };
  const allowed = study.allowed.map((one) => {
    return { ...one, lines: one.lines.map(fewer), rings: one.rings.map(fewer) };
  });
  return { ...study, allowed };
}

export function studyOf({ studies }: StudiedPlane, combination: string): CombinationStudy {
  const found = studies.find((study) => study.combination.name === combination);
  if (!found) throw new RangeError(`the scan has no combination ${combination}`);
  return found;
}

/** The allowed region of a combination at a level, by the level's label. */
export function allowedAt(plane: StudiedPlane, combination: string, level: string): AllowedRegion {
  const found = studyOf(plane, combination).allowed.find((one) => one.level.label === level);
  if (!found) throw new RangeError(`${combination} was not studied at ${level}`);
  return found;
}

/** χ² of one combination on the plane's grid. */
export function gridOf({ evaluated }: StudiedPlane, combination: string): PlaneGrid {
  const { scan, chi2 } = evaluated;
  const [x, y] = scan.axes.map(axisValues);
  const width = scan.combinations.length;
  const column = scan.combinations.findIndex(({ name }) => name === combination);
  const values = Float64Array.from({ length: x.length * y.length }, (_, point) => {
    return chi2[point * width + column];
  });
  return { x, y, values };
}

const BEST = { shape: "star", color: "foreground", size: 6.5 } as const;

/** Whether a point lies clear of the plane's frame: a minimum on it is only where the plane ends. */
function isInside({ scan }: EvaluatedScan, point: readonly number[]): boolean {
  return scan.axes.every(({ from, to }, axis) => {
    const place = (point[axis] - from) / (to - from);
    return place > FRAME && place < 1 - FRAME;
  });
}
const FRAME = 0.01;

/** Area between rings, holes taken out: they run the other way. */
function areaOf(rings: readonly Polyline[]): number {
  const twice = rings.flatMap((ring) =>
    ring.slice(1).map(([x, y], i) => ring[i][0] * y - x * ring[i][1]),
  );
  return Math.abs(twice.reduce((sum, part) => sum + part, 0)) / 2;
}

/** Fills in the order of their size, so that no large one veils a small one; all else stays. */
function largestFirst(layers: readonly Layer[]): Layer[] {
  const fills = layers.filter((layer) => layer.kind === "region");
  const sorted = fills.sort((a, b) => areaOf(b.rings) - areaOf(a.rings));
  return [...sorted, ...layers.filter((layer) => layer.kind !== "region")];
}

/**
 * The panels of the scan's figure without titles, their legend above; those of a combination also
 * show its best point.
 */
export function planePanels({ evaluated, studies }: StudiedPlane): readonly PanelSpec[] {
  const untitled = { ...evaluated.scan.figure };
  const panels = untitled.panels.map((panel) => ({ ...panel, title: "" }));
  const scan = { ...evaluated.scan, figure: { ...untitled, panels } };
  const [drawn] = scanPlaneFigure(scan, studies).panels;
  return drawn.flatMap((panel, index) => {
    if (panel === null) return [];
    const { title: _, ...rest } = panel;
    const layered = panels[index].regions.find(({ levels }) => levels.length > 1);
    const study = studies.find(({ combination }) => combination.name === layered?.combination);
    const point = study?.minima[0].point;
    const marked = point !== undefined && isInside(evaluated, point);
    const best: Layer[] = marked ? [{ kind: "markers", points: [point], marker: BEST }] : [];
    const entries = panel.legend?.entries ?? [];
    return [
      {
        ...rest,
        layers: [...largestFirst(panel.layers), ...best],
        legend: {
          position: "above" as const,
          entries: study ? [...entries, { label: "best fit", marker: BEST }] : entries,
        },
      },
    ];
  });
}

/** A parameter's name in plain text for tables: `eps_ee_d` and what it is. */
const axisName = (name: string) => `${name}, ${parameter(name).description}`;

/** Where in the paper a plane stands, and how its files begin. */
export interface PlanePlace {
  readonly figure: string;
  readonly row: "upper" | "lower";
}

/** Δχ² of every combination on the grid, and every contour drawn. */
export function planeTables(plane: StudiedPlane, { figure, row }: PlanePlace): DataTable[] {
  const { scan } = plane.evaluated;
  const [x, y] = scan.axes;
  const about = `${scan.analysis}, ${x.parameter} against ${y.parameter}`;
  const [xs, ys] = scan.axes.map(axisValues);
  const rectangle = `The rectangle ${x.from} to ${x.to} by ${y.from} to ${y.to}`;
  const reference =
    scan.reference === "separate"
      ? "the sum of the minima of each data set fitted alone in this rectangle"
      : "the minimum of the combination in this rectangle";
  const grid: DataTable = {
    name: `${row}-grid`,
    title: `Delta chi2 in ${x.parameter}, ${y.parameter}`,
    location: `${figure}, ${row} row`,
    description: `Delta chi2 of every combination (${about}). ${rectangle}; Delta chi2 counts from ${reference}.`,
    observables: ["DELTA CHI2"],
    grid: [xs.length, ys.length],
    coordinates: [
      {
        name: x.parameter,
        values: Array.from(
          { length: xs.length * ys.length },
          (_, p) => xs[Math.floor(p / ys.length)],
        ),
      },
      {
        name: y.parameter,
        values: Array.from({ length: xs.length * ys.length }, (_, p) => ys[p % ys.length]),
      },
    ],
    quantities: scan.combinations.map(({ name }) => {
      const study = studyOf(plane, name);
      const { values } = gridOf(plane, name);
      return {
        name: `Delta chi2, ${datasetLabel(name)}`,
        values: Array.from(values, (value) => value - study.reference.value),
        qualifiers: [{ name: "chi2 of the reference", value: study.reference.value }],
      };
    }),
  };
  return [
    grid,
    ...contourTables(plane, { figure, row }, `${axisName(x.parameter)}; ${axisName(y.parameter)}`),
  ];
}

/** One table per contour drawn: the number of the line, x and y. Levels without a region have none. */
function contourTables(
  plane: StudiedPlane,
  { figure, row }: PlanePlace,
  axes: string,
): DataTable[] {
  const { scan } = plane.evaluated;
  const [x, y] = scan.axes;
  return scan.figure.panels.flatMap((panel, column) =>
    panel.regions.flatMap(({ combination, levels }) =>
      levels.flatMap((level): DataTable[] => {
        const study = studyOf(plane, combination);
        const { lines, deltaChi2 } = allowedAt(plane, combination, level);
        if (lines.length === 0) return [];
        const rows = lines.flatMap(({ points }, line) => points.map((point) => ({ line, point })));
        const label = `${datasetLabel(combination)} ${level}`;
        return [
          {
            name: `${row}-${combination.replaceAll("+", "-")}-${level.replace("σ", "sigma").replace("%", "percent")}`,
            title: `${label.replace("σ", " sigma")}, ${x.parameter} and ${y.parameter}`,
            location: `${figure}, ${row} row, panel ${column + 1}`,
            description: `Contour of ${label.replace("σ", " sigma")} (two degrees of freedom). Lines that do not close end on the frame. ${axes}.`,
            observables: ["CONTOUR"],
            coordinates: [
              { name: "line", values: rows.map(({ line }) => line + 1) },
              { name: x.parameter, values: rows.map(({ point }) => point[0]) },
            ],
            quantities: [
              {
                name: y.parameter,
                values: rows.map(({ point }) => point[1]),
                qualifiers: [
                  { name: "Delta chi2", value: deltaChi2 },
                  { name: "chi2 of the reference", value: study.reference.value },
                ],
              },
            ],
          },
        ];
      }),
    ),
  );
}
