import { combinations, outputsAt, rowColumns, rowValues } from "./plan";

/** Rows of a tile. */
export const ROWS: i32 = 4;

/** Where row 0 of a combination's tile lies. */
export function outputOf(k: i32): usize {
  return <usize>load<i32>(outputsAt + ((<usize>k) << 3));
}

/** Bytes from row to row there. */
export function outputRow(k: i32): usize {
  return <usize>load<i32>(outputsAt + ((<usize>k) << 3) + 4);
}

/** Forgets the rows of the tiles before. */
export function startRows(): void {
  const end = <usize>combinations * 128;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(rowValues + at, f32x4.splat(Infinity));
    v128.store(rowColumns + at, i32x4.splat(0));
  }
}

/**
 * Lowers the minima of a tile's rows, with their first column, and those of its columns, with their
 * first row: as rows and columns ascend, the latest improvement has the largest number.
 *
 * @param column of the tile's first
 * @param lineValues minima of the columns so far, from that column on, [columns × 8]; `lineRows`: i32
 */
export function reduceRows(
  k: i32,
  row: i32,
  rows: i32,
  column: i32,
  columns: i32,
  lineValues: usize,
  lineRows: usize,
): void {
  const tile = outputOf(k);
  const stride = outputRow(k);
  for (let half: usize = 0; half < 32; half += 16) {
    const values = rowValues + ((<usize>k) << 7) + half;
    const places = rowColumns + ((<usize>k) << 7) + half;
    let r = 0;
    for (; r + 1 < rows; r += 2) {
      const at = (<usize>r) << 5;
      reducePair(
        tile + <usize>r * stride + half,
        stride,
        row + r,
        column,
        columns,
        lineValues + half,
        lineRows + half,
        values + at,
        places + at,
      );
    }
    if (r < rows) {
      const at = (<usize>r) << 5;
      const from = tile + <usize>r * stride + half;
      const line = lineValues + half;
      reduceOne(from, row + r, column, columns, line, lineRows + half, values + at, places + at);
    }
  }
}

function reducePair(
  from: usize,
  stride: usize,
  row: i32,
  column: i32,
  columns: i32,
  lineValues: usize,
  lineRows: usize,
  values: usize,
  places: usize,
): void {
  let a = v128.load(values);
  let b = v128.load(values, 32);
  let aAt = v128.load(places);
  let bAt = v128.load(places, 32);
  let number = i32x4.splat(column);
  const one = i32x4.splat(1);
  const rowA = i32x4.splat(row);
  const rowB = i32x4.splat(row + 1);
  const end = (<usize>columns) << 5;
  for (let at: usize = 0; at < end; at += 32) {
    const x = v128.load(from + at);
    const y = v128.load(from + stride + at);
    aAt = i32x4.max_s(aAt, v128.and(f32x4.lt(x, a), number));
    a = f32x4.pmin(a, x);
    bAt = i32x4.max_s(bAt, v128.and(f32x4.lt(y, b), number));
    b = f32x4.pmin(b, y);
    number = i32x4.add(number, one);
    let lowest = v128.load(lineValues + at);
    let lowestAt = v128.load(lineRows + at);
    lowestAt = i32x4.max_s(lowestAt, v128.and(f32x4.lt(x, lowest), rowA));
    lowest = f32x4.pmin(lowest, x);
    lowestAt = i32x4.max_s(lowestAt, v128.and(f32x4.lt(y, lowest), rowB));
    lowest = f32x4.pmin(lowest, y);
    v128.store(lineValues + at, lowest);
    v128.store(lineRows + at, lowestAt);
  }
  v128.store(values, a);
  v128.store(values, b, 32);
  v128.store(places, aAt);
  v128.store(places, bAt, 32);
}

function reduceOne(
  from: usize,
  row: i32,
  column: i32,
  columns: i32,
  lineValues: usize,
  lineRows: usize,
  values: usize,
  places: usize,
): void {
  let a = v128.load(values);
  let aAt = v128.load(places);
  let number = i32x4.splat(column);
  const one = i32x4.splat(1);
  const rowA = i32x4.splat(row);
  const end = (<usize>columns) << 5;
  for (let at: usize = 0; at < end; at += 32) {
    const x = v128.load(from + at);
    aAt = i32x4.max_s(aAt, v128.and(f32x4.lt(x, a), number));
    a = f32x4.pmin(a, x);
    number = i32x4.add(number, one);
    const lowest = v128.load(lineValues + at);
    const lowestAt = v128.load(lineRows + at);
    const isLower = v128.and(f32x4.lt(x, lowest), rowA);
    v128.store(lineRows + at, i32x4.max_s(lowestAt, isLower));
    v128.store(lineValues + at, f32x4.pmin(lowest, x));
  }
  v128.store(values, a);
  v128.store(places, aAt);
}

/**
 * Lowers the minimum of each state over all lanes, with the first block that has it.
 * @param from a row of a combination's tile, [columns × 8]
 * @param values minima so far from the first of these states on, f32; `blocks`: i32. Up to three
 * states beyond `columns` are touched.
 */
export function reduceStates(
  from: usize,
  columns: i32,
  block: i32,
  values: usize,
  blocks: usize,
): void {
  const number = i32x4.splat(block);
  for (let c = 0; c < columns; c += 4) {
    const at = from + ((<usize>c) << 5);
    const v0 = f32x4.pmin(v128.load(at), v128.load(at, 16));
    const v1 = f32x4.pmin(v128.load(at, 32), v128.load(at, 48));
    const v2 = f32x4.pmin(v128.load(at, 64), v128.load(at, 80));
    const v3 = f32x4.pmin(v128.load(at, 96), v128.load(at, 112));
    const a = f32x4.pmin(
      v128.shuffle<f32>(v0, v1, 0, 4, 1, 5),
      v128.shuffle<f32>(v0, v1, 2, 6, 3, 7),
    );
    const b = f32x4.pmin(
      v128.shuffle<f32>(v2, v3, 0, 4, 1, 5),
      v128.shuffle<f32>(v2, v3, 2, 6, 3, 7),
    );
    const lowest = f32x4.pmin(
      v128.shuffle<f32>(a, b, 0, 1, 4, 5),
      v128.shuffle<f32>(a, b, 2, 3, 6, 7),
    );
    const to = (<usize>c) << 2;
    const before = v128.load(values + to);
    const isLower = v128.and(f32x4.lt(lowest, before), number);
    v128.store(blocks + to, i32x4.max_s(v128.load(blocks + to), isLower));
    v128.store(values + to, f32x4.pmin(before, lowest));
  }
}
