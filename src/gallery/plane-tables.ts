import { axisValues } from "../engine/points.js";
import { datasetLabel } from "../experiments/labels.js";
import { parameter } from "../model/parameters.js";
import { allowedAt, gridOf, type StudiedPlane, studyOf } from "./plane.js";
import type { DataTable } from "./table.js";

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
