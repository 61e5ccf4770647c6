// A machine of rows (AssemblyScript, built to WebAssembly SIMD). A row holds one float64 of eight
// points, 64 bytes. A program, made anew for each likelihood and grid, says which row becomes what;
// every instruction does all eight points, in float64, in the order written: the same bits wherever it
// runs, and whichever points are beside a point.
//
// A program is i32: an operation, and its operands. R is the number of a row, K of a constant (f64).
//
//   COMBINE  rows terms R:out K:base K:table R:x    out_r = base_r + Σ_k table_rk x_k
//   FUSE     count, then of each R:out R:a R:b R:c  out = a b − c
//   DIVIDE   R:out R:a R:b                          out = a / b
//   GUARD    R:out R:a R:b                          out = a where b > 0, else not a number
//   LOGS     R:out segments, then of each K:weight count and that many R:
//                                                   out = Σ_s weight_s ln Π_i x_si
//   SOLVE    n R:form R:chi2 R:eta                  χ² = c − 2 b·η + ηᵀAη at its minimum η, with the
//                                                   rows c, b (n), A (lower triangle) from `form` on

const COMBINE: i32 = 0;
const FUSE: i32 = 1;
const DIVIDE: i32 = 2;
const GUARD: i32 = 3;
const LOGS: i32 = 4;
const SOLVE: i32 = 5;

const ROW: usize = 64;

let program: usize = 0;
let programEnd: usize = 0;
let constants: usize = 0;
let rows: usize = 0;
/** Scratch of SOLVE: a factor's rows, after all others. */
let scratch: usize = 0;

/** Says where everything lies in memory (byte offsets). */
export function prepare(
  programAt: usize,
  length: i32,
  constantsAt: usize,
  rowsAt: usize,
  scratchAt: usize,
): void {
  program = programAt;
  programEnd = programAt + ((<usize>length) << 2);
  constants = constantsAt;
  rows = rowsAt;
  scratch = scratchAt;
}

/**
 * Runs the program for `blocks` times eight points: rows 0 … inputs − 1 are read from `input`, rows
 * first … first + outputs − 1 are written to `output`; of both, a row of all points is `stride` bytes.
 */
export function run(
  blocks: i32,
  input: usize,
  inputs: i32,
  output: usize,
  first: i32,
  outputs: i32,
  stride: usize,
): void {
  for (let block = 0; block < blocks; block++) {
    const offset = <usize>block * ROW;
    for (let i = 0; i < inputs; i++) {
      memory.copy(rows + <usize>i * ROW, input + <usize>i * stride + offset, ROW);
    }
    execute();
    for (let i = 0; i < outputs; i++) {
      const from = rows + <usize>(first + i) * ROW;
      memory.copy(output + <usize>i * stride + offset, from, ROW);
    }
  }
}

// @ts-expect-error: decorator
function operand(pc: usize): i32 {
  return load<i32>(pc);
}

// @ts-expect-error: decorator
function rowAt(pc: usize): usize {
  return rows + ((<usize>load<i32>(pc)) << 6);
}

// @ts-expect-error: decorator
function constantAt(pc: usize): usize {
  return constants + ((<usize>load<i32>(pc)) << 3);
}

function execute(): void {
  let pc = program;
  while (pc < programEnd) {
    const operation = operand(pc);
    if (operation === COMBINE) {
      combine(
        operand(pc + 4),
        operand(pc + 8),
        rowAt(pc + 12),
        constantAt(pc + 16),
        constantAt(pc + 20),
        rowAt(pc + 24),
      );
      pc += 28;
    } else if (operation === FUSE) {
      const end = pc + 8 + ((<usize>operand(pc + 4)) << 4);
      for (pc += 8; pc < end; pc += 16)
        fuse(rowAt(pc), rowAt(pc + 4), rowAt(pc + 8), rowAt(pc + 12));
    } else if (operation === DIVIDE) {
      divide(rowAt(pc + 4), rowAt(pc + 8), rowAt(pc + 12));
      pc += 16;
    } else if (operation === GUARD) {
      guard(rowAt(pc + 4), rowAt(pc + 8), rowAt(pc + 12));
      pc += 16;
    } else if (operation === LOGS) {
      pc = logs(pc + 4);
    } else if (operation === SOLVE) {
      solve(operand(pc + 4), rowAt(pc + 8), rowAt(pc + 12), rowAt(pc + 16));
      pc += 20;
    } else unreachable();
  }
}

