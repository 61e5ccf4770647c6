import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ContourSet } from "./contours.js";
import { csvNumber } from "./csv-number.js";
import { type GridResult, gridCoordinates } from "./grid.js";

/** Writes the grid in long form: a column per axis, then `chi2_<combination>` ones; a row per point. */
export async function writeGridCsv(file: string, grid: GridResult): Promise<void> {
  await writeLines(file, gridLines(grid));
}

/** Writes contours, a row per vertex: plane, combination, level, number of the line, and the vertex. */
export async function writeContoursCsv(
  file: string,
  contours: readonly ContourSet[],
): Promise<void> {
  await writeLines(file, contourLines(contours));
}

function* gridLines(grid: GridResult): Generator<string> {
  const { scan, chi2 } = grid;
  const coordinates = gridCoordinates(grid).map((values) => Array.from(values, csvNumber));
  const names = scan.combinations.map(({ name }) => `chi2_${name}`);
  yield [...scan.axes.map((axis) => axis.parameter), ...names].join(",");
  const width = names.length;
  const place = coordinates.map(() => 0);
  for (let start = 0; start < chi2.length; start += width) {
    const row = coordinates.map((values, k) => values[place[k]]);
    for (let k = 0; k < width; k++) row.push(csvNumber(chi2[start + k]));
    yield row.join(",");
    for (let k = place.length - 1; k >= 0 && ++place[k] === coordinates[k].length; k--)
      place[k] = 0;
  }
}

function* contourLines(contours: readonly ContourSet[]): Generator<string> {
  yield "x_parameter,y_parameter,combination,level,line,closed,x,y";
  for (const { plane, combination, level, polylines } of contours) {
    for (const [line, { points, closed }] of polylines.entries()) {
      for (const [x, y] of points) {
        yield [...plane, combination, level, line, closed, csvNumber(x), csvNumber(y)].join(",");
      }
    }
  }
}

/** Writes lines of text. */
export async function writeLines(file: string, lines: Generator<string>): Promise<void> {
  await pipeline(Readable.from(blocks(lines)), createWriteStream(file));
}

/** Lines joined to pieces of some 64 kB: a large grid is never in memory as text. */
function* blocks(lines: Generator<string>): Generator<string> {
  let block = "";
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < 65536) continue;
    yield block;
    block = "";
  }
  yield block;
}
