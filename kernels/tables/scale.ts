import { collapseLookUp, LOOK_UP, lanesAt, stamp } from "./collapse";
import { lookUpOne } from "./look-up";

// Profiles over a scale that tables share: their sums at its nodes, and around the lowest of these (with
// the prior) the minimum of the polynomial through seven of them.
//
// A description, i32: nodes N, tables D, profiles P, look-ups ([N × D]), stamps ([N]: the collapse that
// a node's look-ups were collapsed for), then of each node, f32: what the prior adds to the whole, to
// the slope and to the bend of the polynomial; its stencil ([6 × 6] f32: coefficients 1 … 6 from values
// at −3, −2, −1, 1, 2, 3 less that at 0), bytes from node to node, its bounds (2 f32), scratch of eleven
// registers, and of each profile: members, their list, its sums ([N × row]), its lowest nodes ([row]),
// and where it goes with bytes from row to row.
const REACH: i32 = 3;
/** Bytes before the profiles, and of each. */
const PROFILES: usize = 52;
const PROFILE: usize = 24;

/**
 * All nodes are looked up for every row: what a point gives depends on nothing but the point, wherever
 * several minima lie.
 */
export function minimise(own: usize, state: i32, row: i32, count: i32): void {
  const nodes = load<i32>(own);
  for (let n = 0; n < nodes; n++) sumsAt(own, n, state, count);
  lowestNodes(own, REACH, nodes - 1 - REACH, count);
  const profiles = load<i32>(own, 8);
  for (let p = 0; p < profiles; p++) {
    const profile = own + PROFILES + <usize>p * PROFILE;
    const out = <usize>load<i32>(profile, 16) + <usize>row * <usize>load<i32>(profile, 20);
    const bytes = (<usize>count) << 5;
    for (let i: usize = 0; i < bytes; i += 16) minimum(own, profile, i, out + i);
  }
}

/** Sums of all profiles at a node. */
function sumsAt(own: usize, n: i32, state: i32, count: i32): void {
  const tables = load<i32>(own, 4);
  const profiles = load<i32>(own, 8);
  const lookUps = <usize>load<i32>(own, 12) + <usize>(n * tables) * LOOK_UP;
  const stamps = <usize>load<i32>(own, 16) + ((<usize>n) << 2);
  const isCollapsed = load<i32>(stamps) === stamp;
  store<i32>(stamps, stamp);
  for (let d = 0; d < tables; d++) {
    const lookUp = lookUps + <usize>d * LOOK_UP;
    if (!isCollapsed) collapseLookUp(lookUp, lanesAt);
    lookUpOne(lookUp, state, 0, count);
  }
  const bytes = (<usize>count) << 5;
  const at = <usize>n * <usize>load<i32>(own, 36);
  for (let p = 0; p < profiles; p++) {
    const profile = own + PROFILES + <usize>p * PROFILE;
    const list = <usize>load<i32>(profile, 4);
    const end = list + ((<usize>load<i32>(profile)) << 2);
    const to = <usize>load<i32>(profile, 8) + at;
    for (let i: usize = 0; i < bytes; i += 16) {
      let sum = v128.load(bufferOf(lookUps, load<i32>(list)) + i);
      for (let member = list + 4; member < end; member += 4) {
        sum = f32x4.add(sum, v128.load(bufferOf(lookUps, load<i32>(member)) + i));
      }
      v128.store(to + i, sum);
    }
  }
}

function bufferOf(lookUps: usize, member: i32): usize {
  return <usize>load<i32>(lookUps + <usize>member * LOOK_UP, 16);
}

/** Finds the lowest node of every point among some; of equal ones the first. */
function lowestNodes(own: usize, low: i32, high: i32, count: i32): void {
  const profiles = load<i32>(own, 8);
  const priors = <usize>load<i32>(own, 20);
  const step = <usize>load<i32>(own, 36);
  const bytes = (<usize>count) << 5;
  for (let p = 0; p < profiles; p++) {
    const profile = own + PROFILES + <usize>p * PROFILE;
    const sums = <usize>load<i32>(profile, 8) + <usize>low * step;
    const lowest = <usize>load<i32>(profile, 12);
    for (let i: usize = 0; i < bytes; i += 16) {
      let from = sums + i;
      let prior = priors + ((<usize>low) << 2);
      let least = f32x4.splat(Infinity);
      let at = i32x4.splat(low);
      let number = at;
      for (let n = low; n <= high; n++) {
        const whole = f32x4.add(v128.load(from), v128.load32_splat(prior));
        at = i32x4.max_s(at, v128.and(f32x4.lt(whole, least), number));
        least = f32x4.pmin(least, whole);
        number = i32x4.add(number, i32x4.splat(1));
        from += step;
        prior += 4;
      }
      v128.store(lowest + i, at);
    }
  }
}