function combine(
  count: i32,
  terms: i32,
  outAt: usize,
  baseAt: usize,
  table: usize,
  x: usize,
): void {
  let at = table;
  let out = outAt;
  let base = baseAt;
  const xEnd = x + ((<usize>terms) << 6);
  for (let r = 0; r < count; r++) {
    let a = v128.load64_splat(base);
    let b = a;
    let c = a;
    let d = a;
    for (let k = x; k < xEnd; k += ROW) {
      const factor = v128.load64_splat(at);
      a = f64x2.add(a, f64x2.mul(factor, v128.load(k)));
      b = f64x2.add(b, f64x2.mul(factor, v128.load(k, 16)));
      c = f64x2.add(c, f64x2.mul(factor, v128.load(k, 32)));
      d = f64x2.add(d, f64x2.mul(factor, v128.load(k, 48)));
      at += 8;
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
    out += ROW;
    base += 8;
  }
}

// @ts-expect-error: decorator
function fuse(out: usize, a: usize, b: usize, c: usize): void {
  for (let i: usize = 0; i < ROW; i += 16) {
    const product = f64x2.mul(v128.load(a + i), v128.load(b + i));
    v128.store(out + i, f64x2.sub(product, v128.load(c + i)));
  }
}

// @ts-expect-error: decorator
function divide(out: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < ROW; i += 16) {
    v128.store(out + i, f64x2.div(v128.load(a + i), v128.load(b + i)));
  }
}

// @ts-expect-error: decorator
function guard(out: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < ROW; i += 16) {
    const fine = f64x2.gt(v128.load(b + i), f64x2.splat(0));
    v128.store(out + i, v128.bitselect(v128.load(a + i), f64x2.splat(NaN), fine));
  }
}

/** Returns where the next instruction is. */
function logs(at: usize): usize {
  const out = rowAt(at);
  const segments = operand(at + 4);
  let pc = at + 8;
  for (let i: usize = 0; i < ROW; i += 16) v128.store(out + i, f64x2.splat(0));
  for (let s = 0; s < segments; s++) {
    const weight = v128.load64_splat(constantAt(pc));
    const end = pc + 8 + ((<usize>operand(pc + 4)) << 2);
    let a = f64x2.splat(1);
    let b = a;
    let c = a;
    let d = a;
    // A product of two negative counts would pass for a good one.
    let lowA = a;
    let lowB = a;
    let lowC = a;
    let lowD = a;
    for (pc += 8; pc < end; pc += 4) {
      const x = rowAt(pc);
      const xa = v128.load(x);
      const xb = v128.load(x, 16);
      const xc = v128.load(x, 32);
      const xd = v128.load(x, 48);
      a = f64x2.mul(a, xa);
      b = f64x2.mul(b, xb);
      c = f64x2.mul(c, xc);
      d = f64x2.mul(d, xd);
      lowA = f64x2.pmin(lowA, xa);
      lowB = f64x2.pmin(lowB, xb);
      lowC = f64x2.pmin(lowC, xc);
      lowD = f64x2.pmin(lowD, xd);
    }
    addLog(out, weight, a, lowA);
    addLog(out + 16, weight, b, lowB);
    addLog(out + 32, weight, c, lowC);
    addLog(out + 48, weight, d, lowD);
  }
  return pc;
}

// @ts-expect-error: decorator
function addLog(out: usize, weight: v128, product: v128, low: v128): void {
  const positive = f64x2.gt(low, f64x2.splat(0));
  const term = f64x2.mul(weight, log(product));
  const sum = f64x2.add(v128.load(out), term);
  v128.store(out, v128.bitselect(sum, f64x2.splat(NaN), positive));
}

