import {
  axes,
  axesAt,
  columnStep,
  columns,
  combinations,
  laneAxes,
  laneFlat,
  lanePlaces,
  lanePlanes,
  linePlaces,
  lineStates,
  lineValues,
  mixedPlanes,
  rowFlat,
} from "./plan";

/**
 * A plane, i32: values ([combinations × cells] f32), flat indices (the same, f64), cells, and from cell
 * to cell along its first and its second axis.
 */
export const PLANE: usize = 20;

/** An axis walked, i32: its points here, place of the first of them, and of its first line. */
export const AXIS: usize = 12;

/** Lowers a cell, the lowest flat index among equals. */
export function lower(plane: usize, k: i32, cell: i32, value: f32, flat: f64): void {
  const place = <usize>(k * load<i32>(plane, 8) + cell);
  const at = <usize>load<i32>(plane) + (place << 2);
  const found = load<f32>(at);
  if (value > found) return;
  const index = <usize>load<i32>(plane, 4) + (place << 3);
  if (value === found && flat >= load<f64>(index)) return;
  store<f32>(at, value);
  store<f64>(index, flat);
}

/** Flat index of a state's part of a point. */
export function stateFlat(state: i32): f64 {
  const row = state / columns;
  const flat = load<f64>(rowFlat + ((<usize>row) << 3));
  return flat + <f64>(state - row * columns) * load<f64>(columnStep);
}

/** Flat index of a lane's part of a point. */
export function flatOfLane(lane: i32): f64 {
  return load<f64>(laneFlat + ((<usize>lane) << 3));
}

/** Lowers the planes of one axis walked and one of the lanes by the lines of a block. */
export function reduceLines(first: i32, lanes: i32): void {
  let plane = mixedPlanes;
  for (let i = 0; i < axes; i++) {
    for (let j = 0; j < laneAxes; j++) {
      for (let k = 0; k < combinations; k++) reducePlane(plane, i, j, k, first, lanes);
      plane += PLANE;
    }
  }
}

function reducePlane(plane: usize, i: i32, j: i32, k: i32, first: i32, lanes: i32): void {
  const axis = axesAt + <usize>i * AXIS;
  const points = load<i32>(axis);
  const start = load<i32>(axis, 4);
  const line = (<usize>(k * linePlaces + load<i32>(axis, 8))) << 5;
  const stride = load<i32>(plane, 12);
  const cells = load<i32>(plane, 8);
  const step = (<usize>stride) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    const other = load<i32>(lanePlaces + ((<usize>((first + lane) * laneAxes + j)) << 2));
    const own = start * stride + other * load<i32>(plane, 16);
    let found = <usize>load<i32>(plane) + ((<usize>(k * cells + own)) << 2);
    let at = line + ((<usize>lane) << 2);
    for (let c = 0; c < points; c++) {
      const value = load<f32>(lineValues + at);
      if (value <= load<f32>(found)) {
        const flat = flatOfLane(first + lane) + stateFlat(stateOf(i, c, at));
        lower(plane, k, own + c * stride, value, flat);
      }
      found += step;
      at += 32;
    }
  }
}

/** The state that has the minimum of a line's place: the last axis knows its row only. */
function stateOf(i: i32, column: i32, place: usize): i32 {
  const found = load<i32>(lineStates + place);
  return i === axes - 1 ? found * columns + column : found;
}

/** Lowers the planes of two axes of the lanes by the minimum of each lane. */
export function reduceLanes(first: i32, lanes: i32): void {
  if (laneAxes < 2) return;
  const line = load<i32>(axesAt + <usize>(axes - 1) * AXIS, 8);
  for (let k = 0; k < combinations; k++) {
    const start = (<usize>(k * linePlaces + line)) << 5;
    for (let lane = 0; lane < lanes; lane++) {
      let at = start + ((<usize>lane) << 2);
      let lowest: f32 = Infinity;
      let state = i32.MAX_VALUE;
      for (let c = 0; c < columns; c++) {
        const value = load<f32>(lineValues + at);
        if (value <= lowest) {
          const own = stateOf(axes - 1, c, at);
          if (value < lowest || own < state) state = own;
          lowest = value;
        }
        at += 32;
      }
      reduceLane(k, first + lane, lowest, flatOfLane(first + lane) + stateFlat(state));
    }
  }
}

function reduceLane(k: i32, lane: i32, value: f32, flat: f64): void {
  const places = lanePlaces + ((<usize>(lane * laneAxes)) << 2);
  let plane = lanePlanes;
  for (let i = 0; i < laneAxes; i++) {
    const x = load<i32>(places + ((<usize>i) << 2));
    for (let j = i + 1; j < laneAxes; j++) {
      const y = load<i32>(places + ((<usize>j) << 2));
      lower(plane, k, x * load<i32>(plane, 12) + y * load<i32>(plane, 16), value, flat);
      plane += PLANE;
    }
  }
}
