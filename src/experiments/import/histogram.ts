import {
  expectCount,
  expectValue,
  expectWithin,
  parseTable,
  type ReleaseText,
  type TableRow,
} from "./table.js";

/** `bins` + 1 edges from `start` in steps of `width`, rounded to the decimals of the files. */
export function uniformEdges(start: number, width: number, bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, i) => Number((start + i * width).toFixed(6)));
}

function centre(edges: readonly number[], bin: number): number {
  return (edges[bin] + edges[bin + 1]) / 2;
}

/** Contents of a 1-D histogram file of `centre value` rows, [bins], each ≥ 0. */
export function readHistogram(file: ReleaseText, edges: readonly number[]): number[] {
  const rows = parseTable(file, { columns: 2, rows: edges.length - 1 });
  return rows.map((row, bin) => {
    expectValue(file, row, 0, centre(edges, bin));
    expectWithin(file, row, 1, [0, Number.POSITIVE_INFINITY]);
    return row.values[1];
  });
}

type Axes = readonly [readonly number[], readonly number[], readonly number[]];

/** Contents of a 3-D histogram file of `x y z value` rows, z fastest: [x][y][z], each ≥ 0. */
export function readHistogram3d(
  file: ReleaseText,
  [x, y, z]: Axes,
  content: "counts" | "expectation",
): number[][][] {
  const [nx, ny, nz] = [x.length - 1, y.length - 1, z.length - 1];
  const rows = parseTable(file, { columns: 4, rows: nx * ny * nz });
  const value = (row: TableRow, i: number, j: number, k: number) => {
    expectValue(file, row, 0, centre(x, i));
    expectValue(file, row, 1, centre(y, j));
    expectValue(file, row, 2, centre(z, k));
    if (content === "counts") expectCount(file, row, 3);
    else expectWithin(file, row, 3, [0, Number.POSITIVE_INFINITY]);
    return row.values[3];
  };
  return Array.from({ length: nx }, (_, i) =>
    Array.from({ length: ny }, (_, j) =>
      Array.from({ length: nz }, (_, k) => value(rows[(i * ny + j) * nz + k], i, j, k)),
    ),
  );
}

/** Index of the half-open bin [lo, hi) that holds `value`, or −1. */
function binOf(edges: readonly number[], value: number): number {
  const above = edges.findIndex((edge) => value < edge);
  return above === -1 ? -1 : above - 1;
}

/** Count events per bin, [x][y]; events outside the edges are left out. */
export function binEvents(
  events: readonly TableRow[],
  xEdges: readonly number[],
  yEdges: readonly number[],
): number[][] {
  const counts = Array.from({ length: xEdges.length - 1 }, () =>
    new Array<number>(yEdges.length - 1).fill(0),
  );
  for (const { values } of events) {
    const x = binOf(xEdges, values[0]);
    const y = binOf(yEdges, values[1]);
    if (x >= 0 && y >= 0) counts[x][y] += 1;
  }
  return counts;
}
