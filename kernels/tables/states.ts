import { collapse } from "./collapse";
import { combine } from "./combine";
import { lookUp } from "./look-up";
import {
  axes,
  axesAt,
  columns,
  combinations,
  heads,
  nexts,
  rowPlaces,
  rows,
  stateBlocks,
  statePlaces,
  statePlanes,
  stateValues,
} from "./plan";
import { AXIS, flatOfLane, lower, PLANE, stateFlat } from "./planes";
import { outputOf } from "./reduce";

/** Forgets the minima of the states. */
export function startStates(): void {
  if (axes < 2) return;
  const end = (<usize>(combinations * statePlaces)) << 2;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(stateValues + at, f32x4.splat(Infinity));
    v128.store(stateBlocks + at, i32x4.splat(0));
  }
}

/**
 * Lowers the planes of two axes walked by the minima of the states over `blocks` blocks. Where that
 * changes a plane, the block that has the minimum is collapsed again, and its first such lane is found.
 */
export function reduceStatePlanes(blocks: i32): void {
  if (axes < 2) return;
  memory.fill(heads, 0xff, (<usize>blocks) << 2);
  for (let k = 0; k < combinations; k++) {
    for (let row = 0; row < rows; row++) {
      const first = stateValues + (stateAt(k, row, 0) << 2);
      let c = 0;
      while (c < columns) {
        if (axes === 2 && !mayChange(k, row, c, first)) {
          c += 4;
          continue;
        }
        const end = min(c + 4, columns);
        for (; c < end; c++) {
          if (changesPlane(k, row, c, load<f32>(first + ((<usize>c) << 2)))) remember(k, row, c);
        }
      }
    }
  }
  for (let block = 0; block < blocks; block++) {
    let own = load<i32>(heads + ((<usize>block) << 2));
    if (own < 0) continue;
    collapse(block * 8);
    for (; own >= 0; own = load<i32>(nexts + ((<usize>own) << 2))) settle(own, block);
  }
}

/** Whether one of four states may change the only plane, whose second axis is the last one. */
function mayChange(k: i32, row: i32, column: i32, values: usize): bool {
  const stride = load<i32>(statePlanes, 16);
  const cell = k * load<i32>(statePlanes, 8) + cellOf(statePlanes, 0, 1, row, column);
  const at = <usize>load<i32>(statePlanes) + ((<usize>cell) << 2);
  if (stride !== 1 || column + 4 > columns) return true;
  const own = v128.load(values + ((<usize>column) << 2));
  return v128.any_true(f32x4.le(own, v128.load(at)));
}

/** Puts a state on the list of the block that has its minimum. */
function remember(k: i32, row: i32, column: i32): void {
  const head = heads + ((<usize>load<i32>(stateBlocks + (stateAt(k, row, column) << 2))) << 2);
  const own = (k * rows + row) * columns + column;
  store<i32>(nexts + ((<usize>own) << 2), load<i32>(head));
  store<i32>(head, own);
}

/** Place of a state among the minima; rows are padded to whole registers. */
export function stateAt(k: i32, row: i32, column: i32): usize {
  return <usize>(k * statePlaces + row * ((columns + 3) & ~3) + column);
}

/** Place of a state on a walked axis, counted from the whole axis's first. */
function placeOn(i: i32, row: i32, column: i32): i32 {
  const start = load<i32>(axesAt + <usize>i * AXIS, 4);
  if (i === axes - 1) return start + column;
  return start + load<i32>(rowPlaces + ((<usize>(row * (axes - 1) + i)) << 2));
}

function cellOf(plane: usize, i: i32, j: i32, row: i32, column: i32): i32 {
  const x = placeOn(i, row, column);
  return x * load<i32>(plane, 12) + placeOn(j, row, column) * load<i32>(plane, 16);
}

function changesPlane(k: i32, row: i32, column: i32, value: f32): bool {
  let plane = statePlanes;
  for (let i = 0; i < axes; i++) {
    for (let j = i + 1; j < axes; j++) {
      const cell = k * load<i32>(plane, 8) + cellOf(plane, i, j, row, column);
      if (value <= load<f32>(<usize>load<i32>(plane) + ((<usize>cell) << 2))) return true;
      plane += PLANE;
    }
  }
  return false;
}

/** Finds the lane that has a state's minimum, by the same operations in the same order. */
function settle(own: i32, block: i32): void {
  const states = rows * columns;
  const k = own / states;
  const state = own - k * states;
  const row = state / columns;
  const column = state - row * columns;
  const value = load<f32>(stateValues + (stateAt(k, row, column) << 2));
  lookUp(state, 0, 1);
  combine(state, 0, 1);
  let lane = 0;
  for (let l = 1; l < 8; l++) {
    if (
      load<f32>(outputOf(k) + ((<usize>l) << 2)) < load<f32>(outputOf(k) + ((<usize>lane) << 2))
    ) {
      lane = l;
    }
  }
  const flat = flatOfLane(block * 8 + lane) + stateFlat(state);
  let plane = statePlanes;
  for (let i = 0; i < axes; i++) {
    for (let j = i + 1; j < axes; j++) {
      lower(plane, k, cellOf(plane, i, j, row, column), value, flat);
      plane += PLANE;
    }
  }
}
