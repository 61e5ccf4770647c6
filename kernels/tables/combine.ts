import { program, programEnd } from "./plan";
import { minimise } from "./scale";

const ADD: i32 = 0;

/** Bytes of an instruction: an operation and seven operands, i32. */
const INSTRUCTION: usize = 32;

/**
 * Makes what the combinations need of `count` states looked up in row `row` of the tile, the first of
 * them `state`.
 *
 *   ADD       out, bytes from row to row, a, the same, b, the same       out = a + b
 *   MINIMISE  a description, see scale.ts
 */
export function combine(state: i32, row: i32, count: i32): void {
  for (let pc = program; pc < programEnd; pc += INSTRUCTION) {
    if (load<i32>(pc) !== ADD) minimise(<usize>load<i32>(pc, 4), state, row, count);
    else add(placeIn(pc + 4, row), placeIn(pc + 12, row), placeIn(pc + 20, row), count);
  }
}

/** The row of the tile in a buffer, given its address and bytes from row to row. */
function placeIn(operand: usize, row: i32): usize {
  return <usize>load<i32>(operand) + <usize>row * <usize>load<i32>(operand, 4);
}

function add(out: usize, a: usize, b: usize, count: i32): void {
  const bytes = (<usize>count) << 5;
  for (let i: usize = 0; i < bytes; i += 32) {
    v128.store(out + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
    v128.store(out + i, f32x4.add(v128.load(a + i, 16), v128.load(b + i, 16)), 16);
  }
}
