// Loops over the bins of a term (AssemblyScript, built to WebAssembly SIMD). A row holds a float64 for
// each bin, two at a time: rows begin at multiples of 16 bytes and are `bytes` long, a multiple of 16,
// the last bin followed by an empty one where their number is odd. Everything is done in the order
// written: the same bits wherever it runs.

/**
 * Sums of rows: out_k = Σ_i c_i row_ki for `blocks` k, each of `n` rows. Rows are `stride` bytes apart,
 * blocks `blockStride`, their coefficients `coefficientStride`, and what they give `outStride`: 0 adds
 * all blocks up.
 */
export function mix(
  out: usize,
  outStride: usize,
  rows: usize,
  blocks: i32,
  blockStride: usize,
  n: i32,
  stride: usize,
  coefficients: usize,
  coefficientStride: usize,
  bytes: usize,
): void {
  for (let block = 0; block < blocks; block++) {
    const to = out + <usize>block * outStride;
    if (block === 0 || outStride !== 0) memory.fill(to, 0, bytes);
    let row = rows + <usize>block * blockStride;
    let c = coefficients + <usize>block * coefficientStride;
    let i = 0;
    for (; i + 4 <= n; i += 4, row += stride << 2, c += 32) addFour(to, row, stride, c, bytes);
    for (; i < n; i++, row += stride, c += 8) {
      const factor = v128.load64_splat(c);
      for (let b: usize = 0; b < bytes; b += 16) {
        const product = f64x2.mul(factor, v128.load(row + b));
        v128.store(to + b, f64x2.add(v128.load(to + b), product));
      }
    }
  }
}

function addFour(out: usize, row0: usize, stride: usize, c: usize, bytes: usize): void {
  const c0 = v128.load64_splat(c);
  const c1 = v128.load64_splat(c, 8);
  const c2 = v128.load64_splat(c, 16);
  const c3 = v128.load64_splat(c, 24);
  const row1 = row0 + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  for (let b: usize = 0; b < bytes; b += 16) {
    const low = f64x2.add(f64x2.mul(c0, v128.load(row0 + b)), f64x2.mul(c1, v128.load(row1 + b)));
    const high = f64x2.add(f64x2.mul(c2, v128.load(row2 + b)), f64x2.mul(c3, v128.load(row3 + b)));
    v128.store(out + b, f64x2.add(v128.load(out + b), f64x2.add(low, high)));
  }
}

/** Scalar products of a row with `blocks` × `n` others, to consecutive places. */
export function dots(
  vector: usize,
  rows: usize,
  blocks: i32,
  blockStride: usize,
  n: i32,
  stride: usize,
  out: usize,
  bytes: usize,
): void {
  let to = out;
  for (let block = 0; block < blocks; block++) {
    let row = rows + <usize>block * blockStride;
    let i = 0;
    for (; i + 4 <= n; i += 4, row += stride << 2, to += 32) {
      dotFour(vector, row, stride, to, bytes);
    }
    for (; i < n; i++, row += stride, to += 8) store<f64>(to, dot(vector, row, bytes));
  }
}

