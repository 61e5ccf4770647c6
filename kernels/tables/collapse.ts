import { lookUps, lookUpsAt } from "./plan";
import { isScattered } from "./scattered";

/** Bytes of a look-up's description, see {@link collapse}. */
export const LOOK_UP: usize = 64;

/** Number of the latest collapse, and its first lane: what is collapsed on demand is known by them. */
export let stamp: i32 = 0;
export let lanesAt: i32 = 0;

/**
 * Collapses every look-up's table (but those at nodes of a scale, see scale.ts) along the lanes' flavour for the eight lanes from `first` on.
 *
 * A look-up, i32: terms L, records, bytes of a record, collapsed, output, bytes from row to row, then
 * monomials M, coefficients (f64, [M × knots × lane knots]), knots, lane knots, where each monomial
 * goes ([M] < L, ascending), cells of the lanes (i32), weights of the lanes (f64, [lanes × M × 4]),
 * the table of points in no order (see scattered.ts), and f64 the factor on its charges.
 * Collapsed are [knots × L × 8] f32.
 */
export function collapse(first: i32): void {
  stamp++;
  lanesAt = first;
  for (let v = 0; v < lookUps; v++) collapseLookUp(lookUpsAt + <usize>v * LOOK_UP, first);
}

export function collapseLookUp(own: usize, first: i32): void {
  if (isScattered) return;
  for (let lane = 0; lane < 8; lane++) collapseLane(own, first + lane, lane);
}

function collapseLane(own: usize, state: i32, lane: i32): void {
  const terms = load<i32>(own);
  const monomials = load<i32>(own, 24);
  const knots = load<i32>(own, 32);
  const row = (<usize>load<i32>(own, 36)) << 3;
  const goesTo = <usize>load<i32>(own, 40);
  const cell = <usize>load<i32>(<usize>load<i32>(own, 44) + ((<usize>state) << 2));
  const weights = <usize>load<i32>(own, 48) + ((<usize>(state * monomials)) << 5);
  const table = <usize>load<i32>(own, 28) + (cell << 3);
  const size = <usize>knots * row;
  let out = <usize>load<i32>(own, 12) + ((<usize>lane) << 2);
  for (let k = 0; k < knots; k++) {
    let c = table + <usize>k * row;
    let w = weights;
    let m = 0;
    for (let term = 0; term < terms; term++) {
      let sum = f64x2.splat(0);
      while (m < monomials && load<i32>(goesTo + ((<usize>m) << 2)) === term) {
        sum = f64x2.add(sum, f64x2.mul(v128.load(w), v128.load(c)));
        sum = f64x2.add(sum, f64x2.mul(v128.load(w, 16), v128.load(c, 16)));
        w += 32;
        c += size;
        m++;
      }
      store<f32>(out, <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
      out += 32;
    }
  }
}