/**
 * ln x of normal numbers, else not a number: x = 2^e m with m in [√½, √2], and with s = (m − 1)/(m + 1)
 * ln m = 2 (s + s³/3 + … + s²¹/21), exact to rounding.
 */
function log(x: v128): v128 {
  const bits = v128.and(x, i64x2.splat(0x000fffffffffffff));
  let m = v128.or(bits, i64x2.splat(0x3ff0000000000000));
  // An integer below 2^52 added to the bits of 2^52 is the float64 2^52 + integer.
  const biased = v128.or(i64x2.shr_u(x, 52), i64x2.splat(0x4330000000000000));
  let e = f64x2.sub(biased, f64x2.splat(4503599627371519.0)); // 2^52 + 1023
  const high = f64x2.gt(m, f64x2.splat(Math.SQRT2));
  m = v128.bitselect(f64x2.mul(m, f64x2.splat(0.5)), m, high);
  e = f64x2.add(e, v128.and(high, f64x2.splat(1)));
  const one = f64x2.splat(1);
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(1.0 / 21);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 19));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 17));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 15));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 13));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 11));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 9));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 7));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 5));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 3));
  p = f64x2.add(f64x2.mul(p, z), one);
  // ln 2 in two parts, the first short enough to be exact times e.
  const rest = f64x2.add(
    f64x2.mul(f64x2.add(s, s), p),
    f64x2.mul(e, f64x2.splat(1.9082149292705877e-10)),
  );
  const value = f64x2.add(f64x2.mul(e, f64x2.splat(0.6931471803691238)), rest);
  const normal = v128.and(
    f64x2.ge(x, f64x2.splat(2.2250738585072014e-308)),
    f64x2.le(x, f64x2.splat(1.7976931348623157e308)),
  );
  return v128.bitselect(value, f64x2.splat(NaN), normal);
}

/** Row of the lower triangle's entry i, k ≤ i. */
// @ts-expect-error: decorator
function entry(at: usize, i: i32, k: i32): usize {
  return at + ((<usize>((i * (i + 1)) / 2 + k)) << 6);
}

/** By LDLᵀ; rows that A does not determine give what is not a number. */
function solve(n: i32, form: usize, chi2: usize, eta: usize): void {
  const b = form + ROW;
  const matrix = b + ((<usize>n) << 6);
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const factor = scratch;
    let value = v128.load(form + lane);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k <= i; k++) {
        // L_ik D_k, with D_k on the diagonal of the factor.
        let sum = v128.load(entry(matrix, i, k) + lane);
        for (let m = 0; m < k; m++) {
          const left = v128.load(entry(factor, i, m));
          const right = v128.load(entry(factor, k, m));
          const pivot = v128.load(entry(factor, m, m));
          sum = f64x2.sub(sum, f64x2.div(f64x2.mul(left, right), pivot));
        }
        v128.store(entry(factor, i, k), sum);
      }
      let y = v128.load(b + ((<usize>i) << 6) + lane);
      for (let m = 0; m < i; m++) {
        const left = v128.load(entry(factor, i, m));
        const above = v128.load(eta + ((<usize>m) << 6) + lane);
        y = f64x2.sub(y, f64x2.mul(left, above));
      }
      const pivot = v128.load(entry(factor, i, i));
      const part = f64x2.div(y, pivot);
      v128.store(eta + ((<usize>i) << 6) + lane, part);
      const positive = f64x2.gt(pivot, f64x2.splat(0));
      value = f64x2.sub(value, f64x2.mul(part, y));
      value = v128.bitselect(value, f64x2.splat(NaN), positive);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = v128.load(eta + ((<usize>i) << 6) + lane);
      const pivot = v128.load(entry(factor, i, i));
      for (let m = i + 1; m < n; m++) {
        const left = f64x2.div(v128.load(entry(factor, m, i)), pivot);
        const below = v128.load(eta + ((<usize>m) << 6) + lane);
        sum = f64x2.sub(sum, f64x2.mul(left, below));
      }
      v128.store(eta + ((<usize>i) << 6) + lane, sum);
    }
    v128.store(chi2 + lane, value);
  }
}
