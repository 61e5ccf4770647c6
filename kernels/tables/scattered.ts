// Look-ups of points in no order: both flavours' places are found for each of them.

/** Whether points are in no order: then states count points by eights. */
export let isScattered: bool = false;

export function setScattered(value: bool): void {
  isScattered = value;
}

/**
 * Looks a table up at `count` times eight points from the eight number `state` on.
 *
 * A table, i32: its two axes, monomials M, coefficients ([M × knots_e × knots_μ] f32), knots_e,
 * knots_μ, list of δ's by monomial: how many, and of each its address ([points] f64), scratch.
 * An axis: events S ([points] f64), steps, then f64: 1/s₀, steps/(last knot), and i32: cell of each
 * step, knots and 1/widths of the cells (f64), polynomials of the four weights ([cells × 4 powers × 4]).
 */
export function lookUpScattered(
  table: usize,
  factor: f64,
  state: i32,
  out: usize,
  count: i32,
): void {
  const first = state * 8;
  const points = count * 8;
  const scratch = <usize>load<i32>(table, 28);
  const half = (<usize>points) << 5;
  place(<usize>load<i32>(table), factor, first, points, scratch);
  place(<usize>load<i32>(table, 4), factor, first, points, scratch + half);
  const monomials = load<i32>(table, 8);
  const coefficients = <usize>load<i32>(table, 12);
  const row = (<usize>load<i32>(table, 20)) << 2;
  const size = <usize>load<i32>(table, 16) * row;
  const scale = <f32>factor;
  for (let p = 0; p < points; p++) {
    const e = scratch + ((<usize>p) << 5);
    const mu = e + half;
    let at = coefficients + <usize>load<i32>(e, 16) * row + ((<usize>load<i32>(mu, 16)) << 2);
    const w0 = v128.load32_splat(e);
    const w1 = v128.load32_splat(e, 4);
    const w2 = v128.load32_splat(e, 8);
    const w3 = v128.load32_splat(e, 12);
    let list = <usize>load<i32>(table, 24);
    let total = f32x4.splat(0);
    for (let m = 0; m < monomials; m++) {
      let sum = f32x4.mul(w0, v128.load(at));
      sum = f32x4.add(sum, f32x4.mul(w1, v128.load(at + row)));
      sum = f32x4.add(sum, f32x4.mul(w2, v128.load(at + 2 * row)));
      sum = f32x4.add(sum, f32x4.mul(w3, v128.load(at + 3 * row)));
      const deltas = load<i32>(list);
      list += 4;
      if (deltas > 0) {
        let product: f32 = 1;
        for (let d = 0; d < deltas; d++) {
          const delta = <usize>load<i32>(list) + ((<usize>(first + p)) << 3);
          product *= scale * <f32>load<f64>(delta);
          list += 4;
        }
        sum = f32x4.mul(sum, f32x4.splat(product));
      }
      total = f32x4.add(total, sum);
      at += size;
    }
    total = f32x4.mul(total, v128.load(mu));
    const low = f32x4.extract_lane(total, 0) + f32x4.extract_lane(total, 1);
    const high = f32x4.extract_lane(total, 2) + f32x4.extract_lane(total, 3);
    store<f32>(out + ((<usize>p) << 2), low + high);
  }
}

/** Four weights, and the cell: 32 bytes a point. */
function place(axis: usize, factor: f64, first: i32, points: i32, output: usize): void {
  const events = <usize>load<i32>(axis) + ((<usize>first) << 3);
  const last = load<i32>(axis, 4) - 1;
  const perEvent = f64x2.splat(factor * load<f64>(axis, 8));
  const perStep = load<f64>(axis, 16);
  const one = f64x2.splat(1);
  for (let p = 0; p < points; p += 2) {
    // Rounding may leave less than no events.
    const x = f64x2.mul(v128.load(events + ((<usize>p) << 3)), perEvent);
    const u = logarithm(f64x2.add(f64x2.max(x, f64x2.splat(0)), one));
    const out = output + ((<usize>p) << 5);
    weigh(axis, f64x2.extract_lane(u, 0), perStep, last, out);
    weigh(axis, f64x2.extract_lane(u, 1), perStep, last, out + 32);
  }
}

function weigh(axis: usize, u: f64, perStep: f64, last: i32, out: usize): void {
  const step = min(<i32>(u * perStep), last);
  const cell = load<i32>(<usize>load<i32>(axis, 24) + ((<usize>step) << 2));
  const knot = <usize>load<i32>(axis, 28) + ((<usize>cell) << 4);
  const polynomials = <usize>load<i32>(axis, 32) + ((<usize>cell) << 6);
  const t = f32x4.splat(<f32>((u - load<f64>(knot)) * load<f64>(knot, 8)));
  let w = f32x4.add(f32x4.mul(t, v128.load(polynomials, 48)), v128.load(polynomials, 32));
  w = f32x4.add(f32x4.mul(t, w), v128.load(polynomials, 16));
  v128.store(out, f32x4.add(f32x4.mul(t, w), v128.load(polynomials)));
  store<i32>(out, cell, 16);
}

/**
 * ln x of two x ≥ 1: x = 2^e m with m in [√½, √2], and with s = (m − 1)/(m + 1)
 * ln m = 2 (s + s³/3 + … + s²¹/21), exact to rounding.
 */
function logarithm(x: v128): v128 {
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
  return f64x2.add(f64x2.mul(e, f64x2.splat(0.6931471803691238)), rest);
}