/** The minimum of polynomial and prior between the neighbours of four points' lowest nodes. */
function minimum(own: usize, profile: usize, i: usize, output: usize): void {
  const step = <usize>load<i32>(own, 36);
  const sums = <usize>load<i32>(profile, 8) + i;
  const at = v128.load(<usize>load<i32>(profile, 12) + i);
  const first = i32x4.extract_lane(at, 0);
  let from = sums + <usize>(first - REACH) * step;
  let stride = step;
  let c0: v128;
  let c1: v128;
  let c2: v128;
  if (i32x4.all_true(i32x4.eq(at, i32x4.splat(first)))) {
    const place = (<usize>first) << 2;
    c0 = v128.load32_splat(<usize>load<i32>(own, 20) + place);
    c1 = v128.load32_splat(<usize>load<i32>(own, 24) + place);
    c2 = v128.load32_splat(<usize>load<i32>(own, 28) + place);
  } else {
    const scratch = <usize>load<i32>(own, 48);
    v128.store(scratch, at, 160);
    for (let lane: usize = 0; lane < 16; lane += 4) {
      const n = load<i32>(scratch + lane, 160);
      const place = (<usize>n) << 2;
      let f = sums + <usize>(n - REACH) * step + lane;
      for (let j: usize = 0; j < 112; j += 16) {
        store<f32>(scratch + j + lane, load<f32>(f));
        f += step;
      }
      store<f32>(scratch + lane, load<f32>(<usize>load<i32>(own, 20) + place), 112);
      store<f32>(scratch + lane, load<f32>(<usize>load<i32>(own, 24) + place), 128);
      store<f32>(scratch + lane, load<f32>(<usize>load<i32>(own, 28) + place), 144);
    }
    c0 = v128.load(scratch, 112);
    c1 = v128.load(scratch, 128);
    c2 = v128.load(scratch, 144);
    from = scratch;
    stride = 16;
  }
  const base = v128.load(from + 3 * stride);
  const d0 = f32x4.sub(v128.load(from), base);
  const d1 = f32x4.sub(v128.load(from + stride), base);
  const d2 = f32x4.sub(v128.load(from + 2 * stride), base);
  const d3 = f32x4.sub(v128.load(from + 4 * stride), base);
  const d4 = f32x4.sub(v128.load(from + 5 * stride), base);
  const d5 = f32x4.sub(v128.load(from + 6 * stride), base);
  const stencil = <usize>load<i32>(own, 32);
  c0 = f32x4.add(c0, base);
  c1 = f32x4.add(c1, coefficient(stencil, d0, d1, d2, d3, d4, d5));
  c2 = f32x4.add(c2, coefficient(stencil + 24, d0, d1, d2, d3, d4, d5));
  const c3 = coefficient(stencil + 48, d0, d1, d2, d3, d4, d5);
  const c4 = coefficient(stencil + 72, d0, d1, d2, d3, d4, d5);
  const c5 = coefficient(stencil + 96, d0, d1, d2, d3, d4, d5);
  const c6 = coefficient(stencil + 120, d0, d1, d2, d3, d4, d5);
  const low = v128.load32_splat(own, 40);
  const high = v128.load32_splat(own, 44);
  const least = f32x4.splat(1e-20);
  const none = f32x4.splat(0);
  // As in src/tables/scale-stencil.ts: from the node itself, and no step, where the polynomial bends down.
  let y = f32x4.div(f32x4.neg(c1), f32x4.max(f32x4.add(c2, c2), least));
  y = v128.and(f32x4.pmin(f32x4.pmax(y, low), high), f32x4.gt(c2, none));
  for (let n = 0; n < 3; n++) {
    let slope = f32x4.mul(f32x4.splat(6), c6);
    slope = f32x4.add(f32x4.mul(slope, y), f32x4.mul(f32x4.splat(5), c5));
    slope = f32x4.add(f32x4.mul(slope, y), f32x4.mul(f32x4.splat(4), c4));
    slope = f32x4.add(f32x4.mul(slope, y), f32x4.mul(f32x4.splat(3), c3));
    slope = f32x4.add(f32x4.mul(slope, y), f32x4.add(c2, c2));
    slope = f32x4.add(f32x4.mul(slope, y), c1);
    const curvature = curvatureOf(y, c2, c3, c4, c5, c6);
    const step = f32x4.div(slope, f32x4.max(curvature, least));
    y = f32x4.sub(y, v128.and(step, f32x4.gt(curvature, none)));
    y = f32x4.pmin(f32x4.pmax(y, low), high);
  }
  let value = f32x4.add(f32x4.mul(c6, y), c5);
  value = f32x4.add(f32x4.mul(value, y), c4);
  value = f32x4.add(f32x4.mul(value, y), c3);
  value = f32x4.add(f32x4.mul(value, y), c2);
  value = f32x4.add(f32x4.mul(value, y), c1);
  value = f32x4.add(f32x4.mul(value, y), c0);
  v128.store(output, f32x4.pmin(c0, value));
}

function coefficient(row: usize, d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128): v128 {
  let sum = f32x4.mul(v128.load32_splat(row), d0);
  sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(row, 4), d1));
  sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(row, 8), d2));
  sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(row, 12), d3));
  sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(row, 16), d4));
  return f32x4.add(sum, f32x4.mul(v128.load32_splat(row, 20), d5));
}

/** The second derivative: Σ_p p (p − 1) c_p y^(p − 2). */
function curvatureOf(y: v128, c2: v128, c3: v128, c4: v128, c5: v128, c6: v128): v128 {
  let sum = f32x4.mul(f32x4.splat(30), c6);
  sum = f32x4.add(f32x4.mul(sum, y), f32x4.mul(f32x4.splat(20), c5));
  sum = f32x4.add(f32x4.mul(sum, y), f32x4.mul(f32x4.splat(12), c4));
  sum = f32x4.add(f32x4.mul(sum, y), f32x4.mul(f32x4.splat(6), c3));
  return f32x4.add(f32x4.mul(sum, y), f32x4.add(c2, c2));
}