function sum(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

function dot(x: usize, y: usize, bytes: usize): f64 {
  let s = f64x2.splat(0);
  for (let b: usize = 0; b < bytes; b += 16) {
    s = f64x2.add(s, f64x2.mul(v128.load(x + b), v128.load(y + b)));
  }
  return sum(s);
}

function dotFour(x: usize, row0: usize, stride: usize, out: usize, bytes: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const row1 = row0 + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  for (let b: usize = 0; b < bytes; b += 16) {
    const value = v128.load(x + b);
    s0 = f64x2.add(s0, f64x2.mul(value, v128.load(row0 + b)));
    s1 = f64x2.add(s1, f64x2.mul(value, v128.load(row1 + b)));
    s2 = f64x2.add(s2, f64x2.mul(value, v128.load(row2 + b)));
    s3 = f64x2.add(s3, f64x2.mul(value, v128.load(row3 + b)));
  }
  store<f64>(out, sum(s0));
  store<f64>(out, sum(s1), 8);
  store<f64>(out, sum(s2), 16);
  store<f64>(out, sum(s3), 24);
}

/**
 * Scalar products of `n` consecutive rows among themselves, weighted: a lower triangle of rows of
 * length `n`. `scratch` is a row.
 */
export function gram(
  weight: usize,
  rows: usize,
  n: i32,
  scratch: usize,
  out: usize,
  bytes: usize,
): void {
  let row = rows;
  for (let i = 0; i < n; i++) {
    for (let b: usize = 0; b < bytes; b += 16) {
      v128.store(scratch + b, f64x2.mul(v128.load(weight + b), v128.load(row + b)));
    }
    // Up to three products more than the triangle has, where rows follow.
    let other = rows;
    let k = 0;
    let at = out + ((<usize>i * <usize>n) << 3);
    for (; k <= i && k + 4 <= n; k += 4, other += bytes << 2, at += 32) {
      dotFour(scratch, other, bytes, at, bytes);
    }
    for (; k <= i; k++, other += bytes, at += 8) store<f64>(at, dot(scratch, other, bytes));
    row += bytes;
  }
}

/** Gaussian χ² of counts with the inverse variances of a row; see `gaussianChi2`. */
export function gaussian(
  mu: usize,
  counts: usize,
  inverseVariance: usize,
  slope: usize,
  weight: usize,
  bytes: usize,
): f64 {
  let chi2 = f64x2.splat(0);
  const two = f64x2.splat(2);
  for (let b: usize = 0; b < bytes; b += 16) {
    const inverse = v128.load(inverseVariance + b);
    const off = f64x2.sub(v128.load(mu + b), v128.load(counts + b));
    const pull = f64x2.mul(off, inverse);
    chi2 = f64x2.add(chi2, f64x2.mul(pull, off));
    v128.store(slope + b, f64x2.mul(two, pull));
    v128.store(weight + b, f64x2.mul(two, inverse));
  }
  return sum(chi2);
}

/**
 * Poisson χ² and its derivatives by μ, as `poissonChi2` has them.
 * @param inverse 1/N of each bin, whatever where N = 0
 */
export function poisson(
  mu: usize,
  counts: usize,
  inverse: usize,
  floor: f64,
  slope: usize,
  weight: usize,
  bytes: usize,
): f64 {
  let half = f64x2.splat(0);
  let rest = 0.0;
  const zero = f64x2.splat(0);
  const two = f64x2.splat(2);
  const lowest = f64x2.splat(floor);
  for (let b: usize = 0; b < bytes; b += 16) {
    const n = v128.load(counts + b);
    const m = v128.load(mu + b);
    const seen = f64x2.gt(n, zero);
    if (i64x2.all_true(v128.and(seen, f64x2.ge(m, f64x2.mul(lowest, n))))) {
      const excess = f64x2.sub(m, n);
      const over = v128.load(inverse + b);
      half = f64x2.add(half, f64x2.mul(n, deviance(f64x2.mul(excess, over), f64x2.mul(m, over))));
      const ratio = f64x2.div(two, m);
      v128.store(slope + b, f64x2.mul(excess, ratio));
      v128.store(weight + b, f64x2.mul(f64x2.mul(n, ratio), f64x2.div(f64x2.splat(1), m)));
    } else if (!v128.any_true(seen)) {
      half = f64x2.add(half, m);
      v128.store(slope + b, two);
      v128.store(weight + b, zero);
    } else {
      rest += single(mu + b, counts + b, floor, slope + b, weight + b);
      rest += single(mu + b + 8, counts + b + 8, floor, slope + b + 8, weight + b + 8);
    }
  }
  return 2 * (sum(half) + rest);
}

/**
 * u − ln x with x = 1 + u, without cancellation: x = 2^e m with m in [√½, √2], and with f = m − 1 and
 * s = f/(2 + f), ln m = 2 (s + s³/3 + … + s²¹/21). Where e = 0, f is u itself and u − 2s = s u.
 */
function deviance(u: v128, x: v128): v128 {
  const one = f64x2.splat(1);
  const bits = v128.and(x, i64x2.splat(0x000fffffffffffff));
  let m = v128.or(bits, i64x2.splat(0x3ff0000000000000));
  // An integer below 2^52 added to the bits of 2^52 is the float64 2^52 + integer.
  const biased = v128.or(i64x2.shr_u(x, 52), i64x2.splat(0x4330000000000000));
  let e = f64x2.sub(biased, f64x2.splat(4503599627371519.0)); // 2^52 + 1023
  const high = f64x2.gt(m, f64x2.splat(Math.SQRT2));
  m = v128.bitselect(f64x2.mul(m, f64x2.splat(0.5)), m, high);
  e = f64x2.add(e, v128.and(high, one));
  const near = f64x2.eq(e, f64x2.splat(0));
  const f = v128.bitselect(u, f64x2.sub(m, one), near);
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const y = f64x2.mul(z, z);
  let even = f64x2.splat(1.0 / 19);
  even = f64x2.add(f64x2.mul(even, y), f64x2.splat(1.0 / 15));
  even = f64x2.add(f64x2.mul(even, y), f64x2.splat(1.0 / 11));
  even = f64x2.add(f64x2.mul(even, y), f64x2.splat(1.0 / 7));
  even = f64x2.add(f64x2.mul(even, y), f64x2.splat(1.0 / 3));
  let odd = f64x2.splat(1.0 / 21);
  odd = f64x2.add(f64x2.mul(odd, y), f64x2.splat(1.0 / 17));
  odd = f64x2.add(f64x2.mul(odd, y), f64x2.splat(1.0 / 13));
  odd = f64x2.add(f64x2.mul(odd, y), f64x2.splat(1.0 / 9));
  odd = f64x2.add(f64x2.mul(odd, y), f64x2.splat(1.0 / 5));
  const series = f64x2.add(even, f64x2.mul(odd, z));
  const twice = f64x2.add(s, s);
  const log2 = f64x2.mul(e, f64x2.splat(Math.LN2));
  const far = f64x2.sub(f64x2.sub(u, log2), twice);
  const first = v128.bitselect(f64x2.mul(s, u), far, near);
  return f64x2.sub(first, f64x2.mul(f64x2.mul(twice, z), series));
}

/** One bin, be it empty or below the floor. */
function single(mu: usize, counts: usize, floor: f64, slope: usize, weight: usize): f64 {
  const n = load<f64>(counts);
  const m = load<f64>(mu);
  if (n === 0) {
    store<f64>(slope, 2);
    store<f64>(weight, 0);
    return m;
  }
  if (m >= floor * n) {
    const excess = m - n;
    store<f64>(slope, (2 * excess) / m);
    store<f64>(weight, (2 * n) / m / m);
    const u = f64x2.splat(excess / n);
    return n * f64x2.extract_lane(deviance(u, f64x2.splat(m / n)), 0);
  }
  const below = m / n - floor;
  const first = 1 - 1 / floor;
  const second = 1 / (floor * floor);
  store<f64>(slope, 2 * (first + below * second));
  store<f64>(weight, (2 * second) / n);
  return n * (floor - 1 - Math.log(floor) + below * (first + 0.5 * below * second));
}
