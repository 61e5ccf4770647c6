// χ² of grids by profile tables: see plan.ts.
import { collapse } from "./collapse";
import { combine } from "./combine";
import { lookUp } from "./look-up";
import {
  axes,
  axesAt,
  columns,
  combinations,
  linePlaces,
  lineStates,
  lineValues,
  rowColumns,
  rowPlaces,
  rows,
  rowValues,
  stateBlocks,
  stateValues,
  tileColumns,
} from "./plan";
import { AXIS, reduceLanes, reduceLines } from "./planes";
import { outputOf, outputRow, ROWS, reduceRows, reduceStates, startRows } from "./reduce";
import { setScattered } from "./scattered";
import { reduceStatePlanes, startStates, stateAt } from "./states";

export { prepare } from "./plan";

/**
 * Reduces all states of the walk with the lanes, `count` of them: their records are in memory, the last
 * ones repeated to whole blocks.
 */
export function run(count: i32): void {
  startStates();
  const blocks = (count + 7) >> 3;
  for (let block = 0; block < blocks; block++) {
    collapse(block * 8);
    walk(block);
    const lanes = min(count - block * 8, 8);
    reduceLines(block * 8, lanes);
    reduceLanes(block * 8, lanes);
  }
  reduceStatePlanes(blocks);
}

/** χ² of one state with the lanes of one block, to row 0 of the outputs. */
export function sample(block: i32, state: i32): void {
  collapse(block * 8);
  lookUp(state, 0, 1);
  combine(state, 0, 1);
}

/** χ² of `count` times eight points in no order, to row 0 of the outputs. */
export function scatter(count: i32): void {
  setScattered(true);
  lookUp(0, 0, count);
  combine(0, 0, count);
  setScattered(false);
}

function walk(block: i32): void {
  startLines();
  for (let row = 0; row < rows; row += ROWS) {
    const height = min(ROWS, rows - row);
    startRows();
    for (let column = 0; column < columns; column += tileColumns) {
      const width = min(tileColumns, columns - column);
      for (let r = 0; r < height; r++) {
        const state = (row + r) * columns + column;
        lookUp(state, r, width);
        combine(state, r, width);
      }
      for (let k = 0; k < combinations; k++) reduceTile(k, block, row, height, column, width);
    }
    for (let r = 0; r < height; r++) finishRow(row + r, r);
  }
}

function startLines(): void {
  const end = (<usize>(combinations * linePlaces)) << 5;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(lineValues + at, f32x4.splat(Infinity));
    v128.store(lineStates + at, i32x4.splat(0));
  }
}

function reduceTile(k: i32, block: i32, row: i32, height: i32, column: i32, width: i32): void {
  const last = load<i32>(axesAt + <usize>(axes - 1) * AXIS, 8);
  const line = (<usize>(k * linePlaces + last + column)) << 5;
  reduceRows(k, row, height, column, width, lineValues + line, lineStates + line);
  if (axes < 2) return;
  for (let r = 0; r < height; r++) {
    const from = outputOf(k) + <usize>r * outputRow(k);
    const to = stateAt(k, row + r, column) << 2;
    reduceStates(from, width, block, stateValues + to, stateBlocks + to);
  }
}

/** Lowers the lines of all axes but the last by the minimum of a row. */
function finishRow(row: i32, r: i32): void {
  const start = i32x4.splat(row * columns);
  for (let k = 0; k < combinations; k++) {
    for (let i = 0; i + 1 < axes; i++) {
      const line = load<i32>(axesAt + <usize>i * AXIS, 8);
      const place = load<i32>(rowPlaces + ((<usize>(row * (axes - 1) + i)) << 2));
      const to = (<usize>(k * linePlaces + line + place)) << 5;
      for (let half: usize = 0; half < 32; half += 16) {
        const own = ((<usize>(k * ROWS + r)) << 5) + half;
        const value = v128.load(rowValues + own);
        const state = i32x4.add(v128.load(rowColumns + own), start);
        const before = v128.load(lineValues + to + half);
        const isLower = v128.and(f32x4.lt(value, before), state);
        const states = lineStates + to + half;
        v128.store(states, i32x4.max_s(v128.load(states), isLower));
        v128.store(lineValues + to + half, f32x4.pmin(before, value));
      }
    }
  }
}
