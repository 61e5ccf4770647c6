// What the kernel of profile tables works on (AssemblyScript, built to WebAssembly SIMD): where all of
// it lies in memory. Written by src/engine/cpu/tables/memory.ts, in this order.
//
// A block is eight states of one flavour, the lanes of two registers. Every table is collapsed to what
// depends on the other flavour only, whose states are walked in rows and columns (the last of their
// axes). χ² is float32, less its offset; every operation is done in the order written, so that a point
// has the same bits wherever it runs and whichever points are beside it.

/** Look-ups: see lookUps. */
export let lookUps: i32 = 0;
export let lookUpsAt: usize = 0;
/** Instructions that make combinations of what was looked up: see combine.ts. */
export let program: usize = 0;
export let programEnd: usize = 0;
/** Combinations, and where the rows of each lie, [combinations] × (address, bytes from row to row). */
export let combinations: i32 = 0;
export let outputsAt: usize = 0;
/** Rows and columns of the walk. */
export let rows: i32 = 0;
export let columns: i32 = 0;
/** Columns of a tile. */
export let tileColumns: i32 = 0;
/** Axes walked, and of each: points here, place of the first, where its line begins. */
export let axes: i32 = 0;
export let axesAt: usize = 0;
/** Place of each row on every axis but the last, [rows × (axes − 1)]. */
export let rowPlaces: usize = 0;
/** Flat index of each row's first column, [rows] f64, and of the next column beyond it. */
export let rowFlat: usize = 0;
export let columnStep: usize = 0;
/** Axes of the lanes: place of each lane on them, [lanes × lane axes], and its flat index, f64. */
export let laneAxes: i32 = 0;
export let lanePlaces: usize = 0;
export let laneFlat: usize = 0;
/** Least χ² of a line's place in each lane, [combinations × places × 8] f32, and the state i32. */
export let lineValues: usize = 0;
export let lineStates: usize = 0;
export let linePlaces: i32 = 0;
/** Least χ² of each state over all lanes, [combinations × rows × padded columns], and the block. */
export let stateValues: usize = 0;
export let stateBlocks: usize = 0;
export let statePlaces: i32 = 0;
/** Lists of states by block, [blocks] heads and [combinations × states] next ones, i32. */
export let heads: usize = 0;
export let nexts: usize = 0;
/** Planes, each: values f32, flat indices f64, cells, strides of its two axes. */
export let mixedPlanes: usize = 0;
export let statePlanes: usize = 0;
export let lanePlanes: usize = 0;
/** Least of each row of a tile, [4 × 8] f32, and its column. */
export let rowValues: usize = 0;
export let rowColumns: usize = 0;

/** Reads all of it from a list of i32. */
export function prepare(at: usize): void {
  lookUps = load<i32>(at);
  lookUpsAt = load<i32>(at, 4);
  program = load<i32>(at, 8);
  programEnd = load<i32>(at, 12);
  combinations = load<i32>(at, 16);
  outputsAt = load<i32>(at, 20);
  rows = load<i32>(at, 24);
  columns = load<i32>(at, 28);
  tileColumns = load<i32>(at, 32);
  axes = load<i32>(at, 36);
  axesAt = load<i32>(at, 40);
  rowPlaces = load<i32>(at, 44);
  rowFlat = load<i32>(at, 48);
  columnStep = load<i32>(at, 52);
  laneAxes = load<i32>(at, 56);
  lanePlaces = load<i32>(at, 60);
  laneFlat = load<i32>(at, 64);
  lineValues = load<i32>(at, 68);
  lineStates = load<i32>(at, 72);
  linePlaces = load<i32>(at, 76);
  stateValues = load<i32>(at, 80);
  stateBlocks = load<i32>(at, 84);
  statePlaces = load<i32>(at, 88);
  heads = load<i32>(at, 92);
  nexts = load<i32>(at, 96);
  mixedPlanes = load<i32>(at, 100);
  statePlanes = load<i32>(at, 104);
  lanePlanes = load<i32>(at, 108);
  rowValues = load<i32>(at, 112);
  rowColumns = load<i32>(at, 116);
}
