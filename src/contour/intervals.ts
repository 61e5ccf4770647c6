import { brentRoot } from "../numerics/root.js";
import type { Interval } from "./plane.js";

export interface CrossingInterval {
  /** null: the bound comes before the crossing. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Growth of the stride while looking for a crossing. */
const GROWTH = 1.5;

/** Stands for +∞ where Brent's method needs a number. */
const FAR_ABOVE = 1e100;

/**
 * Where the profile has risen by `deltaChi2` above profile(best), on either side of best: bracketed
 * by strides that grow from `step`, then solved by Brent's method to 1e-10 of the bracket. It is the
 * crossing nearest to `best` unless the profile comes back below the level within one stride.
 *
 * @param profile χ² of one parameter, the others profiled; +∞ is legal
 * @param bounds range of the parameter, ±∞ for none; `best` lies within
 * @param step first stride, about the width expected; default a fiftieth of the range, or 1
 */
export function interval(
  profile: (value: number) => number,
  best: number,
  deltaChi2: number,
  bounds: Interval,
  step = Number.isFinite(bounds[1] - bounds[0]) ? (bounds[1] - bounds[0]) / 50 : 1,
): CrossingInterval {
  const target = profile(best) + deltaChi2;
  const above = (value: number) => {
    const excess = profile(value) - target;
    return Number.isNaN(excess) ? FAR_ABOVE : Math.min(excess, FAR_ABOVE);
  };
  const crossing = (bound: number, sign: number): number | null => {
    let inner = best;
    for (let stride = step; inner !== bound && Number.isFinite(inner); stride *= GROWTH) {
      const next = inner + sign * stride;
      const outer = sign * (next - bound) >= 0 ? bound : next;
      if (above(outer) > 0) return brentRoot(above, inner, outer, 1e-10 * Math.abs(outer - inner));
      inner = outer;
    }
    return null;
  };
  return { lower: crossing(bounds[0], -1), upper: crossing(bounds[1], 1) };
}
